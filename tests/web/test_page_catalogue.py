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
from matchmaker import feedback
from matchmaker.attachments import REFUSALS
from matchmaker.config import Settings
from matchmaker.web.pages import (
    account,
    advice,
    attached,
    changes,
    confirming,
    consequences,
    errors,
    follow_up_fields,
    form_routes,
    held,
    holds,
    inbox,
    need_form,
    need_owner,
    placing,
    public_form,
    registrations,
    review,
    review_state,
    scorers,
    startup_form,
    startup_owner,
    startup_view,
    statements,
    taking_away,
    tandem,
    tandem_fields,
    tandem_words,
    tandems,
    verdicts,
    why_not,
)

WEB = Path(matchmaker.web.__file__).parent
FORMS = confirming.FORMS.values()
# Said from data: the code names them in tables.
TABLES = (
    advice.STATEMENT_WORDS,
    account.ROLE_NAMES, changes.CAUSE_WORDS, changes.LIFTED_WORDS, changes.PLACED_WORDS,
    changes.SIDE_WORDS, consequences.IN_FORCE, consequences.MATURITIES, feedback.MISSING,
    inbox.FILTER_ERRORS, REFUSALS, need_form.PASSING, need_owner.STATUS_HEADINGS,
    placing.NOTE_ERRORS,
    registrations.STATES, review.LEAK_WORDS, review_state.TEASER_WORDS,
    scorers.REASON_WORDS, scorers.STATE_WORDS, scorers.VERDICTS,
    startup_owner.HEADINGS, startup_owner.STATES, startup_view.VOUCHER,
    statements.BASES, statements.CONFORMANCE, statements.FEATURES, tandem_words.END_WORDS,
    tandem_words.MOVE_WORDS, tandem_words.ORIGIN_WORDS, tandem_words.PHASE_WORDS,
    verdicts.REASON_WORDS, verdicts.VERDICTS,
)  # fmt: skip
STORED = {
    *(words for table in TABLES for words in table.values()),
    *(word for words in errors.WORDS.values() for word in words),
    *(word for words in why_not.RULE_WORDS.values() for word in words),
    *(word for form in FORMS for word in astuple(form.words)),
    *(step.heading for form in FORMS for step in form.steps.values()),
    *(word for label, words in inbox.QUESTIONS.values() for word in (label, *words.values())),
    *(title for title, _ in tandems.COLUMNS),
    *(account.TOO_OFTEN, account.WRONG, account.WRONG_CODE),
    *(attached.TOO_OFTEN, form_routes.FILES_LEFT_OUT),
    changes.NO_NAME,
    *(scorers.CHANGED_MEANWHILE, scorers.INTERCEPT),
    *(confirming.EXPIRED, confirming.RESTS, confirming.STILL_RIGHT),
    *(consequences.OF_THE_FIRM, consequences.MAILED, consequences.OPEN_QUESTION),
    *(consequences.CAME_TRUE, consequences.LIFTED),
    *(feedback.REACHED, feedback.STATED, feedback.TOO_SOON, feedback.NOT_OURS),
    *(follow_up_fields.NO_DAY, follow_up_fields.SUGGESTED, follow_up_fields.SUGGESTED_OF),
    need_form.MATCHING,
    *(public_form.NEXT, public_form.KEEP_AND_CHECK),
    registrations.NOT_DECIDED,
    *(startup_form.MATCHING, startup_form.PASSING, startup_form.MORE_HEADING),
    startup_owner.KEEP,
    taking_away.FOOTER,
    *(*tandem.NO_TANDEM, tandem_words.ONE_MORE_PROPOSAL),
    *(tandem_fields.NO_DAY, tandem_fields.PAST_DAY),
    *(tandem_fields.WRONG_DAY, tandem_fields.WRONG_REASON),
    *(*why_not.ANY_RULE, *why_not.LISTED, *why_not.NEED_SAYS_TOO_LITTLE),
    *(*why_not.NOT_YET_SEEN, *why_not.RANKED, *why_not.RANKED_BEHIND_LOT, *why_not.TOO_FAR),
    *("much", "some", "little", "none", "For the firm", "For the startup"),
    *("Please choose one of the answers.", "Please shorten this; it is too long."),
}

FIELDS = (
    *(field for form in FORMS for field in form.every_field),
    *(step.files for form in FORMS for step in form.steps.values() if step.files),
    *(*account.LOG_IN, *account.CODE, *follow_up_fields.FIELDS, *holds.ANSWER, *held.REASON),
    *(review.QUESTION, review.TEASER),
    *(*tandem_fields.NOTE_FIELDS, *tandem_fields.step_fields(["ended"])),
)
FIELD_WORDS = {
    word
    for field in FIELDS
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
        assert set(side.features) <= set(statements.FEATURES)
