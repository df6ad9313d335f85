"""A need that someone typed in and that is stored nowhere."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from matchmaker.language import detect_language
from matchmaker.profiles.texts import clean_text, text_hash
from matchmaker.values import NeedProfile, Text


def passing_need(text: str, *, language: str | None = None, **facts: Any) -> NeedProfile:
    """Make a need of a text and of whatever else is known (the fields of `NeedProfile`).

    Its ids come from the text, so the same words get the same answer.
    """
    cleaned = clean_text(text)
    identity = uuid5(NAMESPACE_OID, text_hash(cleaned))
    return NeedProfile(
        id=identity,
        text=Text(identity, cleaned, text_hash(cleaned), language or detect_language(cleaned)),
        **facts,
    )
