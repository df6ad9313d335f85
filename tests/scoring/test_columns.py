"""Sets and facts as columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scoring import SetColumn, need_columns, solution_columns
from matchmaker.scoring.columns import known, named_tags, size_class
from tests.regions import a_need, a_party, a_solution

SETS = st.lists(st.frozensets(st.text(max_size=3), max_size=5), max_size=6)


@given(SETS, st.frozensets(st.text(max_size=3), max_size=5))
def test_a_column_counts_like_sets_do(sets: list[frozenset[str]], words: frozenset[str]) -> None:
    column = SetColumn.of(sets)

    assert column.size.tolist() == [len(own) for own in sets]
    assert known(column).tolist() == [bool(own) for own in sets]
    assert column.shared(words).tolist() == [len(own & words) for own in sets]


@given(SETS, st.data())
def test_taking_rows_is_building_the_column_from_those_rows(
    sets: list[frozenset[str]], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.integers(0, len(sets) - 1))) if sets else []
    words = frozenset({"a", "b", ""})

    taken = SetColumn.of(sets).take(np.array(rows, dtype=np.intp))

    assert taken.shared(words).tolist() == [len(sets[row] & words) for row in rows]
    assert taken.size.tolist() == [len(sets[row]) for row in rows]


def test_unknown_facts_of_a_solution_are_nan_and_empty_sets() -> None:
    columns = solution_columns([a_solution()])

    for name, column in columns.items():
        if isinstance(column, SetColumn):
            assert column.size.tolist() == [0], name
        else:
            assert np.isnan(column).all(), name


@pytest.mark.parametrize(
    ("employees", "expected"),
    [(None, None), (0, 0), (9, 0), (10, 1), (49, 1), (50, 2), (249, 2), (250, 3), (10_000, 3)],
)
def test_size_classes_are_those_of_the_european_union(
    employees: int | None, expected: int | None
) -> None:
    assert size_class(employees) == expected


def test_the_branches_of_the_need_come_before_those_of_the_firm() -> None:
    firm = a_party(branches=frozenset({"25"}))

    assert need_columns(a_need(party=firm), {})["sme_branches"] == {"25"}
    own = need_columns(a_need(party=firm, branches=frozenset({"28"})), {})
    assert own["sme_branches"] == {"28"}
    assert own["sme_sections"] == {"C"}


def test_a_firm_that_names_no_language_speaks_that_of_its_need() -> None:
    silent, fluent = a_party(), a_party(languages=frozenset({"en"}))

    assert need_columns(a_need(language="de", party=silent), {})["sme_languages"] == {"de"}
    assert need_columns(a_need(language="de", party=fluent), {})["sme_languages"] == {"en"}
    assert need_columns(a_need("Laser", party=silent), {})["sme_languages"] == frozenset()


@pytest.mark.parametrize(
    ("code", "section"),
    [("01", "A"), ("09", "B"), ("10", "C"), ("33", "C"), ("35", "D"), ("62", "J"), ("99", "U")],
)
def test_a_division_belongs_to_its_section_of_the_classification(code: str, section: str) -> None:
    columns = solution_columns([a_solution(target_branches=frozenset({code, "holzbau", "00"}))])
    sections = columns["solution_target_sections"]

    assert isinstance(sections, SetColumn)
    assert list(sections.vocabulary) == [section]


def test_a_tag_is_named_when_the_need_uses_all_of_its_words() -> None:
    tags = dict.fromkeys(["predictive maintenance", "wartung", "ki", ""], 0)
    need = a_need("Wartung unserer Pressen: KI soll Ausfälle vorhersagen, predictive", "de")

    assert named_tags(need, tags) == {"wartung", "ki"}


def test_a_tag_is_not_named_by_a_word_that_only_contains_it() -> None:
    need = a_need("Plätze in der Kita vergeben, Shop für Eltern", "de")

    assert named_tags(need, dict.fromkeys(["ki", "op"], 0)) == frozenset()
