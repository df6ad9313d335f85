"""JSON as any database and any reader can take it: no NaN, no NUL, no numbers without end."""

import json
import math
from collections.abc import Sequence
from typing import Any

from matchmaker.errors import InvalidInputError
from matchmaker.web.problems import field_path

DEEPEST = 50
_LARGEST = 2**63 - 1


def read_json(content: bytes) -> Any:
    """The document in a request body.

    Raises
    ------
    InvalidInputError
        It is no JSON in UTF-8, is nested deeper than 50 levels, or holds NaN, an infinite
        number, a whole number beyond 64 bits, a NUL or half a surrogate pair.
    """
    try:
        document = json.loads(content.decode(), parse_int=_whole_number)
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"The body is no text in UTF-8 (byte {error.start}).", field="body"
        ) from None
    except json.JSONDecodeError as error:
        raise InvalidInputError(
            f"The body is no JSON: {error.msg} at character {error.pos}.", field="body"
        ) from None
    except RecursionError:
        raise _too_deep() from None
    _check(document, ())
    return document


def unstorable(text: str) -> str | None:
    """What a text holds that no database stores; None where it is sound."""
    if "\x00" in text:
        return "a NUL character"
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        return "half a surrogate pair"
    return None


def _whole_number(digits: str) -> int:
    # 20 digits are beyond 64 bits already, and reading a million of them takes minutes.
    return int(digits[:21])


def _check(value: Any, path: tuple[int | str, ...]) -> None:
    if len(path) > DEEPEST:
        raise _too_deep()
    if isinstance(value, str):
        if flaw := unstorable(value):
            raise _flawed(path, flaw)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise _flawed(path, "a number that is not finite")
    elif isinstance(value, int):
        if not -_LARGEST - 1 <= value <= _LARGEST:
            raise _flawed(path, "a whole number beyond 64 bits")
    elif isinstance(value, dict):
        for name, item in value.items():
            if flaw := unstorable(name):
                raise _flawed((*path, name), f"{flaw} in its name")
            _check(item, (*path, name))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            _check(item, (*path, position))


def _flawed(path: Sequence[int | str], flaw: str) -> InvalidInputError:
    field = field_path(path) or "body"
    return InvalidInputError(f"The field {field} holds {flaw}.", field=field)


def _too_deep() -> InvalidInputError:
    return InvalidInputError(f"The body is nested deeper than {DEEPEST} levels.", field="body")
