"""Files as they come: separators, encodings, packing, spreadsheets, and what is refused."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from matchmaker.errors import InvalidInputError
from matchmaker.profiles.intake.reading import Table, read_table
from tests.profiles.office import as_csv

ROWS = [
    ["Nr", "Firma", "Bemerkung"],
    ["1", "Müller & Söhne", 'sagt "ja";\nund, später'],
    ["2", "Übermut – Groß", ""],
]
FACTS = [
    {"Nr": "1", "Firma": "Müller & Söhne", "Bemerkung": 'sagt "ja";\nund, später'},
    {"Nr": "2", "Firma": "Übermut – Groß", "Bemerkung": None},
]


def read(folder: Path, content: bytes, name: str = "list") -> Table:
    path = folder / name
    path.write_bytes(content)
    return read_table(path)


def facts(table: Table) -> list[dict[str, str | None]]:
    records: list[dict[str, str | None]] = table.cells.to_dict("records")  # type: ignore[assignment]
    return records


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_every_separator_and_encoding_gives_the_same_table(
    tmp_path: Path, separator: str, encoding: str, is_packed: bool
) -> None:
    content = as_csv(ROWS, separator).encode(encoding)
    table = read(tmp_path, gzip.compress(content) if is_packed else content)

    assert facts(table) == FACTS
    assert list(table.cells.index) == [2, 3]


def test_one_line_in_another_encoding_does_not_spoil_the_rest(tmp_path: Path) -> None:
    content = "id;name\n1;Köln\n".encode() + "2;Düren\n".encode("cp1252") + "3;Köln\n".encode()

    assert [row["name"] for row in facts(read(tmp_path, content))] == ["Köln", "Düren", "Köln"]


def sheet(rows: list[list[object]], *, empty_first: bool = False) -> bytes:
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True})
    if empty_first:
        workbook.add_worksheet()
    target = workbook.add_worksheet()
    for number, row in enumerate(rows):
        for position, cell in enumerate(row):
            target.write(number, position, cell)
    workbook.close()
    return written.getvalue()


def test_a_spreadsheet_gives_words_as_a_person_reads_them(tmp_path: Path) -> None:
    content = sheet([["Nr", "PLZ", "Anteil", "Aktiv"], [7, "01067", 0.5, True]], empty_first=True)

    (row,) = facts(read(tmp_path, content, "list.xlsx"))

    assert row == {"Nr": "7", "PLZ": "01067", "Anteil": "0.5", "Aktiv": "true"}


def open_document(rows: list[list[str]], repeated_rows: int = 1) -> bytes:
    cells = [
        "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        for row in rows
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells[:-1])
    body += f'<table:table-row table:number-rows-repeated="{repeated_rows}">{cells[-1]}'
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
        '<office:body><office:spreadsheet><table:table table:name="A">'
        f"{body}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    media_type = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/>'
        "</manifest:manifest>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", media_type)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return written.getvalue()


def test_an_open_document_sheet_is_read(tmp_path: Path) -> None:
    table = read(tmp_path, open_document([["Nr", "Firma"], ["1", "Größe"]]), "list.ods")

    assert facts(table) == [{"Nr": "1", "Firma": "Größe"}]


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_sheet_that_reaches_to_the_far_corner_is_refused(tmp_path: Path, ending: str) -> None:
    if ending == ".ods":
        content = open_document([["a"] * 20, ["b"] * 20], repeated_rows=1_000_000)
    else:
        written = io.BytesIO()
        workbook = xlsxwriter.Workbook(written, {"in_memory": True})
        target = workbook.add_worksheet()
        target.write(0, 0, "a")
        target.write(1_048_575, 16_383, "b")
        workbook.close()
        content = written.getvalue()

    with pytest.raises(InvalidInputError, match="million cells"):
        read(tmp_path, content, f"list{ending}")


def test_json_lines_keep_lists_and_take_objects_apart(tmp_path: Path) -> None:
    lines = [
        {"id": 5, "tags": ["a", "b"], "company": {"town": "Bruchsal"}, "wert": None},
        {"id": "x", "tags": ["eins, zwei"], "note": 1.0},
    ]
    table = read(tmp_path, "\n".join(map(json.dumps, lines)).encode())

    first, second = facts(table)
    assert (first["id"], first["tags"], first["company.town"]) == ("5", "a|b", "Bruchsal")
    assert (second["id"], second["tags"], second["note"]) == ("x", "eins, zwei|", "1")


def test_a_line_that_is_no_json_object_loses_only_itself(tmp_path: Path) -> None:
    deep = "[" * 100_000
    table = read(tmp_path, f'{{"id": 1}}\n{{"id": \n[1]\n{deep}\n\n{{"id": 2}}\n'.encode())

    assert [row["id"] for row in facts(table)] == ["1", "2"]
    assert [rejected.row for rejected in table.rejected] == [2, 3, 4]
    assert list(table.cells.index) == [1, 6]


def test_a_stray_quotation_mark_loses_only_its_own_row(tmp_path: Path) -> None:
    content = b'id;name\n1;one\n2;"two\n3;three\n4;"fo;ur"\n5;five\n'
    table = read(tmp_path, content)

    assert [row["id"] for row in facts(table)] == ["1", "3", "4", "5"]
    assert [rejected.row for rejected in table.rejected] == [3]


def test_a_quotation_mark_within_a_line_is_read_as_it_stands(tmp_path: Path) -> None:
    table = read(tmp_path, b'id;name\n1;"Die" Firma\n2;19" Gestelle\n')

    assert [row["name"] for row in facts(table)] == ["Die Firma", '19" Gestelle']


def test_a_row_with_more_cells_than_columns_is_rejected(tmp_path: Path) -> None:
    table = read(tmp_path, b"id;name\n1;one;;\n2;two;drei\n")

    assert [row["id"] for row in facts(table)] == ["1"]
    assert [(rejected.row, rejected.reason) for rejected in table.rejected] == [
        (3, "3 cells, but the header names 2 columns")
    ]


def test_a_title_and_a_separator_line_above_the_header_are_passed_over(tmp_path: Path) -> None:
    table = read(tmp_path, b"sep=;\nListe 2026;;\n\nid;name;town\n1;one;Calw\n")

    assert facts(table) == [{"id": "1", "name": "one", "town": "Calw"}]
    assert list(table.cells.index) == [5]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n \n;;\n", "empty"),
        (bytes(range(256)) * 40, "no text"),
        (b"\x1f\x8b\x08garbage", "damaged"),
        (gzip.compress(b"id;name\n1;x\n" * 9, mtime=0)[:-9], "damaged"),
        (b"PK\x03\x04garbage", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "cannot be read"),
        (gzip.compress(b"0" * 50_000_000, mtime=0), "unpacks to more than"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(InvalidInputError, match=says):
        read(tmp_path, content)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"nowhere\.csv"):
        read_table(tmp_path / "nowhere.csv")
