"""Pages: a template, a context class, and what every page shows around them."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from matchmaker.config import Settings
from matchmaker.messages import LANGUAGES, number, read_catalogue, say
from matchmaker.web.addresses import address
from matchmaker.web.assets import Assets

_HERE = Path(__file__).parent
_NAMES_OF_LANGUAGES = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True, slots=True)
class Page:
    """The context of one page: its fields are what the template shows.

    `template` is the file, `name` the page's name among the addresses; the name of a page
    without an address, such as an error, is None.
    """

    template: ClassVar[str]
    name: ClassVar[str | None]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    settings: Settings
    language: str
    page: str | None

    @property
    def other_languages(self) -> list[tuple[str, str, str]]:
        """Code, name and address of this page in each other language."""
        return [
            (code, _NAMES_OF_LANGUAGES[code], address(self.page or "start", code))
            for code in LANGUAGES
            if code != self.language
        ]

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Code and address of this page in every language; none for a page without address."""
        return [(code, address(self.page, code)) for code in LANGUAGES] if self.page else []


class Renderer:
    """Turns a page into an answer."""

    def __init__(self, settings: Settings, assets: Assets) -> None:
        self._settings = settings
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["_"] = translate
        self._environment.globals["asset"] = assets.address
        self._environment.globals["address"] = _address
        self._environment.filters["number"] = _number
        self._environment.filters["day"] = _day

    def answer(
        self, request: Request, page: Page, language: str, status_code: int = 200
    ) -> HTMLResponse:
        """The page in `language`, compressed where the browser takes it."""
        frame = Frame(self._settings, language, page.name)
        template = self._environment.get_template(page.template)
        text = template.render(page=page, frame=frame, language=language)
        headers = {
            "Content-Language": language,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding",
        }
        content = text.encode()
        if "gzip" in request.headers.get("accept-encoding", ""):
            content = gzip.compress(content, compresslevel=5, mtime=0)
            headers["Content-Encoding"] = "gzip"
        return HTMLResponse(content, status_code=status_code, headers=headers)


def speak(message: str, language: str) -> str:
    """`message` in `language`, from the catalogue of the pages, else from that of the engine."""
    return _catalogue(language).get(message) or say(message, language)


@pass_context
def translate(context: Context, message: str, **values: object) -> Markup:
    """`message` in the page's language; values are escaped, unless they are markup already."""
    text = Markup(escape(speak(message, context["language"])))  # noqa: S704  # escaped
    return text.format(**values) if values else text


@pass_context
def _address(context: Context, page: str) -> str:
    return address(page, context["language"])


@pass_context
def _number(context: Context, value: float) -> str:
    return number(value, context["language"])


@pass_context
def _day(context: Context, value: date) -> str:
    from babel.dates import format_date

    return format_date(value, format="long", locale=context["language"])


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    """The translations of the pages; English stands in them as it is."""
    path = _HERE / "locale" / f"{language}.po"
    return read_catalogue(path, language) if path.exists() else {}
