"""A missing fact says nothing: it never raises an error, a contribution or the coverage."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.values import NeedProfile, PartyProfile, ProposedList, Snapshot, SolutionProfile
from tests.random_regions import regional, regions
from tests.regions import a_need, a_party, a_region, a_solution, a_text, propose

FIRM = a_party(
    kind="sme",
    name="Muster GmbH",
    external_id="m-1",
    town="Sinsheim",
    country="DE",
    latitude=49.2529,
    longitude=8.8787,
    degurba=2,
    founded_on=date(1970, 1, 1),
    employees=80,
    branches=frozenset({"25"}),
    languages=frozenset({"de"}),
    clusters=frozenset({"metall"}),
    description=a_text("Wir fertigen geschweißte Rahmen für Landmaschinen."),
)
NEED = a_need(
    party=FIRM,
    title="Prüfung von Schweißnähten",
    branches=frozenset({"28"}),
    tags=frozenset({"schweißen"}),
    maturity_wanted_trl=7,
    cooperation_forms=frozenset({"pilot"}),
    needed_by_on=date(2027, 3, 1),
    seat_country="DE",
    it_security=frozenset({"iso27001"}),
)
STARTUP = replace(
    FIRM,
    id=a_party().id,
    kind="startup",
    name="Nahtblick",
    employees=9,
    looks_for=a_text("Betriebe, die Rahmen und Träger schweißen."),
)
SOLUTION = a_solution(
    party=STARTUP,
    title="Nahtkamera",
    tags=frozenset({"schweißen", "kamera"}),
    target_branches=frozenset({"25", "28"}),
    maturity_trl=8,
    cooperation_forms=frozenset({"pilot", "buy"}),
    available_from_on=date(2027, 1, 1),
    capacity=2,
    customer_sizes=frozenset({"medium"}),
    it_security=frozenset({"iso27001", "tisax"}),
)
Profile = PartyProfile | NeedProfile | SolutionProfile


def _optional(profile: Profile) -> list[str]:
    return [
        field.name
        for field in fields(profile)
        if field.default is None or field.default == frozenset()
    ]


def _without(profile: Any, *names: str) -> Any:
    empty = {
        name: frozenset() if isinstance(getattr(profile, name), frozenset) else None
        for name in names
    }
    return replace(profile, **empty)


def _only(answer: ProposedList) -> Any:
    (proposal,) = answer.proposals
    return proposal.document


def _ask(need: NeedProfile, solution: SolutionProfile) -> Any:
    return _only(propose(a_region([need], [solution])))


def test_a_pair_of_which_everything_is_known_is_fully_covered() -> None:
    assert _ask(NEED, SOLUTION)["coverage"] == pytest.approx(1)


REMOVALS: list[tuple[str, Callable[[str], tuple[NeedProfile, SolutionProfile]], Profile]] = [
    ("need", lambda name: (_without(NEED, name), SOLUTION), NEED),
    ("firm", lambda name: (replace(NEED, party=_without(FIRM, name)), SOLUTION), FIRM),
    ("solution", lambda name: (NEED, _without(SOLUTION, name)), SOLUTION),
    ("startup", lambda name: (NEED, replace(SOLUTION, party=_without(STARTUP, name))), STARTUP),
]


@pytest.mark.parametrize(
    ("remove", "name"),
    [
        pytest.param(remove, name, id=f"{whose}.{name}")
        for whose, remove, profile in REMOVALS
        for name in _optional(profile)
    ],
)
def test_one_missing_fact_only_takes_its_own_contributions_away(
    remove: Callable[[str], tuple[NeedProfile, SolutionProfile]], name: str
) -> None:
    before, after = _ask(NEED, SOLUTION), _ask(*remove(name))

    assert after["coverage"] <= before["coverage"]
    for side in ("sme", "startup"):
        known = {item["feature"] for item in before["sides"][side]["contributions"]}
        left = {item["feature"] for item in after["sides"][side]["contributions"]}
        assert left <= known


def test_with_nothing_but_two_texts_there_is_still_an_answer() -> None:
    found = _ask(
        _without(replace(NEED, text=replace(NEED.text, language=None)), *_optional(NEED)),
        replace(
            _without(SOLUTION, *_optional(SOLUTION)),
            party=a_party(),
            text=replace(SOLUTION.text, language=None),
        ),
    )

    features = {item["feature"] for item in found["sides"]["sme"]["contributions"]}
    assert features == {"need_solution_similarity", "sentence_similarity", "lexical_overlap"}
    assert 0 < found["coverage"] < 0.5
    assert found["startup"]["name"] == found["startup"]["id"]


@regional(0.1)
@given(regions(), st.data())
def test_taking_a_fact_away_never_raises_the_coverage(
    region: Snapshot, data: st.DataObject
) -> None:
    need = region.needs[0]
    before = _coverage(propose(region, need))
    owner = data.draw(st.sampled_from(["need", "firm", *range(len(region.solutions))]))
    if owner == "firm" and need.party:
        name = data.draw(st.sampled_from(_optional(need.party)))
        need = replace(need, party=_without(need.party, name))
    elif owner == "need":
        names = _optional(need)
        need = _without(need, data.draw(st.sampled_from([n for n in names if n != "party"])))
    elif isinstance(owner, int):
        solutions = list(region.solutions)
        name = data.draw(st.sampled_from(_optional(solutions[owner])))
        solutions[owner] = _without(solutions[owner], name)
        region = replace(region, solutions=tuple(solutions))
    after = _coverage(propose(region, need))

    assert all(after[row] <= before[row] + 1e-12 for row in after.keys() & before.keys())


def _coverage(answer: ProposedList) -> dict[Any, float]:
    return {p.solution_id: p.document["coverage"] for p in answer.proposals}
