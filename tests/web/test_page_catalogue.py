"""Every sentence of the pages is in the catalogue, in German, with the same placeholders."""

import re
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import matchmaker.web
from matchmaker.config import Settings
from matchmaker.web.pages import registrations, startup_form, startup_owner
from matchmaker.web.pages.account import CODE, LOG_IN, ROLE_NAMES, TOO_OFTEN, WRONG, WRONG_CODE
from matchmaker.web.pages.changes import (
    CAUSE_WORDS,
    LIFTED_WORDS,
    NO_NAME,
    PLACED_WORDS,
    SIDE_WORDS,
)
from matchmaker.web.pages.confirming import EXPIRED, FORMS, RESTS, STILL_RIGHT
from matchmaker.web.pages.errors import WORDS
from matchmaker.web.pages.inbox import STATUSES
from matchmaker.web.pages.need_form import MATCHING, PASSING
from matchmaker.web.pages.need_owner import STATUS_HEADINGS
from matchmaker.web.pages.placing import NOTE_ERRORS
from matchmaker.web.pages.public_form import KEEP_AND_CHECK, NEXT
from matchmaker.web.pages.startup_view import VOUCHER
from matchmaker.web.pages.statements import BASES, CONFORMANCE, FEATURES
from matchmaker.web.pages.taking_away import FOOTER
from matchmaker.web.pages.tandem import NO_TANDEM
from matchmaker.web.pages.tandem_fields import (
    NO_DAY,
    NOTE_FIELDS,
    PAST_DAY,
    WRONG_DAY,
    WRONG_REASON,
    step_fields,
)
from matchmaker.web.pages.tandem_words import (
    END_WORDS,
    MOVE_WORDS,
    ONE_MORE_PROPOSAL,
    ORIGIN_WORDS,
    PHASE_WORDS,
)
from matchmaker.web.pages.tandems import COLUMNS
from matchmaker.web.pages.verdicts import REASON_WORDS, VERDICTS
from matchmaker.web.pages.why_not import (
    ANY_RULE,
    LISTED,
    NEED_SAYS_TOO_LITTLE,
    NOT_YET_SEEN,
    RANKED,
    RULE_WORDS,
    TOO_FAR,
)

WEB = Path(matchmaker.web.__file__).parent
# Said from data: the code names them in tables.
STORED = {
    *FEATURES.values(), *BASES.values(), *CONFORMANCE.values(),
    *("much", "some", "little", "none"),
    *(word for words in WORDS.values() for word in words),
    *(words for form in FORMS.values() for words in astuple(form.words)),
    *(step.heading for form in FORMS.values() for step in form.steps.values()),
    *STATUS_HEADINGS.values(),
    *(EXPIRED, RESTS, STILL_RIGHT, NEXT, KEEP_AND_CHECK, MATCHING),
    *(startup_form.MATCHING, startup_form.PASSING, startup_form.MORE_HEADING),
    *(*startup_owner.HEADINGS.values(), *startup_owner.STATES.values(), startup_owner.KEEP),
    *(*registrations.STATES.values(), registrations.NOT_DECIDED),
    *VOUCHER.values(),
    *PASSING.values(),
    *ROLE_NAMES.values(),
    *STATUSES.values(),
    FOOTER,
    *REASON_WORDS.values(),
    *VERDICTS.values(),
    *CAUSE_WORDS.values(), *PLACED_WORDS.values(), *LIFTED_WORDS.values(), *SIDE_WORDS.values(),
    NO_NAME, *NOTE_ERRORS.values(),
    *(word for words in RULE_WORDS.values() for word in words),
    *ANY_RULE, *LISTED, *NEED_SAYS_TOO_LITTLE, *NOT_YET_SEEN, *RANKED, *TOO_FAR,
    *("For the firm", "For the startup"),
    *(TOO_OFTEN, WRONG, WRONG_CODE),
    *NO_TANDEM, NO_DAY, PAST_DAY, WRONG_DAY, WRONG_REASON, ONE_MORE_PROPOSAL,
    *MOVE_WORDS.values(), *END_WORDS.values(), *PHASE_WORDS.values(), *ORIGIN_WORDS.values(),
    *(title for title, _ in COLUMNS),
    "Please choose one of the answers.", "Please shorten this; it is too long.",
}  # fmt: skip

FORM_FIELDS = [field for form in FORMS.values() for field in form.every_field]
FIELD_WORDS = {
    word
    for field in (*FORM_FIELDS, *LOG_IN, *CODE, *NOTE_FIELDS, *step_fields(["ended"]))
    for word in (field.label, *field.hints, field.missing, *(words for _, words in field.choices))
    if word
}


def said_by_checks() -> set[str]:
    """The words of the errors that the checks of answers raise."""
    files = ("checks.py", "need_fields.py", "startup_fields.py")
    source = "".join((WEB / "pages" / name).read_text("utf-8") for name in files)
    return set(re.findall(r'raise ValueError\("([^"]+)"\)', source))


def said_in_templates() -> set[str]:
    return {message for file in (WEB / "templates").rglob("*.*") for message in _said_in(file)}


def _said_in(file: Path) -> Iterator[str]:
    with file.open("rb") as template:
        for _line, message, _comments, _context in extract(
            "jinja2.ext:babel_extract", template, keywords={"_": None}
        ):
            yield message[0] if isinstance(message, tuple) else message


def german() -> Catalog:
    with (WEB / "locale" / "de.po").open("rb") as file:
        return read_po(file, locale="de")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_collector_finds_what_is_said() -> None:
    said = said_in_templates()

    assert "Skip to the content" in said
    assert "Phone: {number}" in said
    assert len(said) > 60


def test_every_sentence_is_there_and_none_too_many() -> None:
    translated = {entry.id for entry in german() if entry.id and entry.string}

    assert translated == said_in_templates() | STORED | FIELD_WORDS | said_by_checks()


def test_a_translation_keeps_the_placeholders() -> None:
    for entry in german():
        if entry.id:
            assert placeholders(str(entry.string)) == placeholders(str(entry.id)), entry.id


def test_no_template_holds_words_of_its_own() -> None:
    """Text between tags goes through the catalogue: what is left has no letters."""
    for file in (WEB / "templates").rglob("*.*"):
        text = re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", "", file.read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>|[a-z-]+=\"[^\"]*\"", "", text)  # an attribute of a macro, too
        assert not re.search(r"[A-Za-zÄÖÜäöü]{2,}", text), file.name


def test_every_configured_feature_has_its_plain_words(settings: Settings) -> None:
    for side in (settings.scoring.sme, settings.scoring.startup):
        assert set(side.features) <= set(FEATURES)
