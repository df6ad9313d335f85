"""What no officer can do: override a rule, reach into another office, hide without a word."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.database import now
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.tables import BlockedPair, MatchList, Placement
from matchmaker.tandems import Decision, RuleStandsAgainstError
from matchmaker.values import PlacementKind
from tests.factories import add_office, add_solution
from tests.tandems.conftest import Region
from tests.tandems.officers import Desk, decide, officer


@pytest.mark.parametrize("kind", ["pinned", "added"])
@pytest.mark.parametrize("rule", ["paused", "no_capacity", "blocked_pair", "own firm"])
def test_no_officer_overrides_a_rule(region: Region, kind: PlacementKind, rule: str) -> None:
    solution = region.solutions["energy"]
    if rule == "paused":
        region.startups["energy"].is_paused = True
    elif rule == "no_capacity":
        solution.capacity = 0
    elif rule == "own firm":
        region.need.party_id = solution.party_id
    else:
        region.session.add(
            BlockedPair(
                owner_office_id=region.office.id,
                party_id=solution.party_id,
                other_party_id=region.need.party_id,
            )
        )
    region.changed()
    desk = Desk(region)

    with pytest.raises(RuleStandsAgainstError) as refused:
        desk.decide("energy", kind)

    assert refused.value.rule == ("blocked_pair" if rule == "own firm" else rule)
    assert region.session.scalars(select(Placement)).all() == []


def test_a_rule_that_comes_later_takes_out_what_was_pinned(region: Region) -> None:
    desk = Desk(region)
    desk.decide("energy", "pinned")
    region.startups["energy"].is_paused = True
    region.changed()

    assert [name for name, _ in desk.rows()].count("energy") == 0
    assert desk.answer()["excluded"] == {"paused": 1}


def test_what_the_office_does_not_see_cannot_be_placed(region: Region) -> None:
    desk = Desk(region)
    foreign = add_solution(region.session, add_office(region.session).id)
    region.changed()

    for solution_id in (foreign.id, uuid4()):
        for kind in ("pinned", "hidden", "added"):
            with pytest.raises(NotFoundError):
                desk.matching.decide(
                    region.need.id,
                    Decision(solution_id, kind, desk.officer_id, "x"),
                    actor="x",
                )
    with pytest.raises(NotFoundError):
        desk.decide("camera", None)
    assert region.session.scalars(select(Placement)).all() == []


@pytest.mark.parametrize("note", [None, "", "x" * 501])
def test_hiding_needs_a_note_of_some_length(region: Region, note: str | None) -> None:
    desk = Desk(region)
    lists = region.session.scalars(select(MatchList.id)).all()

    with pytest.raises(InvalidInputError) as wrong:
        desk.decide("camera", "hidden", note)

    assert wrong.value.field == "note"
    assert region.session.scalars(select(MatchList.id)).all() == lists


def test_another_offices_word_has_no_effect(region: Region) -> None:
    region.need.visibility = "network"
    for solution in region.solutions.values():
        solution.visibility = "network"
    for startup in region.startups.values():
        startup.visibility = "network"
    other = add_office(region.session)
    region.changed()
    desk = Desk(region)
    before = desk.answer()
    theirs = region.matching(office_id=other.id)
    decide(theirs, region, officer(region, other.id), "camera", "hidden", "Unser Grund")

    assert desk.answer() == before
    assert theirs.match_need(region.need.id, "de")["excluded"] == {"hidden": 1}


def test_only_one_decision_about_a_pair_stands(region: Region) -> None:
    desk = Desk(region)
    desk.decide("camera", "pinned")
    region.session.add(
        Placement(
            owner_office_id=region.office.id,
            need_id=region.need.id,
            solution_id=region.solutions["camera"].id,
            kind="added",
            officer_id=desk.officer_id,
            made_at=now(),
        )
    )
    with pytest.raises(IntegrityError):
        region.session.flush()


def test_why_not_names_the_office_itself(region: Region) -> None:
    desk = Desk(region)
    desk.decide("camera", "hidden", "Schon versorgt")

    found = desk.matching.why_not(region.need.id, region.startups["camera"].id)

    assert (found.cause, found.detail["rule"]) == ("rule", "hidden")
