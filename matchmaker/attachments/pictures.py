"""Pictures: their pieces must follow each other without a gap, from the first to the last byte.

They are not decoded: a decoder would be more code before strangers than the pictures are worth.
"""

import struct
import zlib

from matchmaker.attachments.refusing import RefusedFileError

# A picture of more rows or columns only serves to fill somebody's memory.
_LONGEST_SIDE = 20_000
_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, b"\xff\xd9"


def check_png(content: bytes) -> None:
    """Pass a PNG file: header first, every checksum right, nothing behind its end.

    Raises
    ------
    RefusedFileError
        It is not.
    """
    names: list[bytes] = []
    position = 8
    while position + 12 <= len(content) and names[-1:] != [b"IEND"]:
        (length,) = struct.unpack_from(">I", content, position)
        name = content[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(content):
            break
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(content[position + 4 : end - 4]) != checksum:
            break
        if name == b"IHDR" and length == 13:
            _check_sides(*struct.unpack_from(">II", content, position + 8))
        names.append(name)
        position = end
    is_whole = position == len(content) and names[:1] == [b"IHDR"] and names[-1:] == [b"IEND"]
    if not (is_whole and b"IDAT" in names):
        raise RefusedFileError("damaged")


def check_jpg(content: bytes) -> None:
    """Pass a JPEG file: its segments lead to a frame and a scan, and it ends.

    Cameras write more behind the end, such as a second small picture.

    Raises
    ------
    RefusedFileError
        It is not.
    """
    position, has_frame = 2, False
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        (length,) = struct.unpack_from(">H", content, position + 2)
        if marker in _START_OF_FRAME and position + 9 <= len(content):
            _check_sides(*struct.unpack_from(">HH", content, position + 5))
            has_frame = True
        if length < 2:
            break
        position += 2 + length
        if marker == _SCAN:
            if has_frame and content.find(_END, position) > 0:
                return
            break
    raise RefusedFileError("damaged")


def _check_sides(*sides: int) -> None:
    if not all(1 <= side <= _LONGEST_SIDE for side in sides):
        raise RefusedFileError("damaged")
