"""Discoveries in lists: marked, logged with their probability, and explained when they change."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select

from matchmaker.config import Settings
from matchmaker.tables import MatchListEntry
from matchmaker.tandems import Cause, Change, compare_lists
from matchmaker.values import ProposedList, Snapshot
from tests.factories import add_solution
from tests.random_regions import ENGLISH, GERMAN
from tests.regions import a_need, a_proposer, a_region, a_solution, shipped_settings
from tests.tandems.conftest import Region
from tests.tandems.officers import Desk
from tests.tandems.test_comparing import BEFORE, NEW_TEXT, A, B, C, D, a_list, a_row, changed

DAY = date(2026, 11, 22)


def with_lists(length: int, share: float) -> Settings:
    usual = shipped_settings()
    lists = usual.lists.model_copy(update={"length": length, "discovery_share": share})
    return usual.model_copy(update={"lists": lists})


# Of three solutions one is listed for its score, and one of the two behind by lot.
HALF = with_lists(2, 0.5)


@pytest.fixture(scope="module")
def large() -> Snapshot:
    words = [*GERMAN[:8], *ENGLISH[:6]]
    offered = [
        a_solution(" ".join(words[(row + step * step) % len(words)] for step in range(3)))
        for row in range(70)
    ]
    return a_region([a_need(" ".join(GERMAN[:3]))], offered)


def ask(region: Snapshot, settings: Settings, day: date | None) -> ProposedList:
    proposer = a_proposer(region, settings)
    return proposer.propose(proposer.read_stored(region.needs[0]), settings.lists.length, day)


def as_bytes(answer: ProposedList) -> bytes:
    rows = [[p.solution_id, p.exposure_propensity, p.document] for p in answer.proposals]
    return orjson.dumps([rows, answer.unlisted])


def discoveries(answer: ProposedList) -> list[UUID]:
    return [p.solution_id for p in answer.proposals if p.document["discovery"]]


def test_two_of_twenty_rows_come_from_behind_and_the_best_stand_where_they_stood(
    large: Snapshot,
) -> None:
    settings = shipped_settings()
    plain = ask(large, settings, None)
    list_of_today = ask(large, settings, DAY)
    rows = list_of_today.proposals

    assert [p.rank for p in rows] == list(range(1, 21))
    assert [p.solution_id for p in rows[:18]] == [p.solution_id for p in plain.proposals[:18]]
    assert [p.document["discovery"] for p in rows] == [False] * 18 + [True] * 2
    assert [p.exposure_propensity for p in rows] == [1.0] * 18 + [2 / 42] * 2
    by_score = [p.solution_id for p in plain.proposals] + [
        one for one, _, _ in plain.unlisted.behind
    ]
    assert all(18 <= by_score.index(one) < 60 for one in discoveries(list_of_today))
    # Nobody is lost: who is not shown stands behind, in the order of scores.
    shown = {p.solution_id for p in rows}
    assert [one for one, _, _ in list_of_today.unlisted.behind] == [
        one for one in by_score if one not in shown
    ]


def test_a_discovery_is_scored_and_explained_like_every_other_row(large: Snapshot) -> None:
    everyone = {p.solution_id: p.document for p in ask(large, with_lists(70, 0.0), DAY).proposals}
    for proposal in ask(large, shipped_settings(), DAY).proposals[18:]:
        marks = {"rank": proposal.rank, "discovery": True}
        assert proposal.document == {**everyone[proposal.solution_id], **marks}


def test_no_share_gives_the_plain_list_byte_for_byte(large: Snapshot) -> None:
    without = with_lists(20, 0.0)

    assert as_bytes(ask(large, without, DAY)) == as_bytes(ask(large, shipped_settings(), None))


def test_the_same_day_and_inputs_give_the_same_bytes(large: Snapshot) -> None:
    first = ask(large, shipped_settings(), DAY)
    told_otherwise = replace(large, solutions=large.solutions[::-1])

    assert as_bytes(ask(told_otherwise, shipped_settings(), DAY)) == as_bytes(first)


def test_another_day_or_other_solutions_are_another_draw(large: Snapshot) -> None:
    settings = shipped_settings()
    days = [DAY + timedelta(days=step) for step in range(8)]
    by_day = {tuple(discoveries(ask(large, settings, day))) for day in days}
    changed = replace(large, solutions=(*large.solutions, a_solution("Plakate und Flyer drucken.")))
    after_a_change = [discoveries(ask(changed, settings, day)) for day in days]

    assert len(by_day) >= 7
    assert after_a_change != [discoveries(ask(large, settings, day)) for day in days]


def test_nothing_that_a_rule_takes_out_is_ever_discovered(large: Snapshot) -> None:
    paused = [replace(one, is_paused=True) for one in large.solutions[:30]]
    region = replace(large, solutions=(*paused, *large.solutions[30:]))
    out = {one.id for one in paused}

    for step in range(8):
        found = discoveries(ask(region, shipped_settings(), DAY + timedelta(days=step)))
        assert len(found) == 2
        assert not out & set(found)


def test_a_stored_row_keeps_the_probability_with_which_it_was_shown(region: Region) -> None:
    answer = region.matching(settings=HALF).match_need(region.need.id, "de")

    stored = region.session.scalars(select(MatchListEntry).order_by(MatchListEntry.rank)).all()
    assert [entry.exposure_propensity for entry in stored] == [1.0, 0.5]
    assert [row["discovery"] for row in answer["results"]] == [False, True]


def test_computing_a_list_again_draws_the_same_and_a_text_typed_in_draws_nothing(
    region: Region,
) -> None:
    matching = region.matching(settings=HALF)
    first = matching.match_need(region.need.id, "de")
    again = matching.match_need(region.need.id, "de", fresh=True)
    need = matching.proposer().corpus.snapshot.needs[0]

    found = compare_lists(region.session, UUID(first["match_list"]), UUID(again["match_list"]))
    assert found == []
    passing = matching.match_text(need, 2, "de")["results"]
    assert [row["discovery"] for row in passing] == [False, False]


def test_another_share_makes_the_stored_list_an_old_one(region: Region) -> None:
    first = region.matching(settings=HALF).match_need(region.need.id, "de")
    second = region.matching(settings=with_lists(2, 0.0)).match_need(region.need.id, "de")

    assert second["match_list"] != first["match_list"]
    assert [row["discovery"] for row in second["results"]] == [False, False]
    found = compare_lists(region.session, UUID(first["match_list"]), UUID(second["match_list"]))
    assert {cause.kind for change in found for cause in change.causes} <= {"discovery"}


def test_who_was_not_drawn_is_told_its_rank_and_not_that_something_changed(
    region: Region,
) -> None:
    matching = region.matching(settings=HALF)
    answer = matching.match_need(region.need.id, "de")
    shown = {row["solution"]["id"] for row in answer["results"]}
    (left_out,) = {one.id for one in region.solutions.values() if str(one.id) not in shown}

    why = matching.why_not(region.need.id, left_out)

    assert why.cause == "rank"
    assert why.detail["rank"] in (2, 3)
    assert why.detail["listed_by_score"] == 1
    assert why.detail["list_length"] == 2
    assert why.detail["score_of_last_listed"] == answer["results"][0]["reciprocal_score"]


def test_a_startup_that_would_now_be_listed_for_its_score_was_not_yet_seen(
    region: Region,
) -> None:
    matching = region.matching(settings=HALF)
    matching.match_need(region.need.id, "de")
    better = add_solution(
        region.session, region.office.id, "Automatische Prüfung unserer Schweißnähte: wir suchen."
    )
    region.changed()

    assert matching.why_not(region.need.id, better.id).cause == "not_yet_seen"


def test_a_discovery_that_is_pinned_is_one_no_more(region: Region) -> None:
    desk = Desk(region, HALF)
    drawn = desk.rows()[1][0]

    desk.decide(drawn, "pinned")

    rows = desk.answer()["results"]
    assert rows[0]["startup"]["name"].lower() == drawn
    assert (rows[0]["placed"], rows[0]["discovery"]) == ("pinned", False)
    entry = region.session.get_one(MatchListEntry, UUID(rows[0]["list_entry"]))
    assert entry.exposure_propensity == 1.0


def test_a_discovery_comes_and_goes_by_lot_and_not_by_merit() -> None:
    rows = {A: a_row(1, 0.9), B: a_row(2, 0.8)}
    first = a_list(rows | {C: a_row(3, 0.7, is_discovery=True), D: a_row(4, 0.6)})
    second = a_list(rows | {D: a_row(3, 0.6, is_discovery=True), C: a_row(4, 0.7)})
    better = a_list(rows | {D: a_row(3, 0.65, is_discovery=True), C: a_row(4, 0.7)})

    for after in (second, better):
        assert changed(after, first) == {
            D: Change("new", D, None, 3, (Cause("discovery"),)),
            C: Change("gone", C, 3, None, (Cause("discovery"),)),
        }


def test_the_last_places_go_to_discoveries_and_come_back_without_them() -> None:
    after = a_list(
        {A: a_row(1, 0.9), B: a_row(2, 0.8), D: a_row(3, 0.6, is_discovery=True), C: a_row(4, 0.7)}
    )

    assert changed(after)[C].causes == (Cause("discovery"),)
    assert changed(BEFORE, after)[C].causes == (Cause("discovery"),)


def test_who_falls_out_and_is_drawn_is_told_both() -> None:
    rows = {A: a_row(1, 0.9), B: a_row(2, 0.8), C: a_row(3, 0.3, is_discovery=True)}
    up = a_list({C: a_row(1, 0.95, text_version=NEW_TEXT), A: a_row(2, 0.9)}, 2)

    fell = changed(a_list(rows), a_list({C: a_row(1, 0.9), A: a_row(2, 0.8)}, 2))[C]
    assert [cause.kind for cause in fell.causes] == ["feature", "discovery"]
    rose = changed(up, a_list(rows))[C]
    assert [cause.kind for cause in rose.causes] == ["text", "discovery"]
    pinned = a_list({C: a_row(1, 0.3, placed="pinned"), A: a_row(2, 0.9)}, 2)
    assert changed(pinned, a_list(rows))[C].causes == (Cause("placed", None, "pinned"),)
