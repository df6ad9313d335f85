"""From the bytes of a file to its text: packing, size limits and character encodings."""

import codecs
import gzip
import io
import re
import zlib

from matchmaker.errors import InvalidInputError

LARGEST_FILE_BYTES = 256 * 2**20
# Profiles pack about 1 : 10. Far beyond that a file is made to fill the memory.
_HIGHEST_RATIO = 200
_RATIO_COUNTS_FROM_BYTES = 8 * 2**20
_CHUNK_BYTES = 2**20

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY_SHARE = 0.02


def unpack(content: bytes) -> bytes:
    """The content of a gzip file, or `content` itself where it is none.

    Raises
    ------
    InvalidInputError
        The file is damaged, or would unpack to more than can be a list of profiles.
    """
    if not content.startswith(b"\x1f\x8b"):
        refuse_too_large(len(content), len(content))
        return content
    unpacked = io.BytesIO()
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                unpacked.write(chunk)
                refuse_too_large(unpacked.tell(), len(content))
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInputError(
            f"The gzip file is damaged ({error}); pack it again.", field="file"
        ) from None
    return unpacked.getvalue()


def refuse_too_large(unpacked_bytes: int, packed_bytes: int) -> None:
    """Stop at a size, or a packing ratio, that no list of profiles reaches."""
    too_dense = (
        unpacked_bytes > _RATIO_COUNTS_FROM_BYTES and unpacked_bytes > _HIGHEST_RATIO * packed_bytes
    )
    if unpacked_bytes > LARGEST_FILE_BYTES or too_dense:
        raise InvalidInputError(
            f"The file unpacks to more than {LARGEST_FILE_BYTES // 2**20} MB or to more than "
            f"{_HIGHEST_RATIO} times its size; split it into smaller files.",
            field="file",
        )


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or cp1252, with or without a byte order mark.

    Lines that are not UTF-8 are read as cp1252, so one pasted line does not spoil the rest.

    Raises
    ------
    InvalidInputError
        The file holds no text.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    elif order := _utf16_without_mark(content[:4096]):
        text = content.decode(order, errors="replace")
    else:
        text = _decode_lines(content.removeprefix(codecs.BOM_UTF8))
    beginning = text[:65536]
    if len(_CONTROLS.findall(beginning)) > _BINARY_SHARE * len(beginning) + 2:
        raise InvalidInputError(
            "The file holds no text. Expected CSV, JSON lines, XLSX, XLS or ODS, "
            "each of them also as .gz.",
            field="file",
        )
    return text


def _decode_lines(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return "\n".join(_decode_line(line) for line in content.split(b"\n"))


def _decode_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _utf16_without_mark(beginning: bytes) -> str | None:
    """The byte order of UTF-16 text, told by where the zeros of Latin letters stand."""
    pairs = len(beginning) // 2
    if pairs < 4:
        return None
    if beginning[1::2].count(0) > 0.7 * pairs and beginning[::2].count(0) < 0.05 * pairs:
        return "utf-16-le"
    if beginning[::2].count(0) > 0.7 * pairs and beginning[1::2].count(0) < 0.05 * pairs:
        return "utf-16-be"
    return None
