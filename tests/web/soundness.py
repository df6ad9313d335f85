"""Whether a page, a spreadsheet or a PDF is only what it shows: no code, no formula, no action."""

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO

from httpx2 import Response
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from tests.web.payloads import COMPUTED

# Where people's words may stand in a tag.
_WORDED = {"value", "aria-label", "title", "alt", "content", "href"}
_LINKS = {"href", "src", "action", "formaction", "data", "poster"}
_NEVER = {"iframe", "object", "embed", "base", "math", "svg", "style"}
# A random token may hold "mk"; a mark is more than that.
_MARK = re.compile(r"mk\d+q")
_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.flaws: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        given = {name: value or "" for name, value in attrs}
        is_foreign_script = tag == "script" and not given.get("src", "").startswith("/static/")
        is_refresh = tag == "meta" and "http-equiv" in given
        if tag in _NEVER or _MARK.search(tag) or is_foreign_script or is_refresh:
            self.flaws.append(f"<{tag}> {given}")
        for name, value in given.items():
            is_code = name.startswith("on") or name == "style" or _MARK.search(name)
            leads_away = name in _LINKS and _MARK.search(value) and not _is_own(value)
            if is_code or leads_away or (_MARK.search(value) and name not in _WORDED):
                self.flaws.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and data.strip():
            self.flaws.append(f"in <{self._inside}>: {data[:80]!r}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_comment(self, data: str) -> None:
        if _MARK.search(data):
            self.flaws.append(f"comment {data!r}")


def _is_own(link: str) -> bool:
    return link.startswith("mailto:") or (link.startswith("/") and not link.startswith("//"))


def html_flaws(html: str) -> list[str]:
    """What of a page is more than words and the page's own tags; [] for a sound page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.flaws + re.findall(rf"mk\d+q{COMPUTED}", html)


def sheet_flaws(content: bytes) -> list[str]:
    """Formulas and links of a spreadsheet."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    live = [
        f"{name}: {found}"
        for name, xml in parts.items()
        if name.startswith("xl/worksheets/")
        for found in re.findall(r"<(?:f|hyperlink|oleObject)[ >/].{0,80}", xml)
    ]
    return live + [name for name in parts if "external" in name.lower() or name.endswith(".bin")]


def pdf_flaws(content: bytes) -> list[str]:
    """Actions of a PDF that a person's words could have put there."""
    ahead: list[PdfObject] = [PdfReader(BytesIO(content)).root_object]
    seen: set[int] = set()
    found = []
    while ahead:
        one = ahead.pop().get_object()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, DictionaryObject):
            kind = str(one.get("/S", ""))
            leads_away = kind == "/URI" and _MARK.search(str(one.get("/URI")))
            if kind in _ACTIONS or leads_away or "/AA" in one or "/JS" in one:
                found.append(str(one)[:200])
            ahead += one.values()
        elif isinstance(one, ArrayObject):
            ahead += one
    return found


def flaws(answer: Response) -> list[str]:
    """The flaws of whatever a server answered."""
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        return html_flaws(answer.text)
    if "spreadsheet" in kind:
        return sheet_flaws(answer.content)
    if kind == "application/pdf":
        return pdf_flaws(answer.content)
    return []
