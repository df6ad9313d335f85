"""Every sentence of the program is in the catalogue, with the same placeholders."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import matchmaker
from matchmaker.embedding import NO_MODEL
from matchmaker.messages import LANGUAGES, number, say
from matchmaker.profiles.vocabulary import COOPERATION_FORMS, CUSTOMER_SIZES, IT_SECURITY
from matchmaker.profiles.vocabulary import LANGUAGES as SPOKEN
from matchmaker.retrieval import RULES
from matchmaker.scoring import weighable
from matchmaker.tables import PLACEMENT_KINDS
from matchmaker.tandems import HOLD_RULES
from matchmaker.tandems.proposing import UNREAD_LANGUAGE
from matchmaker.tandems.summary import HARDLY_ANY, TALKS
from matchmaker.training import DRIFTS, EARLY, UNREADABLE, VERDICTS

PACKAGE = Path(matchmaker.__file__).parent
# Words that are said from data; the code names them in lists, not in a call.
STORED = [*COOPERATION_FORMS, *CUSTOMER_SIZES, *IT_SECURITY, *SPOKEN, *RULES, *PLACEMENT_KINDS]
STORED += [*HOLD_RULES.values(), *VERDICTS.values(), *DRIFTS.values()]
STORED += [*EARLY.values(), *weighable(), "firms", "startups"]
STORED += ["strong", "plausible", "weak", "need.text", NO_MODEL, UNREAD_LANGUAGE]
STORED += [HARDLY_ANY, TALKS, UNREADABLE]


def said_in_code() -> set[str]:
    """The texts given to `say` directly, or chosen in the same function and said there."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.Lambda):
                found.update(_said_in(function))
    return found


def _said_in(function: ast.AST) -> Iterator[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "say":
                if isinstance(node.args[0], ast.Name):
                    names.add(node.args[0].id)
                yield from _texts(node.args[0])
            elif node.func.id == "_by_signal":
                for argument in node.args[1:]:
                    yield from _texts(argument)
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id in names for target in targets
        ):
            yield from _texts(node.value)


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def column_titles() -> set[str]:
    from matchmaker.tandems.spreadsheet import COLUMNS

    return {title for title, _ in COLUMNS}


def catalogue(language: str) -> Catalog:
    with (PACKAGE / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_collector_finds_what_is_said() -> None:
    said = said_in_code()

    assert "The two texts share no telling word." in said
    assert "Both texts use: {words}." in said
    assert "Too late: needed by {needed}, free only from {free}." in said
    assert len(said) > 30


def test_everything_said_is_translated_into_german() -> None:
    german = catalogue("de")
    translated = {entry.id for entry in german if entry.id and entry.string}

    assert not (said_in_code() | column_titles() | set(STORED)) - translated


def test_the_german_catalogue_holds_nothing_that_is_never_said() -> None:
    ids = {str(entry.id) for entry in catalogue("de") if entry.id}

    assert not ids - said_in_code() - column_titles() - set(STORED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_placeholders(language: str) -> None:
    for entry in catalogue(language):
        if entry.id:
            assert placeholders(str(entry.string)) == placeholders(str(entry.id)), entry.id


def test_german_uses_german_quotation_marks() -> None:
    for entry in catalogue("de"):
        if entry.id:
            assert "”" not in str(entry.string), entry.id
            assert str(entry.string).count("„") == str(entry.string).count("“"), entry.id
            assert '"' not in str(entry.string), entry.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stored_word_is_said_in_words(language: str) -> None:
    for word in STORED:
        said = say(word, language)
        assert "_" not in said
        assert said.strip()


def test_a_text_without_translation_is_shown_in_english() -> None:
    assert say("No such sentence: {what}.", "de", what="x") == "No such sentence: x."


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        (0.5, 2, "0,5", "0.5"),
        (1234.567, 2, "1.234,57", "1,234.57"),
        (19.6, 0, "20", "20"),
        (0.0, 2, "0", "0"),
    ],
)
def test_numbers_are_written_the_way_the_language_does(
    value: float, decimals: int, german: str, english: str
) -> None:
    assert number(value, "de", decimals) == german
    assert number(value, "en", decimals) == english
