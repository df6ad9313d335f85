"""What a startup could state to come farther up: every promise is kept by the lists themselves."""

import time
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.tandems import Proposer, Statement, Suggestion
from matchmaker.tandems.coaching import coach, find_lift, outlooks_of, possible_statements
from matchmaker.values import NeedProfile, Snapshot, SolutionProfile
from tests.random_regions import regional, regions
from tests.regions import a_need, a_party, a_proposer, a_region, a_solution, a_text, forget_vectors

TODAY = date(2026, 11, 22)


def reads_of(proposer: Proposer) -> Any:
    return proposer.read_all(proposer.corpus.snapshot.needs, {})


def suggestions(region: Snapshot, solution: SolutionProfile) -> list[Suggestion]:
    proposer = a_proposer(region)
    row = proposer.corpus.snapshot.solutions.index(solution)
    return coach(proposer, reads_of(proposer), row, TODAY)


def ranks(region: Snapshot, need: NeedProfile) -> dict[Any, tuple[int, float]]:
    """Rank and score of every listed solution, from the list itself."""
    proposer = a_proposer(region)
    answer = proposer.propose(proposer.read_stored(need), 200)
    return {p.solution_id: (p.rank, p.reciprocal_score) for p in answer.proposals}


def with_statement(region: Snapshot, solution: SolutionProfile, statement: Statement) -> Snapshot:
    """The region as it is once the startup has stated the fact."""
    stated = statement.made_by(solution)

    def now_is(one: SolutionProfile) -> SolutionProfile:
        if one.id == solution.id:
            return stated
        return replace(one, party=stated.party) if one.party.id == stated.party.id else one

    return replace(region, solutions=tuple(now_is(one) for one in region.solutions))


@regional(0.2)
@given(regions(), st.data())
def test_a_statement_gives_the_rank_that_was_promised_and_changes_nothing_unsaid(
    region: Snapshot, data: st.DataObject
) -> None:
    forget_vectors()
    if not region.solutions:
        return
    solution = data.draw(st.sampled_from(region.solutions))
    statements = possible_statements(solution, region.needs, TODAY)
    if not statements:
        return
    number = data.draw(st.integers(0, len(statements) - 1))
    proposer = a_proposer(region)
    row = proposer.corpus.snapshot.solutions.index(solution)
    found = dict(outlooks_of(proposer, reads_of(proposer), row, statements))

    after = with_statement(region, solution, statements[number])

    for need in region.needs:
        old, new = ranks(region, need), ranks(after, need)
        assert old.keys() == new.keys(), "stating a fact breaks no rule"
        if need in found:
            before, promised = found[need][number]
            assert before == old[solution.id][0]
            assert promised == new[solution.id][0]
        elif solution.id in old:
            assert abs(new[solution.id][1] - old[solution.id][1]) <= 1e-8


@regional(0.2)
@given(regions(), st.data())
def test_what_would_lift_a_pair_really_lifts_it_to_the_score_that_was_said(
    region: Snapshot, data: st.DataObject
) -> None:
    forget_vectors()
    if not region.solutions:
        return
    solution, need = data.draw(st.sampled_from(region.solutions)), region.needs[0]
    proposer = a_proposer(region)
    row = proposer.corpus.snapshot.solutions.index(solution)
    lift = find_lift(proposer, proposer.read_stored(need), row, TODAY)
    scores = {
        statement: ranks(with_statement(region, solution, statement), need)
        for statement in possible_statements(solution, [need], TODAY)
    }
    old = ranks(region, need).get(solution.id)
    if old is None:
        assert lift is None
        return
    rises = {statement: new[solution.id][1] - old[1] for statement, new in scores.items()}
    if lift is None:
        assert all(rise < 0.005 + 1e-8 for rise in rises.values())
    else:
        assert abs(lift.before - old[1]) < 1e-8
        assert abs(lift.after - lift.before - rises[lift.statement]) < 1e-8
        assert rises[lift.statement] >= max(rises.values()) - 1e-8 > 0


# Seven competitors with the same words: four have customers of the firm's size, three have not.
WORDS = "Unsere Kamera erkennt Fehler in Schweißnähten während der Fertigung."
NEEDS = [
    a_need(
        "Eine Kamera soll Fehler in Schweißnähten erkennen.",
        party=a_party(kind="sme", employees=80),
        branches=frozenset({"25"}),
    )
    for _ in range(3)
]
OTHERS = [
    a_solution(WORDS, customer_sizes=frozenset({"medium" if number < 4 else "large"}))
    for number in range(7)
]
OURS = a_solution(WORDS)


def test_naming_one_reference_customer_lifts_into_the_first_five_and_applying_it_does() -> None:
    region = a_region(NEEDS, [*OTHERS, OURS])
    found = {one.statement.fact: one for one in suggestions(region, OURS)}
    best = found["customer_sizes"]

    assert best.statement == Statement("customer_sizes", "medium")
    assert [(one.before, one.after) for one in best.lifted] == [(8, 5)] * 3
    assert {one.need.id for one in best.lifted} == {need.id for need in NEEDS}
    assert best.fallen == ()
    after = with_statement(region, OURS, best.statement)
    for need in NEEDS:
        assert ranks(after, need)[OURS.id][0] <= 5


def test_what_is_stated_already_is_never_suggested() -> None:
    stated = replace(
        OURS, customer_sizes=frozenset({"micro"}), target_branches=frozenset({"01"}),
        party=replace(OURS.party, languages=frozenset({"fr"})),
    )  # fmt: skip

    assert suggestions(a_region(NEEDS, [*OTHERS, stated]), stated) == []
    assert possible_statements(stated, NEEDS, TODAY) == []


def test_only_values_that_needs_ask_for_are_suggested_the_smaller_claim_first() -> None:
    asking = [
        a_need(
            maturity_wanted_trl=trl,
            needed_by_on=day,
            it_security=frozenset({"tisax"}),
            cooperation_forms=frozenset({"pilot"}),
        )
        for trl, day in ((8, date(2027, 1, 1)), (6, date(2027, 6, 1)), (6, date(2025, 1, 1)))
    ]

    assert [(one.fact, one.value) for one in possible_statements(OURS, asking, TODAY)] == [
        ("maturity_trl", 6),
        ("maturity_trl", 8),
        ("cooperation_forms", "pilot"),
        ("languages", "de"),
        ("it_security", "tisax"),
        ("available_from_on", date(2027, 6, 1)),
        ("available_from_on", date(2027, 1, 1)),
    ]


def test_a_statement_that_costs_as_many_places_as_it_wins_is_not_suggested() -> None:
    """To be made for one branch is to be made for no other."""
    firms = [frozenset({"25"}), frozenset({"62"})]
    needs = [replace(NEEDS[0], id=a_party().id, branches=branches) for branches in firms]
    # Five stand before us where the branch is ours; where it is another, four stand before us.
    others = [
        *(replace(one, target_branches=frozenset()) for one in OTHERS[:4]),
        replace(OTHERS[4], customer_sizes=frozenset(), target_branches=frozenset()),
    ]
    region = a_region(needs, [*others, OURS])

    for one in suggestions(region, OURS):
        assert len(one.lifted) > len(one.fallen)
        assert one.statement.fact != "target_branches" or not one.fallen


def test_languages_belong_to_the_startup_and_lift_its_other_solutions_as_well() -> None:
    # Made for a related branch, ours stands a little behind those that name none.
    ours = replace(OURS, target_branches=frozenset({"28"}))
    siblings = [a_solution(WORDS, party=OURS.party) for _ in range(6)]
    region = a_region(NEEDS, [*siblings, ours])
    proposer = a_proposer(region)
    row = proposer.corpus.snapshot.solutions.index(ours)
    statement = Statement("languages", "de")

    found = dict(outlooks_of(proposer, reads_of(proposer), row, [statement]))

    assert found.keys() == set(NEEDS)
    for need, [(before, after)] in found.items():
        assert before == after == 7
        assert ranks(with_statement(region, ours, statement), need)[ours.id][0] == 7


def test_what_a_rule_takes_out_gets_no_suggestions() -> None:
    paused = replace(OURS, is_paused=True)
    proposer = a_proposer(a_region(NEEDS, [*OTHERS, paused]))
    row = proposer.corpus.snapshot.solutions.index(paused)

    assert coach(proposer, reads_of(proposer), row, TODAY) == []
    assert find_lift(proposer, proposer.read_stored(NEEDS[0]), row, TODAY) is None


def test_a_hundred_needs_are_answered_without_a_wait() -> None:
    needs = [replace(NEEDS[0], id=a_party().id, text=a_text(f"{WORDS} {n}")) for n in range(100)]
    proposer = a_proposer(a_region(needs, [*OTHERS, OURS]))
    reads = reads_of(proposer)
    row = proposer.corpus.snapshot.solutions.index(OURS)
    coach(proposer, reads[:2], row, TODAY)
    started = time.process_time()

    coach(proposer, reads, row, TODAY)

    assert time.process_time() - started < 4
