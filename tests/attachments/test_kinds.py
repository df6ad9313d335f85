"""What a file is, and what is not let in, told by files that were made by hand."""

import struct
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from weasyprint import HTML

from matchmaker.attachments import RefusedFileError, kind_of
from tests.attachments.crafted import (
    EXCEL,
    WORD,
    WORD_WITH_MACROS,
    archive,
    chunk,
    docx,
    jpg,
    link,
    links,
    packed_objects,
    pdf,
    png,
    types,
    xlsx,
)


def override(part: str, content_type: str) -> str:
    return f'<Override PartName="{part}" ContentType="{content_type}"/>'


def printed_workbook() -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_url("A1", "https://amt.example/")
        sheet.write_column("B1", range(2_000))
    return file.getvalue()


def lying_archive() -> bytes:
    """A Word file whose headers state that a long part is short."""
    content = bytearray(docx({"word/media.xml": b"a" * 1_000}))
    size = struct.pack("<I", 1_000)
    while (position := content.find(size)) > 0:
        content[position : position + 4] = struct.pack("<I", 10)
    return bytes(content)


SOUND = {
    "a PDF": (pdf(), "pdf"),
    "a PDF with packed objects": (pdf(packed_objects(b"<</Type /Page>>")), "pdf"),
    "a PDF by another program": (HTML(string="<h1>Plan</h1>").write_pdf(), "pdf"),
    "a PNG": (png(), "png"),
    "a JPG": (jpg(), "jpg"),
    "a JPG with a second picture behind it": (jpg() + jpg(), "jpg"),
    "a Word file": (docx(), "docx"),
    "a Word file with a link to click on": (
        docx({"word/_rels/document.xml.rels":
              links(link("hyperlink", "https://amt.example/", "External"))}),
        "docx",
    ),
    "an Excel file": (xlsx(), "xlsx"),
    "an Excel file by another program": (printed_workbook(), "xlsx"),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_known_by_its_content(name: str) -> None:
    content, kind = SOUND[name]

    assert kind_of(content) == kind


UNSOUND = {
    "nothing": (b"", "unknown"),
    "a text": (b"Guten Tag", "unknown"),
    "a program": (b"MZ\x90\x00", "unknown"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "unknown"),
    "a web page": (b"<html><script>alert(1)</script>", "unknown"),
    "a drawing that may hold scripts": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
    "a PDF that only begins": (b"%PDF-1.7\n", "damaged"),
    "a PDF of no version": (pdf(header=b"%PDF-x\n"), "damaged"),
    "a PDF with a long tail": (pdf() + bytes(2_000), "damaged"),
    "a PDF with a script": (pdf(b"4 0 obj <</S /JavaScript /JS (1)>> endobj\n"), "active"),
    "a PDF with a script spelled oddly": (pdf(b"4 0 obj <</S /J#61vaScript>>"), "active"),
    "a PDF that starts a program": (pdf(b"4 0 obj <</S /Launch /F (cmd.exe)>>"), "active"),
    "a PDF with a file in it": (pdf(b"4 0 obj <</Type /EmbeddedFile>>"), "active"),
    "a PDF with a packed script": (pdf(packed_objects(b"<</S /JavaScript>>")), "active"),
    "a PDF with a script in the second pack": (
        pdf(packed_objects(b"<<>>") + packed_objects(b"<</S /Launch>>")), "active"),
    "a PDF packed twice": (
        pdf(packed_objects(b"<<>>", b"/Filter [/ASCIIHexDecode /FlateDecode]")), "damaged"),
    "a PDF packed with parameters": (
        pdf(packed_objects(b"<<>>", b"/Filter /FlateDecode /DecodeParms 7 0 R")), "damaged"),
    "a PDF whose pack hides its head in a string": (
        pdf(packed_objects(b"<<>>", b"/Filter /FlateDecode /X (obj)")), "damaged"),
    "a PDF whose pack is named elsewhere": (pdf(b"7 0 obj /ObjStm endobj"), "damaged"),
    "a PDF whose pack ends early": (
        pdf(packed_objects(b"a" * 99).replace(b"\nendstream", b"")), "damaged"),
    "a PDF that unpacks to 60 MB": (pdf(packed_objects(bytes(60_000_000))), "unpacks"),
    "a PDF with a password": (pdf(b"6 0 obj <</Filter /Standard>> /Encrypt 6 0 R"), "protected"),
    "a PNG with something behind it": (png(behind=b"PK\x03\x04"), "damaged"),
    "a PNG without rows": (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND"), "damaged"),
    "a PNG with a wrong checksum": (png().replace(b"\x08\x02", b"\x08\x06"), "damaged"),
    "a PNG of a million columns": (png(width=1_000_000), "damaged"),
    "a PNG that ends early": (png()[:-6], "damaged"),
    "a JPG without an end": (jpg(end=b""), "damaged"),
    "a JPG of no height": (jpg(height=0), "damaged"),
    "a JPG that is only a beginning": (b"\xff\xd8\xff\xe0", "damaged"),
    "an archive of anything": (archive({"read.xml": b"<a/>"}), "unknown"),
    "an archive with a program": (docx({"word/setup.exe": b"MZ"}), "active"),
    "a Word file with macros": (docx(main=WORD_WITH_MACROS), "active"),
    "a Word file with a macro part": (docx({"word/vbaProject.bin": b"\xd0\xcf"}), "active"),
    "a Word file with a renamed macro part": (
        docx({"word/a.xml": b"\xd0\xcf"},
             more_types=override("/word/a.xml", "application/vnd.ms-office.vbaProject")),
        "active",
    ),
    "a Word file with a linked macro part": (
        docx({"word/_rels/document.xml.rels": links(link("vbaProject", "a.xml"))}), "active"),
    "a Word file with an object": (docx({"word/embeddings/oleObject1.bin": b"\xd0"}), "active"),
    "a Word file with a file in it": (docx({"word/embeddings/a.docx": docx()}), "active"),
    "a Word file that fetches its template": (
        docx({"word/_rels/settings.xml.rels":
              links(link("attachedTemplate", "https://evil.example/a.dotm", "External"))}),
        "active",
    ),
    "a Word file that fetches a picture": (
        docx({"word/_rels/document.xml.rels":
              links(link("image", "https://evil.example/a.png", "external"))}),
        "active",
    ),
    "a Word file with two main parts": (
        docx(more_types=override("/word/b.xml", EXCEL)), "unknown",
    ),
    "a Word file without its main part": (
        archive({"[Content_Types].xml": types(WORD, "/word/document.xml")}), "unknown",
    ),
    "a Word file that climbs out": (docx({"word/../../a.xml": b"<a/>"}), "damaged"),
    "a Word file from the root": (docx({"/etc/a.xml": b"<a/>"}), "damaged"),
    "a Word file with a part of two spellings": (
        docx({"WORD/document.xml": b"<document/>"}), "damaged"),
    "a Word file with words of its own": (
        docx({"_rels/.rels": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged"),
    "a Word file with broken XML": (docx({"_rels/.rels": b"<a>"}), "damaged"),
    "a Word file with a remark behind it": (docx()[:-2] + b"\x02\x00ab", "damaged"),
    "a Word file that ends early": (docx()[:-30], "damaged"),
    "a Word file that unpacks to 200 MB": (docx({"word/a.xml": bytes(200_000_000)}), "unpacks"),
    "a Word file that lies about its size": (lying_archive(), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSOUND)
def test_an_unsound_file_is_refused_and_the_reason_is_told(name: str) -> None:
    content, refusal = UNSOUND[name]

    with pytest.raises(RefusedFileError) as refused:
        kind_of(content)
    assert refused.value.refusal == refusal


def test_a_protected_part_of_an_archive_is_named_as_such() -> None:
    content = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + offset] |= 0x1

    with pytest.raises(RefusedFileError) as refused:
        kind_of(bytes(content))
    assert refused.value.refusal == "protected"


def test_an_archive_of_many_small_parts_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as written:
        for number in range(2_001):
            written.writestr(f"{number}.xml", b"")

    with pytest.raises(RefusedFileError):
        kind_of(file.getvalue())
