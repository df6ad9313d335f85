"""Texts of a file, for embedding them outside of any database."""

from pathlib import Path

import orjson

from matchmaker.embedding.encoder import Role
from matchmaker.errors import InvalidInputError

ROLES: dict[str, Role] = {"need": "query", "profile": "passage"}


def role_named(name: str) -> Role:
    """The encoder's role for a "need" or a "profile"."""
    if name not in ROLES:
        raise InvalidInputError(f"{name} is not one of {', '.join(ROLES)}.", field="--role")
    return ROLES[name]


def read_texts(file: Path) -> list[str]:
    """One text per line, or the field `text` of each line of a JSONL file.

    Raises
    ------
    InvalidInputError
        The file is missing or no UTF-8, or a JSONL line has no field `text`.
    """
    if not file.is_file():
        raise InvalidInputError(f"{file} does not exist.", field="FILE")
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"{file} is not UTF-8 ({error}).", field="FILE") from None
    if not file.name.endswith(".jsonl"):
        return lines
    return [_text_of(line, number) for number, line in enumerate(lines, start=1) if line.strip()]


def _text_of(line: str, number: int) -> str:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise InvalidInputError(f"Line {number} is no JSON ({error}).", field="FILE") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InvalidInputError(f"Line {number} has no field 'text' with words.", field="text")
    return str(record["text"])
