"""PDF files: a beginning, an end, and no word of what runs or hides files.

The words are looked for in the bytes of the file and in its packed objects. Pages, fonts and
pictures are packed, too, but in them a word is no command, so they stay packed.
"""

import re
import zlib

from matchmaker.attachments.refusing import RefusedFileError


def _any_spelling(*names: str) -> re.Pattern[bytes]:
    """Finds names of PDF, each letter of which may be written as its number: /L#61unch."""
    spelled = ("".join(f"(?:{one}|#(?i:{ord(one):02x}))" for one in name) for name in names)
    return re.compile(f"/(?:{'|'.join(spelled)})".encode())


_HEADER = re.compile(rb"%PDF-[12]\.\d")
# Longer names begin so, too: /EmbeddedFiles, /RichMediaContent.
_ACTIVE = _any_spelling(
    "JavaScript", "Launch", "EmbeddedFile", "RichMedia", "ImportData", "SubmitForm", "XFA"
)
_PROTECTED = _any_spelling("Encrypt")
_PACKED = _any_spelling("ObjStm")
# Packed objects as every program writes them. Whoever writes them otherwise has a reason.
_PACKED_OBJECTS = re.compile(rb"obj\s*<<([\w\s/\[\]]{0,1000})>>\s*stream\r?\n")
_PACKED_WORDS = {b"Type", b"ObjStm", b"N", b"First", b"Length", b"Extends", b"Filter"}
_PACKING = b"FlateDecode"
_LONGEST_HEAD = 1_000
_LONGEST_TAIL = 1_024
_MOST_UNPACKED_BYTES = 50_000_000


def check_pdf(content: bytes) -> None:
    """Pass a PDF file that holds no script, no start of a program and no other file.

    Raises
    ------
    RefusedFileError
        It holds one, is protected, or packs its objects so that they cannot be looked into.
    """
    if not _HEADER.match(content) or b"%%EOF" not in content[-_LONGEST_TAIL:]:
        raise RefusedFileError("damaged")
    if _PROTECTED.search(content):
        raise RefusedFileError("protected")
    if _ACTIVE.search(content):
        raise RefusedFileError("active")
    left = _MOST_UNPACKED_BYTES
    for found in _PACKED.finditer(content):
        unpacked = _unpack(content, found.start(), left)
        if _ACTIVE.search(unpacked):
            raise RefusedFileError("active")
        left -= len(unpacked)


def _unpack(content: bytes, position: int, most: int) -> bytes:
    """The packed objects that say at `position` that they are some."""
    begin = content.rfind(b"obj", max(0, position - _LONGEST_HEAD), position)
    head = _PACKED_OBJECTS.match(content, begin) if begin >= 0 else None
    end = content.find(b"endstream", head.end()) if head else -1
    if head is None or end < 0 or head.end() < position:
        raise RefusedFileError("damaged")
    if set(re.findall(rb"/(\w+)", head[1])) - _PACKED_WORDS != {_PACKING}:
        raise RefusedFileError("damaged")
    machine = zlib.decompressobj()
    try:
        unpacked = machine.decompress(content[head.end() : end], most + 1)
    except zlib.error:
        raise RefusedFileError("damaged") from None
    if len(unpacked) > most:
        raise RefusedFileError("unpacks")
    if not machine.eof:
        raise RefusedFileError("damaged")
    return unpacked
