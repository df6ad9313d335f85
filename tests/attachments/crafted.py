"""Files made by hand, sound and unsound, each as small as its kind allows."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def pdf(objects: bytes = b"", header: bytes = b"%PDF-1.7\n", end: bytes = b"%%EOF\n") -> bytes:
    catalog = b"1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
    pages = b"2 0 obj <</Type /Pages /Kids [] /Count 0>> endobj\n"
    return header + catalog + pages + objects + b"trailer <</Root 1 0 R>>\nstartxref 0\n" + end


def packed_objects(objects: bytes, dictionary: bytes = b"/Filter /FlateDecode") -> bytes:
    """A stream of packed objects, as every newer PDF has them."""
    stream = zlib.compress(objects)
    head = b"5 0 obj <</Type /ObjStm /N 1 /First 4 /Length %d %b>>" % (len(stream), dictionary)
    return head + b"\nstream\n" + stream + b"\nendstream endobj\n"


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int = 1, height: int = 1, more: bytes = b"", behind: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + more + rows + chunk(b"IEND") + behind


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpg(width: int = 1, height: int = 1, end: bytes = b"\xff\xd9") -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\x34"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + segment(0xC0, frame) + scan + end


def links(*relations: str) -> bytes:
    return f'<Relationships xmlns="{_LINKS}">{"".join(relations)}</Relationships>'.encode()


def link(kind: str, target: str, mode: str = "") -> str:
    external = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"{external}/>'


def types(main: str, part: str, more: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_TYPES}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{main}"/>{more}</Types>'
    ).encode()


def archive(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", method) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def docx(parts: dict[str, bytes] | None = None, main: str = WORD, more_types: str = "") -> bytes:
    """A Word file; `parts` come on top of what it needs, or in place of it."""
    needed = {
        "[Content_Types].xml": types(main, "/word/document.xml", more_types),
        "_rels/.rels": links(link("officeDocument", "word/document.xml")),
        "word/document.xml": b"<document/>",
    }
    return archive({**needed, **(parts or {})})


def xlsx() -> bytes:
    return archive(
        {
            "[Content_Types].xml": types(EXCEL, "/xl/workbook.xml"),
            "_rels/.rels": links(link("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": b"<workbook/>",
            "xl/printerSettings/printerSettings1.bin": b"\x00\x01",
        },
        ZIP_STORED,
    )
