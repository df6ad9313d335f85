"""Sentences for people, in English as written in the code and in German from the catalogue."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("de", "en")


def say(message: str, language: str, **values: object) -> str:
    """Return `message` in `language` with its {placeholders} filled.

    The English text is the key; a language without a translation for it shows the English.
    """
    return _catalogue(language).get(message, message).format(**values)


def number(value: float, language: str, decimals: int = 2) -> str:
    """Write a number the way the language does."""
    from babel.numbers import format_decimal

    text: str = format_decimal(
        round(value, decimals), format=f"#,##0.{'#' * decimals}", locale=language
    )
    return text


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    if language == "en":
        return {}
    from babel.messages.pofile import read_po

    path = Path(__file__).parent / "locale" / f"{language}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string}
