"""Texts as they are stored: cleaned once on the way in, and versioned by their hash."""

import hashlib
import re
import unicodedata
from uuid import UUID

from matchmaker.language import detect_language
from matchmaker.tables import TextVersion

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")

# Function words give a language away long before this; reading on only costs time.
_CHARACTERS_READ = 2000


def clean_text(raw: str) -> str:
    """`raw` as it may be stored in any database and shown in any format.

    Composed characters (NFC), line ends as a line feed, no control characters but tab and
    line feed, no outer whitespace. Half a surrogate pair becomes the replacement character.
    """
    if not raw.isprintable():
        raw = _LINE_ENDS.sub("\n", raw)
        raw = _NO_CHARACTERS.sub("\ufffd", _CONTROLS.sub("", raw))
    return unicodedata.normalize("NFC", raw).strip()


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def language_of(text: str) -> str | None:
    """The language the text gives itself away as, read from its beginning."""
    return detect_language(text[:_CHARACTERS_READ])


def new_text_version(office_id: UUID, text: str, language: str | None = None) -> TextVersion:
    """A new wording, cleaned; its language is detected when it is not given.

    The caller keeps the stored version where `text_hash` says that nothing changed.
    """
    cleaned = clean_text(text)
    return TextVersion(
        owner_office_id=office_id,
        text=cleaned,
        text_hash=text_hash(cleaned),
        language=language or language_of(cleaned),
    )
