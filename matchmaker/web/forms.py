"""Forms: one list of fields is the page, the check of what was sent, and the summary of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs

from fastapi import Depends, Request

from matchmaker.errors import InvalidInputError
from matchmaker.profiles import clean_text
from matchmaker.web.guard import read_body

Kind = Literal[
    "text",
    "paragraph",
    "email",
    "tel",
    "number",
    "password",
    "date",
    "one",
    "some",
    "select",
    "files",
]
Check = Callable[[str], Any]
Posted = Mapping[str, Sequence[str]]

MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One question. All words are English and go through the catalogue when they are shown.

    `one`, `some` and `select` are answered by choosing among `choices` (value, words), `files`
    by files, which `uploads` reads; the others by typing. `missing` is said where a mandatory
    answer is not given. `check` turns what was typed into what is kept, or raises `ValueError`
    with the words that say what is wrong; `as_typed` turns it back.
    """

    name: str
    label: str
    kind: Kind = "text"
    hints: tuple[str, ...] = ()
    missing: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 200
    autocomplete: str | None = None
    check: Check = str
    as_typed: Callable[[Any], str] = str

    @property
    def is_mandatory(self) -> bool:
        """Whether it has to be answered."""
        return self.missing is not None


@dataclass(frozen=True, slots=True)
class Filled:
    """What was sent: the answers that can be kept, what was typed, and what is wrong with it."""

    answers: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


async def read_form(request: Request) -> dict[str, list[str]]:
    """The fields of a sent form: cleaned texts by name.

    Raises
    ------
    HTTPException
        413: the body is larger than the configured limit.
    InvalidInputError
        It is no form.
    """
    content = await read_body(request, request.app.state.settings.web.body_limit_bytes)
    try:
        sent = parse_qs(
            content.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace"
        )
    except ValueError:
        raise InvalidInputError("This is no form that we sent.") from None
    return {name: [clean_text(value) for value in values] for name, values in sent.items()}


PostedForm = Annotated[dict[str, list[str]], Depends(read_form)]


def fill(fields: Sequence[Field], posted: Posted) -> Filled:
    """Check what was sent against the fields; names that no field has are left aside."""
    filled = Filled()
    for one in fields:
        values = [value for value in posted.get(one.name, ()) if value]
        if one.kind != "password":  # which no page repeats
            filled.typed[one.name] = values if one.kind == "some" else (values or [""])[0]
        try:
            answer = _answer(one, values)
        except ValueError as wrong:
            filled.errors[one.name] = str(wrong)
        else:
            filled.answers[one.name] = answer
    return filled


def typed(fields: Sequence[Field], answers: Mapping[str, Any]) -> Filled:
    """Answers that were kept, as they were typed."""
    return Filled(
        typed={
            one.name: answers.get(one.name) or [] if one.kind == "some"
            else "" if answers.get(one.name) is None else one.as_typed(answers[one.name])
            for one in fields
        }
    )  # fmt: skip


def _answer(one: Field, values: list[str]) -> Any:
    if not values:
        if one.missing is not None:
            raise ValueError(one.missing)
        return [] if one.kind == "some" else None
    if one.choices:
        known = {value for value, _ in one.choices}
        if not known.issuperset(values) or (one.kind != "some" and len(values) > 1):
            raise ValueError("Please choose one of the answers.")
        return list(dict.fromkeys(values)) if one.kind == "some" else values[0]
    value = values[0] if one.kind == "paragraph" else " ".join(values[0].split())
    if len(value) > one.longest:
        raise ValueError("Please shorten this; it is too long.")
    return one.check(value)
