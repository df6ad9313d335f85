"""Who may not be proposed, whatever the texts say."""

from dataclasses import replace

import pytest
from hypothesis import given

from matchmaker.retrieval import HIDDEN, RULES, excluding_rules
from matchmaker.values import NeedProfile, Snapshot, SolutionProfile
from tests.random_regions import regional, regions
from tests.regions import a_need, a_party, a_proposer, a_region, a_solution, propose

FIRM = a_party(kind="sme")
STARTUP = a_party(country="FR")
NEED = a_need(party=FIRM)
SOLUTION = a_solution(party=STARTUP)

ONLY_THIS_RULE: dict[str, tuple[NeedProfile, SolutionProfile, bool]] = {
    "no_consent": (NEED, replace(SOLUTION, party=replace(STARTUP, has_consent=False)), False),
    "paused": (NEED, replace(SOLUTION, is_paused=True), False),
    "no_capacity": (NEED, replace(SOLUTION, capacity=0), False),
    "blocked_pair": (NEED, SOLUTION, True),
    "wrong_seat": (replace(NEED, seat_country="DE"), SOLUTION, False),
    "missing_text": (NEED, a_solution("KI", party=STARTUP), False),
}


def test_every_rule_has_a_case_here() -> None:
    assert (HIDDEN, *ONLY_THIS_RULE) == RULES


@pytest.mark.parametrize("rule", ONLY_THIS_RULE)
def test_a_solution_is_excluded_by_the_one_rule_that_it_breaks(rule: str) -> None:
    need, solution, is_blocked = ONLY_THIS_RULE[rule]
    blocked = [frozenset((FIRM.id, STARTUP.id))] if is_blocked else []

    answer = propose(a_region([need], [solution, a_solution()], blocked))

    assert answer.excluded == {rule: 1}
    assert answer.considered == 2
    assert len(answer.proposals) == 1
    assert answer.proposals[0].solution_id != solution.id


def test_a_paused_startup_pauses_all_of_its_solutions() -> None:
    startup = a_party(is_paused=True)
    solutions = [a_solution(party=startup), a_solution(party=startup)]

    assert propose(a_region([NEED], solutions)).excluded == {"paused": 2}


def test_a_firm_is_never_proposed_to_itself() -> None:
    assert propose(a_region([NEED], [a_solution(party=FIRM)])).excluded == {"blocked_pair": 1}


def test_a_block_of_another_firm_excludes_nobody() -> None:
    blocked = frozenset({frozenset((a_party().id, STARTUP.id))})

    assert excluding_rules(NEED, [SOLUTION], blocked, [True]) == [None]


def test_a_startup_with_an_unknown_seat_is_not_excluded_by_a_demanded_one() -> None:
    need = replace(NEED, seat_country="DE")

    assert excluding_rules(need, [a_solution()], frozenset(), [True]) == [None]


def test_an_unknown_capacity_excludes_nobody() -> None:
    assert excluding_rules(NEED, [replace(SOLUTION, capacity=None)], frozenset(), [True]) == [None]


def test_a_solution_that_breaks_several_rules_counts_once_under_the_first_one() -> None:
    broken = a_solution(
        "KI", is_paused=True, capacity=0, party=a_party(country="FR", has_consent=False)
    )
    need = replace(NEED, seat_country="DE")

    assert excluding_rules(need, [broken], frozenset(), [False]) == ["no_consent"]


@regional(0.1)
@given(regions())
def test_no_rule_is_ever_broken(region: Snapshot) -> None:
    proposer = a_proposer(region)
    solutions = {solution.id: solution for solution in region.solutions}
    for need in region.needs:
        answer = proposer.propose(proposer.read_stored(need), 200)
        for proposal in answer.proposals:
            solution = solutions[proposal.solution_id]
            party = solution.party
            assert party.has_consent
            assert not party.is_paused
            assert not solution.is_paused
            assert solution.capacity is None or solution.capacity > 0
            assert party.country in (need.seat_country, None) or need.seat_country is None
            if need.party:
                assert party.id != need.party.id
                assert {party.id, need.party.id} not in region.blocked
