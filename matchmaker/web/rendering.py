"""Pages: a template, a context class, and what every page shows around them."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from matchmaker.config import Settings
from matchmaker.days import TIME_ZONE
from matchmaker.messages import LANGUAGES, number, read_catalogue, say
from matchmaker.web.addresses import PUBLIC, address
from matchmaker.web.assets import Assets
from matchmaker.web.pdf import write_pdf
from matchmaker.web.permissions import EVERYONE, PERMISSIONS

_HERE = Path(__file__).parent
# The address of such a page is a key: nobody is told it, nothing keeps the page.
_OF_ONE_PERSON = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_NAMES_OF_LANGUAGES = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True)
class Page:
    """The context of one page: its fields are what the template shows.

    `template` is the file, `name` the page's name among the addresses; the name of a page
    without an address, such as an error, is None. `parts` end the address; a page that has
    some belongs to one person.
    """

    template: ClassVar[str]
    name: ClassVar[str | None]

    @property
    def parts(self) -> tuple[str, ...]:
        """What ends the address of this very page."""
        return ()

    @property
    def place(self) -> str:
        """The page that is this one in another language; the first page, where there is none."""
        return self.name or "start"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page.

    `held` counts the submissions that wait for an officer, `role` is that of whoever is logged in.
    """

    settings: Settings
    language: str
    page: Page
    held: int = 0
    role: str | None = None

    def opens(self, page: str) -> bool:
        """Whether a page is for the role of whoever looks."""
        return self.role in PERMISSIONS[page]

    @property
    def other_languages(self) -> list[tuple[str, str, str]]:
        """Code, name and address of this page in each other language."""
        page = self.page
        return [
            (code, _NAMES_OF_LANGUAGES[code], address(page.place, code, *page.parts))
            for code in LANGUAGES
            if code != self.language
        ]

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Code and address in every language, of a page that everybody may find."""
        name = self.page.name
        return [(code, address(name, code)) for code in LANGUAGES] if name in PUBLIC else []


class Renderer:
    """Turns a page into an answer."""

    def __init__(self, settings: Settings, assets: Assets) -> None:
        self._settings = settings
        self._assets = assets
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=select_autoescape(default=True, disabled_extensions=("txt",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["_"] = translate
        self._environment.globals["asset"] = assets.address
        self._environment.globals["address"] = _address
        self._environment.filters["number"] = _number
        self._environment.filters["css"] = _css
        self._environment.filters["megabytes"] = _megabytes
        self._environment.filters["day"] = _day
        self._environment.filters["moment"] = _moment

    def answer(
        self, request: Request, page: Page, language: str, status_code: int = 200
    ) -> HTMLResponse:
        """The page in `language`, compressed where the browser takes it."""
        held = getattr(request.state, "held", 0)
        role = getattr(request.state, "role", None)
        frame = Frame(self._settings, language, page, held, role)
        template = self._environment.get_template(page.template)
        text = template.render(page=page, frame=frame, language=language)
        headers = {
            "Content-Language": language,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding",
        }
        if page.parts:
            headers |= _OF_ONE_PERSON
        if page.name is not None and PERMISSIONS[page.name] != EVERYONE:
            headers["Cache-Control"] = "no-store"
        content = text.encode()
        if "gzip" in request.headers.get("accept-encoding", ""):
            content = gzip.compress(content, compresslevel=5, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return HTMLResponse(content, status_code=status_code, headers=headers)

    def pdf(self, page: Page, language: str, footer: str) -> bytes:
        """The page as a tagged PDF; `footer` stands at the foot of every sheet."""
        frame = Frame(self._settings, language, page)
        template = self._environment.get_template(page.template)
        html = template.render(page=page, frame=frame, language=language, footer=footer)
        return write_pdf(html, self._assets)

    def mail(self, name: str, language: str, **values: object) -> tuple[str, str, str]:
        """Subject, plain text and HTML of a mail; `values` are what its templates show."""
        given = {"language": language, "settings": self._settings, **values}
        plain = self._environment.get_template(f"mail/{name}.txt").render(given)
        html = self._environment.get_template(f"mail/{name}.html").render(given)
        # The first line of the plain text is the subject.
        subject, _, text = plain.partition("\n")
        return subject, text.lstrip("\n"), html


def speak(message: str, language: str) -> str:
    """`message` in `language`, from the catalogue of the pages, else from that of the engine."""
    return _catalogue(language).get(message) or say(message, language)


def moment(value: datetime, language: str) -> str:
    """Day and time where the offices are, as the language writes them."""
    from babel.dates import format_datetime

    return format_datetime(value, format="short", tzinfo=TIME_ZONE, locale=language)


@pass_context
def translate(context: Context, message: str, **values: object) -> str:
    """`message` in the language of the page or mail; in HTML the values are escaped."""
    said = speak(message, context["language"])
    text = escape(said) if context.eval_ctx.autoescape else said
    return text.format(**values) if values else text


@pass_context
def _address(context: Context, page: str, *parts: str) -> str:
    return address(page, context["language"], *parts)


@pass_context
def _number(context: Context, value: float) -> str:
    return number(value, context["language"])


@pass_context
def _megabytes(context: Context, size_bytes: int) -> str:
    """A size as file managers show it, with a tenth, such as 0.3."""
    return number(max(round(size_bytes / 2**20, 1), 0.1), context["language"])


@pass_context
def _day(context: Context, value: date) -> str:
    from babel.dates import format_date

    return format_date(value, format="long", locale=context["language"])


def _css(text: str) -> Markup:
    """A text as the content of a string in a style sheet: every letter by its number."""
    return Markup("".join(f"\\{ord(letter):06x}" for letter in text))  # noqa: S704  # digits


@pass_context
def _moment(context: Context, value: datetime) -> str:
    return moment(value, context["language"])


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    """The translations of the pages; English stands in them as it is."""
    path = _HERE / "locale" / f"{language}.po"
    return read_catalogue(path, language) if path.exists() else {}
