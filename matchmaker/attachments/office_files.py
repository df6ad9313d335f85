"""Word and Excel files: an archive of plain parts that says itself what it is.

Every part is unpacked for real, piece by piece, because what an archive states of its sizes may
be a lie. Only parts of known kinds may be in it, so nothing hides behind a name.
"""

import re
import zlib
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from matchmaker.attachments.refusing import RefusedFileError

_FORMAT = "application/vnd.openxmlformats-officedocument."
# The type of the main part, and what the file then is.
_MAIN_PARTS = {
    _FORMAT + "wordprocessingml.document.main+xml": "docx",
    _FORMAT + "spreadsheetml.sheet.main+xml": "xlsx",
}
_TYPES = "[Content_Types].xml"
# Parts of texts, tables and pictures. A .bin is a program's own, but for a printer's settings.
_PART = re.compile(
    r"(?:[\w\-. \[\]()]+/)*[\w\-. \[\]()]*"
    r"(?:\.(?:xml|rels|vml|png|jpe?g|jfif|gif|bmp|tiff?|emf|wmf|wdp|svg|odttf)"
    r"|/printerSettings\d*\.bin)",
    re.IGNORECASE,
)
# In the type of a part or of a link between parts: macros, controls, programs' objects, data
# from elsewhere.
_ACTIVE = re.compile(
    r"macro|vba|activex|oleobject|externallink|connections|/control$|/package$", re.IGNORECASE
)
# A link that only somebody's click follows; any other is fetched when the file is opened.
_CLICKED = re.compile(r"/hyperlink$")
_MOST_PARTS = 2_000
_MOST_UNPACKED_BYTES = 100_000_000
# Plain tables shrink to a fiftieth; what shrinks to less than this was made to swell.
_MOST_SWELLING = 200
_PIECE_BYTES = 65_536


def office_kind(content: bytes) -> str:
    """Either "docx" or "xlsx".

    Raises
    ------
    RefusedFileError
        It is neither, unpacks to too much, or holds macros, objects or links that are followed
        without a click.
    """
    # An archive may end in a remark of any kind; these files have none.
    if content[-22:-18] != b"PK\x05\x06":
        raise RefusedFileError("damaged")
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_names(archive)
            parts = _unpack(archive, len(content))
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as flaw:
        if isinstance(flaw, RefusedFileError):
            raise
        raise RefusedFileError("damaged") from None
    if _TYPES not in parts:
        raise RefusedFileError("unknown")
    types = _elements(parts[_TYPES])
    if any(_ACTIVE.search(one.get("ContentType", "")) for one in types):
        raise RefusedFileError("active")
    for name, part in parts.items():
        if name.lower().endswith(".rels"):
            _check_links(part)
    mains = [one for one in types if one.get("ContentType") in _MAIN_PARTS]
    if len(mains) != 1 or mains[0].get("PartName", "").lstrip("/") not in parts:
        raise RefusedFileError("unknown")
    return _MAIN_PARTS[mains[0]["ContentType"]]


def _check_names(archive: ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > _MOST_PARTS or len({name.lower() for name in names}) != len(names):
        raise RefusedFileError("damaged")
    for member in members:
        _check_member(member)


def _check_member(member: ZipInfo) -> None:
    if member.flag_bits & 0x1:
        raise RefusedFileError("protected")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise RefusedFileError("damaged")
    name = member.filename
    # The name as it is written; zipfile itself would cut it at a zero byte.
    if member.orig_filename != name or ".." in name.split("/") or name.startswith("/"):
        raise RefusedFileError("damaged")
    if not member.is_dir() and not _PART.fullmatch(name):
        raise RefusedFileError("active")


def _unpack(archive: ZipFile, packed_bytes: int) -> dict[str, bytes]:
    """Every part by its name: whole if it tells of others, else empty, read only to be measured."""
    most = min(_MOST_UNPACKED_BYTES, packed_bytes * _MOST_SWELLING)
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        kept = bytearray()
        tells = member.filename == _TYPES or member.filename.lower().endswith(".rels")
        with archive.open(member) as part:
            while piece := part.read(_PIECE_BYTES):
                most -= len(piece)
                if most < 0:
                    raise RefusedFileError("unpacks")
                if tells:
                    kept += piece
        parts[member.filename] = bytes(kept)
    return parts


def _check_links(part: bytes) -> None:
    for link in _elements(part):
        kind = link.get("Type", "")
        if _ACTIVE.search(kind):
            raise RefusedFileError("active")
        if link.get("TargetMode", "").lower() == "external" and not _CLICKED.search(kind):
            raise RefusedFileError("active")


def _elements(document: bytes) -> list[dict[str, str]]:
    """The attributes of every element. A document that defines its own words is refused: it
    could define very long ones."""
    found: list[dict[str, str]] = []

    def refuse(*_definition: object) -> None:
        raise RefusedFileError("damaged")

    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda _name, attributes: found.append(attributes)
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(document, True)
    except ExpatError:
        raise RefusedFileError("damaged") from None
    return found
