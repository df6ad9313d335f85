"""What an officer decides about a list is an input of it, and stays within the rules."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaker.config import Settings
from matchmaker.database import now
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.scoring import logistic
from matchmaker.tables import (
    BlockedPair,
    LedgerEntry,
    MatchList,
    MatchListEntry,
    Officer,
    Placement,
)
from matchmaker.tandems import Decision, Matching, RuleStandsAgainstError, compare_lists
from matchmaker.values import PlacementKind
from tests.factories import add_office, add_solution
from tests.regions import shipped_settings
from tests.tandems.alike import assert_alike
from tests.tandems.conftest import SOLUTIONS, Region

SHIPPED = shipped_settings()
SHORT = SHIPPED.model_copy(update={"lists": SHIPPED.lists.model_copy(update={"length": 1})})
# The nearest one is scored, the others only if somebody asks for them.
NEAREST = SHIPPED.model_copy(
    update={"retrieval": SHIPPED.retrieval.model_copy(update={"candidates_per_need": 1})}
)


class Desk:
    """An officer of the region's office before the list of its need."""

    def __init__(self, region: Region, settings: Settings = SHIPPED) -> None:
        self.region = region
        self.matching = region.matching(settings=settings)
        self.officer_id = officer(region, region.office.id)
        self.matching.match_need(region.need.id, "de")

    def decide(self, name: str, kind: PlacementKind | None, note: str | None = None) -> UUID:
        return decide(self.matching, self.region, self.officer_id, name, kind, note)

    def rows(self) -> list[tuple[str, str | None]]:
        """Names and marks in the order of the ranks, which count from 1."""
        answer = self.answer()
        results = answer["results"]
        assert [result["rank"] for result in results] == list(range(1, len(results) + 1))
        return [(result["startup"]["name"].lower(), result["placed"]) for result in results]

    def answer(self) -> dict[str, Any]:
        return self.matching.match_need(self.region.need.id, "de")


def officer(region: Region, office_id: UUID) -> UUID:
    person = Officer(office_id=office_id, email=f"{uuid4().hex}@amt.example", name="Eva")
    region.session.add(person)
    region.session.commit()
    return person.id


def decide(
    matching: Matching,
    region: Region,
    officer_id: UUID,
    name: str,
    kind: PlacementKind | None,
    note: str | None = None,
) -> UUID:
    decision = Decision(region.solutions[name].id, kind, officer_id, note)
    return matching.decide(region.need.id, decision, actor="officer:eva")


def test_a_pinned_one_comes_first_and_is_marked(region: Region) -> None:
    desk = Desk(region)
    (first, _), (second, _), (last, _) = desk.rows()
    scores = {row["startup"]["name"]: row["reciprocal_score"] for row in desk.answer()["results"]}

    desk.decide(last, "pinned")

    assert desk.rows() == [(last, "pinned"), (first, None), (second, None)]
    for row in desk.answer()["results"]:
        assert_alike(row["reciprocal_score"], scores[row["startup"]["name"]])


def test_two_pinned_ones_stand_in_the_order_of_their_scores(region: Region) -> None:
    desk = Desk(region)
    first, second, last = (name for name, _ in desk.rows())

    desk.decide(last, "pinned")
    desk.decide(second, "pinned")

    assert desk.rows() == [(second, "pinned"), (last, "pinned"), (first, None)]


def test_a_hidden_one_is_counted_and_comes_back_when_it_is_shown_again(region: Region) -> None:
    desk = Desk(region)
    before = desk.rows()

    desk.decide("camera", "hidden", "Schon im Gespräch")
    assert "camera" not in [name for name, _ in desk.rows()]
    assert desk.answer()["excluded"] == {"hidden": 1}

    desk.decide("camera", None)
    assert desk.rows() == before
    assert desk.answer()["excluded"] == {}


def test_an_added_one_is_scored_like_any_other_though_nothing_would_have_found_it(
    region: Region,
) -> None:
    everyone = {row["startup"]["name"]: row for row in Desk(region).answer()["results"]}
    desk = Desk(region, NEAREST)
    ((found, _),) = desk.rows()
    added = next(name for name in SOLUTIONS if name != found)

    desk.decide(added, "added")

    assert desk.rows() == [(found, None), (added, "added")]
    (row,) = (row for row in desk.answer()["results"] if row["placed"])
    whole = everyone[added.title()]
    for one, other in ((row[key], whole[key]) for key in ("sides", "evidence", "against")):
        assert_alike(one, other)
    assert_alike(row["reciprocal_score"], whole["reciprocal_score"])
    assert row["list_entry"]  # so that events can refer to it


def test_a_pin_or_an_addition_takes_no_place_from_another(region: Region) -> None:
    desk = Desk(region, SHORT)
    ((shown, _),) = desk.rows()
    pinned, added = (name for name in SOLUTIONS if name != shown)

    desk.decide(pinned, "pinned")
    desk.decide(added, "added")

    assert desk.rows() == [(pinned, "pinned"), (shown, None), (added, "added")]


def test_a_later_decision_takes_the_place_of_the_one_before(region: Region) -> None:
    desk = Desk(region)
    desk.decide("energy", "hidden", "Falsche Branche")
    desk.decide("energy", "pinned")

    assert desk.rows()[0] == ("energy", "pinned")
    region.session.expire_all()
    rows = region.session.scalars(select(Placement).order_by(Placement.made_at)).all()
    assert [(row.kind, row.note, row.lifted_at is None) for row in rows] == [
        ("hidden", "Falsche Branche", False), ("pinned", None, True),
    ]  # fmt: skip
    assert rows[0].lifted_by_id == desk.officer_id


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


def test_a_decision_is_an_input_of_the_list_and_the_next_night_follows_it(region: Region) -> None:
    desk = Desk(region)
    digests = [_newest(region).input_digest]
    desk.decide("energy", "pinned")
    digests.append(_newest(region).input_digest)
    desk.decide("energy", None)
    digests.append(_newest(region).input_digest)
    assert digests[0] == digests[2] != digests[1]

    desk.decide("energy", "pinned")
    list_id = _newest(region).id
    assert desk.answer()["match_list"] == str(list_id)
    region.matching().publish_all("nightly")
    assert _newest(region).id != list_id
    assert desk.rows()[0] == ("energy", "pinned")


def test_each_decision_publishes_one_list_and_one_line_of_its_own(region: Region) -> None:
    desk = Desk(region)
    first = _newest(region)
    made = desk.decide("camera", "hidden", "Schon versorgt")

    assert _newest(region).id == made != first.id
    actions = region.session.scalars(select(LedgerEntry.action).order_by(LedgerEntry.id)).all()
    assert actions[-2:] == ["place_solution", "publish_match_lists"]
    (change,) = (c for c in compare_lists(region.session, first.id, made) if c.kind == "gone")
    assert [cause.kind for cause in change.causes] == ["placed"]


def test_the_entry_of_an_added_one_says_so_for_training(region: Region) -> None:
    desk = Desk(region)
    desk.decide("energy", "added")
    entry = region.session.scalars(
        select(MatchListEntry)
        .join(MatchList)
        .where(
            MatchList.id == _newest(region).id,
            MatchListEntry.solution_id == region.solutions["energy"].id,
        )
    ).one()
    document = orjson.loads(entry.document)

    assert document["placed"] == "added"
    assert entry.exposure_propensity == 1.0
    side = document["sides"]["sme"]
    log_odds = side["intercept"] + sum(one["contribution"] for one in side["contributions"])
    assert abs(logistic(log_odds) - side["preference"]) < 1e-9


def test_why_not_names_the_office_itself(region: Region) -> None:
    desk = Desk(region)
    desk.decide("camera", "hidden", "Schon versorgt")

    found = desk.matching.why_not(region.need.id, region.startups["camera"].id)

    assert (found.cause, found.detail["rule"]) == ("rule", "hidden")


def _newest(region: Region) -> MatchList:
    region.session.expire_all()
    return region.session.scalars(
        select(MatchList).order_by(MatchList.created_at.desc()).limit(1)
    ).one()


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
