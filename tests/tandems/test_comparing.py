"""What changed between two lists, and why: cases worked by hand, and what holds for any two."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.tandems.comparing import (
    CAUSES,
    Cause,
    Change,
    ListRecord,
    Standing,
    compare,
)

A, B, C, D = (UUID(int=number) for number in range(1, 5))
OLD_TEXT, NEW_TEXT = UUID(int=100), UUID(int=101)
NEED_TEXT, OTHER_NEED_TEXT = UUID(int=200), UUID(int=201)


def a_row(rank: int, score: float, **facts: Any) -> Standing:
    usual: dict[str, Any] = {
        "rank": rank,
        "score": score,
        "text_version": OLD_TEXT,
        "weighed": {("sme", "maturity_gap"): score, ("startup", "language_fit"): 0.25},
    }
    return Standing(**usual | facts)


def a_list(standings: dict[UUID, Standing], length: int = 3, **facts: Any) -> ListRecord:
    defaults: dict[str, Any] = {
        "need_text_version": NEED_TEXT,
        "encoder": "e",
        "scorer": ("s", "f"),
        "length": length,
        "abstained": False,
        "keeps_unlisted": True,
    }
    return ListRecord(standings=standings, **defaults | facts)


BEFORE = a_list({A: a_row(1, 0.9), B: a_row(2, 0.8), C: a_row(3, 0.7), D: a_row(4, 0.6)})


def changed(after: ListRecord, before: ListRecord = BEFORE) -> dict[UUID, Change]:
    return {change.solution_id: change for change in compare(before, after)}


def test_a_list_differs_in_nothing_from_itself() -> None:
    assert compare(BEFORE, BEFORE) == []


def test_a_pin_raises_one_and_puts_it_before_the_others() -> None:
    after = a_list(
        {C: a_row(1, 0.7, placed="pinned"), A: a_row(2, 0.9), B: a_row(3, 0.8), D: a_row(4, 0.6)}
    )

    assert compare(BEFORE, after) == [
        Change("moved", C, 3, 1, (Cause("placed", None, "pinned"),)),
        Change("moved", A, 1, 2, (Cause("others_before", 1, 2),)),
        Change("moved", B, 2, 3, (Cause("others_before", 2, 3),)),
    ]
    # And back again, the other way round.
    assert changed(BEFORE, after)[C].causes == (Cause("placed", "pinned", None),)
    assert changed(BEFORE, after)[A].causes == (Cause("others_left", 2, 1),)


def test_hiding_one_lets_the_others_up_and_another_one_in() -> None:
    after = a_list(
        {A: Standing(rule="hidden"), B: a_row(1, 0.8), C: a_row(2, 0.7), D: a_row(3, 0.6)}
    )
    found = changed(after)

    assert found[A] == Change("gone", A, 1, None, (Cause("placed", None, "hidden"),))
    assert found[B].causes == (Cause("others_left", 2, 1),)
    assert found[D] == Change("new", D, None, 3, (Cause("others_left", 4, 3),))
    assert compare(BEFORE, after)[-1].kind == "gone"
    assert changed(BEFORE, after)[A].causes == (Cause("placed", "hidden", None),)


def test_a_rule_is_named_whether_it_comes_or_goes() -> None:
    after = a_list(
        {A: Standing(rule="paused"), B: a_row(1, 0.8), C: a_row(2, 0.7), D: a_row(3, 0.6)}
    )

    assert changed(after)[A].causes == (Cause("rule_now", after="paused"),)
    assert changed(BEFORE, after)[A].causes == (Cause("rule_no_more", "paused"),)


def test_a_rule_that_takes_out_a_pinned_one_does_not_look_like_a_lifted_pin() -> None:
    before = a_list({A: a_row(1, 0.9, placed="pinned"), B: a_row(2, 0.8)}, 2)
    after = a_list({A: Standing(rule="no_capacity"), B: a_row(1, 0.8)}, 1)

    assert changed(after, before)[A].causes == (Cause("rule_now", after="no_capacity"),)


def test_a_changed_text_is_the_cause_only_where_it_points_the_way_of_the_rank() -> None:
    down = a_list(
        {B: a_row(1, 0.8), A: a_row(2, 0.75, text_version=NEW_TEXT), C: a_row(3, 0.7),
         D: a_row(4, 0.6)}
    )  # fmt: skip
    assert changed(down)[A].causes == (Cause("text"),)
    assert changed(down)[B].causes == (Cause("others_left", 2, 1),)

    # Its own text made it better, and still others overtook it.
    overtaken = a_list({B: a_row(1, 0.99), A: a_row(2, 0.95, text_version=NEW_TEXT)}, 2)
    before = a_list({A: a_row(1, 0.9), B: a_row(2, 0.8)}, 2)
    assert changed(overtaken, before)[A].causes == (Cause("others_before", 1, 2),)


def test_the_feature_that_changed_most_is_named_with_both_contributions() -> None:
    then = {("sme", "maturity_gap"): -0.3, ("startup", "language_fit"): 0.25}
    now = {("sme", "maturity_gap"): 0.4, ("startup", "language_fit"): 0.2}
    before = a_list({A: a_row(1, 0.6), B: a_row(2, 0.5, weighed=then)}, 2)
    after = a_list({B: a_row(1, 0.7, weighed=now), A: a_row(2, 0.6)}, 2)

    assert changed(after, before)[B].causes == (
        Cause("feature", -0.3, 0.4, feature="maturity_gap", side="sme"),
    )


def test_what_holds_for_the_whole_list_is_named_where_a_score_followed_it() -> None:
    rows = {B: a_row(1, 0.95), A: a_row(2, 0.85), C: a_row(3, 0.7), D: a_row(4, 0.6)}
    for facts, kind in (
        ({"need_text_version": OTHER_NEED_TEXT}, "need_text"),
        ({"encoder": "e2"}, "encoder"),
        ({"scorer": ("s2", "f")}, "scorer"),
        ({"scorer": ("s", "f2")}, "scorer"),
    ):
        found = changed(a_list(rows, **facts))
        assert [found[one].causes[0].kind for one in (A, B)] == [kind, kind]
        assert set(found) == {A, B}


def test_another_scorer_is_named_where_a_row_fell_although_its_own_score_rose() -> None:
    rows = {B: a_row(1, 0.95), A: a_row(2, 0.93), C: a_row(3, 0.7), D: a_row(4, 0.6)}
    found = changed(a_list(rows, scorer=("s2", "f")))

    assert found[A].causes == (Cause("scorer", "s", "s2"), Cause("others_before", 1, 2))
    assert found[B].causes == (Cause("scorer", "s", "s2"),)


def test_an_added_one_is_new_by_hand_wherever_it_stands() -> None:
    rows = dict(BEFORE.standings)
    added = a_list(rows | {D: a_row(4, 0.6, placed="added")}, 4)

    assert changed(added) == {D: Change("new", D, None, 4, (Cause("placed", None, "added"),))}
    assert changed(BEFORE, added)[D].causes == (Cause("placed", "added", None),)


def test_a_longer_list_shows_more_and_a_shorter_one_less() -> None:
    longer = replace(BEFORE, length=4)

    assert changed(longer)[D].causes == (Cause("longer", 4, 4),)
    assert changed(BEFORE, longer)[D].causes == (Cause("shorter", 4, 4),)


def test_what_one_list_knows_nothing_of_was_not_seen_or_not_kept() -> None:
    without = a_list({A: a_row(1, 0.9), B: a_row(2, 0.8)}, 2)
    unkept = replace(without, keeps_unlisted=False)

    assert changed(BEFORE, without)[C].causes == (Cause("seen_first"),)
    assert changed(without)[C].causes == (Cause("seen_no_more"),)
    assert changed(BEFORE, unkept)[C].causes == (Cause("not_kept"),)


def test_a_need_that_says_too_little_explains_an_empty_list() -> None:
    empty = a_list({}, 0, abstained=True)

    assert {change.causes for change in compare(BEFORE, empty)} == {(Cause("abstained"),)}
    assert {change.causes for change in compare(empty, BEFORE)} == {(Cause("answered"),)}


@st.composite
def records(draw: st.DrawFn) -> ListRecord:
    """Any list: some shown in the order of hand and score, some behind, some ruled out."""
    rows: list[tuple[Any, ...]] = []
    standings: dict[UUID, Standing] = {}
    for number in range(1, 8):
        fate = draw(st.sampled_from(["row", "row", "row", "hidden", "paused", "unknown"]))
        if fate == "row":
            placed = draw(st.sampled_from([None, None, None, "pinned", "added"]))
            score = draw(st.sampled_from([0.2, 0.4, 0.6, 0.8]))
            rows.append(
                (placed, score, UUID(int=number), draw(st.sampled_from([OLD_TEXT, NEW_TEXT])))
            )
        elif fate != "unknown":
            standings[UUID(int=number)] = Standing(rule=fate)
    rows.sort(key=lambda row: (row[0] != "pinned", -row[1], row[2]))
    cut = draw(st.integers(0, 7))
    shown = [row for place, row in enumerate(rows) if row[0] or place < cut]
    behind = [row for row in rows if row not in shown]
    by_lot = [row for row in behind if draw(st.booleans())][:2]
    shown, behind = shown + by_lot, [row for row in behind if row not in by_lot]
    for rank, row in enumerate([*shown, *behind], 1):
        placed, score, solution_id, version = row
        facts: dict[str, Any] = {"placed": placed, "text_version": version}
        facts["is_discovery"] = row in by_lot
        if rank > len(shown):
            facts["weighed"] = None
        standings[solution_id] = a_row(rank, score, **facts)
    return a_list(
        standings,
        len(shown),
        need_text_version=draw(st.sampled_from([NEED_TEXT, OTHER_NEED_TEXT])),
        encoder=draw(st.sampled_from("ab")),
        scorer=(draw(st.sampled_from("st")), "f"),
        keeps_unlisted=True,
    )


@given(records(), records())
def test_every_changed_rank_has_causes_and_each_of_them_is_true(
    before: ListRecord, after: ListRecord
) -> None:
    changes = changed(after, before)

    for solution_id in before.standings.keys() | after.standings.keys():
        ranks = [
            record.standings[solution_id].rank if record.shows(solution_id) else None
            for record in (before, after)
        ]
        assert (solution_id in changes) == (ranks[0] != ranks[1])
    for change in changes.values():
        assert [change.before, change.after] != [None, None]
        assert change.causes
        for cause in change.causes:
            assert _is_true(cause, change, before, after), (cause, change)
        side = {"new": after, "gone": before}.get(change.kind)
        if side and side.standings[change.solution_id].is_discovery:
            kinds = {cause.kind for cause in change.causes}
            assert not kinds & {"feature", "text", "score", "others_before", "others_left"}
    assert compare(before, before) == []


def _is_true(cause: Cause, change: Change, before: ListRecord, after: ListRecord) -> bool:
    old = before.standings.get(change.solution_id, Standing())
    new = after.standings.get(change.solution_id, Standing())
    hand = ["hidden" if one.rule == "hidden" else one.placed for one in (old, new)]
    ahead = [
        {
            one
            for one, standing in record.standings.items()
            if standing.rank and own.rank and standing.rank < own.rank
        }
        for record, own in ((before, old), (after, new))
    ]
    weighed: list[dict[Any, float]] = [dict(one.weighed or {}) for one in (old, new)]
    feature = [one.get((cause.side, cause.feature), 0.0) for one in weighed]
    checks = {
        "placed": hand[0] != hand[1] and [cause.before, cause.after] == hand,
        "rule_now": new.rule == cause.after and old.rule != new.rule,
        "rule_no_more": old.rule == cause.before and old.rule != new.rule,
        "text": old.text_version != new.text_version,
        "need_text": before.need_text_version != after.need_text_version,
        "encoder": before.encoder != after.encoder,
        "scorer": before.scorer != after.scorer,
        "feature": feature == [cause.before, cause.after] and cause.before != cause.after,
        "score": old.score != new.score,
        "others_before": bool(ahead[1] - ahead[0]),
        "others_left": bool(ahead[0] - ahead[1]),
        "discovery": any(
            one.is_discovery for record in (before, after) for one in record.standings.values()
        ),
        "longer": change.before is None and after.length >= (new.rank or 0) > before.length,
        "shorter": change.after is None and before.length >= (old.rank or 0) > after.length,
        "seen_first": change.solution_id not in before.standings,
        "seen_no_more": change.solution_id not in after.standings,
    }
    assert cause.kind in CAUSES
    return checks[cause.kind]
