"""What an officer decides about a list is an input of it: the rows, their marks, the books."""

import orjson
from sqlalchemy import select

from matchmaker.scoring import logistic
from matchmaker.tables import LedgerEntry, MatchList, MatchListEntry, Placement
from matchmaker.tandems import compare_lists
from tests.regions import shipped_settings
from tests.tandems.alike import assert_alike
from tests.tandems.conftest import SOLUTIONS, Region
from tests.tandems.officers import Desk

SHIPPED = shipped_settings()
SHORT = SHIPPED.model_copy(update={"lists": SHIPPED.lists.model_copy(update={"length": 1})})
# The nearest one is scored, the others only if somebody asks for them.
NEAREST = SHIPPED.model_copy(
    update={"retrieval": SHIPPED.retrieval.model_copy(update={"candidates_per_need": 1})}
)


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


def _newest(region: Region) -> MatchList:
    region.session.expire_all()
    return region.session.scalars(
        select(MatchList).order_by(MatchList.created_at.desc()).limit(1)
    ).one()
