"""Sentences for people: English as written in the code, German from the catalogue.

Single stored words such as `joint_development` are no English either, so English has a small
catalogue too.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("de", "en")


def say(message: str, language: str, **values: object) -> str:
    """Return `message` in `language` with its {placeholders} filled.

    The English text is the key; a language without a translation for it shows the English.
    Without values, braces are just braces: stored words are said this way too.
    """
    text = _catalogue(language).get(message, message)
    return text.format(**values) if values else text


def number(value: float, language: str, decimals: int = 2) -> str:
    """Write a number the way the language does; what rounds to zero has no sign."""
    from babel.numbers import format_decimal

    text: str = format_decimal(
        round(value, decimals) + 0.0, format=f"#,##0.{'#' * decimals}", locale=language
    )
    return text


def shortened(text: str, longest: int) -> str:
    """`text` as it is, or cut behind a word so that it has about `longest` characters."""
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + " …"


def read_catalogue(path: Path, language: str) -> Mapping[str, str]:
    """The translations in a catalogue file, by their English texts."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string}


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    return read_catalogue(Path(__file__).parent / "locale" / f"{language}.po", language)
