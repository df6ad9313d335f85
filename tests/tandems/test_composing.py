"""Which rows go by score, by hand and by lot: the law of the lot, and what it never does."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.tandems.composing import FARTHEST_RANK, Rows, compose, draw, give_away
from matchmaker.values import PlacementKind

Kinds = list[PlacementKind | None]
NO_HAND: Kinds = [None] * 100


def ids(count: int) -> list[UUID]:
    return [UUID(int=number) for number in range(count)]


def test_a_tenth_of_twenty_rows_is_drawn_from_the_places_behind_up_to_the_sixtieth() -> None:
    rows = give_away(20, 0.1, NO_HAND)

    assert rows == Rows(by_score=18, pool=tuple(range(18, 60)), drawn=2)


def test_without_a_share_or_without_anybody_behind_every_row_goes_by_score() -> None:
    assert give_away(20, 0.0, NO_HAND) == Rows(20)
    assert give_away(3, 0.1, NO_HAND) == Rows(3)
    assert give_away(20, 0.1, NO_HAND[:20]) == Rows(20)
    assert give_away(20, 0.1, NO_HAND[:21]).drawn == 2
    assert give_away(100, 0.1, NO_HAND) == Rows(100)


def test_who_was_placed_by_hand_is_not_drawn() -> None:
    kinds: Kinds = [*NO_HAND[:19], "pinned", "added", *NO_HAND[:3]]

    assert give_away(20, 0.1, kinds).pool == (18, 21, 22, 23)


def test_over_many_days_each_of_the_pool_is_drawn_as_often_as_its_propensity_says() -> None:
    rows = give_away(20, 0.1, NO_HAND)
    days = 20_000
    seen = dict.fromkeys(rows.pool, 0)
    for day in range(days):
        for row in compose(rows, NO_HAND, ids(100), (7, "need", day))[18:]:
            assert row.drawn_with == 2 / 42
            seen[row.position] += 1

    expected = days * 2 / 42
    # Chi-squared with 41 degrees of freedom; a draw without replacement scatters a bit less.
    # 80.6 is passed once in five thousand.
    assert sum((count - expected) ** 2 / expected for count in seen.values()) < 80.6


def test_the_lot_hangs_on_the_seed_the_need_and_the_day() -> None:
    def drawn(*occasion: object) -> list[UUID]:
        return sorted(draw(ids(40), 2, *occasion))

    day = date(2026, 11, 22)
    assert drawn(1, "need", day) == drawn(1, "need", day)
    for others in (
        {tuple(drawn(seed, "need", day)) for seed in range(20)},
        {tuple(drawn(1, need, day)) for need in range(20)},
        {tuple(drawn(1, "need", day + timedelta(days=step))) for step in range(20)},
    ):
        assert len(others) > 15


def test_a_pin_exchanges_only_the_discovery_that_it_takes_out() -> None:
    for day in range(50):
        before = draw(ids(40), 2, day)
        pinned = min(before)
        assert before - {pinned} < draw(set(ids(40)) - {pinned}, 2, day)


@given(
    st.lists(st.sampled_from([None, None, None, "pinned", "added"]), max_size=90),
    st.integers(1, 70),
    st.floats(0, 0.5),
    st.integers(),
)
def test_every_list_shows_the_best_and_those_placed_by_hand_and_draws_only_from_behind(
    kinds: Kinds, length: int, share: float, occasion: int
) -> None:
    rows = give_away(length, share, kinds)
    shown = compose(rows, kinds, ids(len(kinds)), (occasion,))

    positions = [row.position for row in shown]
    assert len(set(positions)) == len(positions)
    discoveries = [row.position for row in shown if row.drawn_with is not None]
    certain = [row.position for row in shown if row.drawn_with is None]
    by_hand = {position for position, kind in enumerate(kinds) if kind}
    assert set(certain) == {*range(min(rows.by_score, len(kinds))), *by_hand}
    assert positions == certain + discoveries, "the discoveries stand at the end"
    assert discoveries == sorted(discoveries)
    assert not by_hand & set(discoveries)
    assert all(rows.by_score <= position < FARTHEST_RANK for position in discoveries)
    assert len(discoveries) == rows.drawn <= length / 2 + 0.5
    if len(kinds) > length:
        assert len(positions) >= length, "the lot costs the list no row"
    if rows.drawn:
        assert {row.drawn_with for row in shown} == {None, rows.drawn / len(rows.pool)}
        assert 0 < rows.drawn < len(rows.pool)
