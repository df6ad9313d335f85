"""Shares of parties: shrunk, and blind for the pair that they describe."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from matchmaker.errors import InvalidInputError
from matchmaker.training import (
    BehaviorPriors,
    Decisions,
    SharePrior,
    fit_priors,
    fit_share_prior,
    measure_behavior,
)

PRIORS = BehaviorPriors(SharePrior(0.4, 5.0), SharePrior(0.3, 8.0))

decided = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 6), st.booleans()), min_size=1, max_size=40
)


def decisions_of(rows: list[tuple[int, int, bool]]) -> Decisions:
    decider, target, yes = (np.array(column) for column in zip(*rows, strict=True))
    return Decisions(decider, target, yes)


@given(decided, st.integers(0, 5), st.integers(0, 7))
def test_shares_are_those_counted_by_hand(
    rows: list[tuple[int, int, bool]], decider: int, target: int
) -> None:
    found = measure_behavior(decisions_of(rows), PRIORS, np.array([decider]), np.array([target]))

    others = [row for row in rows if row[:2] != (decider, target)]
    own = [yes for one, _, yes in others if one == decider]
    got = [yes for _, one, yes in others if one == target]
    assert found.acceptance[0] == pytest.approx((sum(own) + 0.4 * 5) / (len(own) + 5))
    assert found.popularity[0] == pytest.approx((sum(got) + 0.3 * 8) / (len(got) + 8))


@given(decided, st.data())
def test_what_a_pair_decided_has_no_influence_on_its_own_shares(
    rows: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    decider, target, _ = data.draw(st.sampled_from(rows))
    turned = [(a, b, yes ^ ((a, b) == (decider, target))) for a, b, yes in rows]
    pair = np.array([decider]), np.array([target])

    before = measure_behavior(decisions_of(rows), PRIORS, *pair)
    after = measure_behavior(decisions_of(turned), PRIORS, *pair)

    assert before.acceptance == after.acceptance
    assert before.popularity == after.popularity


@given(decided)
def test_pairs_asked_together_get_what_each_would_get_alone(
    rows: list[tuple[int, int, bool]],
) -> None:
    decisions = decisions_of(rows)
    together = measure_behavior(decisions, PRIORS, decisions.decider, decisions.target)

    for row in range(len(rows)):
        one = slice(row, row + 1)
        alone = measure_behavior(decisions, PRIORS, decisions.decider[one], decisions.target[one])
        assert together.acceptance[row] == alone.acceptance[0]
        assert together.popularity[row] == alone.popularity[0]


def test_a_party_without_decisions_gets_what_is_usual() -> None:
    nothing = Decisions(np.array([], int), np.array([], int), np.array([], bool))

    found = measure_behavior(nothing, PRIORS, np.array([3]), np.array([0]))

    assert found.acceptance == pytest.approx([0.4])
    assert found.popularity == pytest.approx([0.3])


def test_the_more_a_party_decided_the_nearer_it_comes_to_its_own_share() -> None:
    distances = []
    for times in (1, 4, 16, 64):
        rows = [(0, target, target % 4 > 0) for target in range(4 * times)]
        found = measure_behavior(decisions_of(rows), PRIORS, np.array([0]), np.array([999]))
        distances.append(abs(found.acceptance[0] - 0.75))

    assert distances == sorted(distances, reverse=True)
    assert distances[0] > 0.15 > 0.01 > distances[-1]


def test_the_prior_recovers_how_parties_really_scatter() -> None:
    asked = np.full(3_000, 15)
    yes = betabinom(15, 6.0, 14.0).rvs(3_000, random_state=np.random.default_rng(4))

    prior = fit_share_prior(yes.astype(float), asked)

    assert prior.mean == pytest.approx(0.3, abs=0.01)
    assert prior.strength == pytest.approx(20.0, rel=0.2)


def test_parties_that_differ_by_chance_alone_are_all_taken_as_usual() -> None:
    alike = fit_share_prior(np.full(50, 4.0), np.full(50, 10))
    apart = fit_share_prior(np.array([0.0, 10.0] * 25), np.full(50, 10))

    assert (alike.strength, apart.strength) == (1024.0, 1.0)


@pytest.mark.parametrize("yes", [[], [0.0, 0.0], [7.0, 7.0]])
def test_a_prior_of_nothing_or_of_one_answer_stays_inside_zero_and_one(yes: list[float]) -> None:
    prior = fit_share_prior(np.array(yes), np.full(len(yes), 7))

    assert 0.0 < prior.mean < 1.0
    assert (prior.mean == 0.5) is (yes == [])


def test_the_priors_are_those_of_deciders_and_of_targets() -> None:
    rows = [(decider, target, decider < 2) for decider in range(4) for target in range(9)]

    priors = fit_priors(decisions_of(rows))

    assert priors.acceptance == SharePrior(0.5, 1.0)
    assert priors.popularity == SharePrior(0.5, 1024.0)


def test_decisions_of_unequal_length_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="Each decision needs"):
        Decisions(np.array([0, 1]), np.array([0, 1]), np.array([True]))
