"""Why a startup is not in a list: four causes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from matchmaker.database import now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import BlockedPair
from tests.factories import add_party, add_solution
from tests.regions import shipped_settings
from tests.tandems.conftest import Region
from tests.tandems.test_matching import rewrite

SHORT = shipped_settings().model_copy(
    update={"lists": shipped_settings().lists.model_copy(update={"length": 1})}
)


def test_a_listed_startup_is_told_its_rank(region: Region) -> None:
    matching = region.matching()
    matching.match_need(region.need.id, "de")

    with pytest.raises(ConflictError, match="rank 1"):
        matching.why_not(region.need.id, region.startups["camera"].id)


def test_without_a_list_there_is_nothing_to_explain(region: Region) -> None:
    with pytest.raises(NotFoundError, match="no match list"):
        region.matching().why_not(region.need.id, region.startups["camera"].id)


def test_an_unknown_startup_is_not_found(region: Region) -> None:
    matching = region.matching()
    matching.match_need(region.need.id, "de")

    with pytest.raises(NotFoundError):
        matching.why_not(region.need.id, uuid4())


def test_a_rule_is_named(region: Region) -> None:
    region.startups["energy"].is_paused = True
    region.changed()
    matching = region.matching()
    matching.match_need(region.need.id, "de")

    why = matching.why_not(region.need.id, region.startups["energy"].id)

    assert why.cause == "rule"
    assert why.detail == {"rule": "paused", "rules": ["paused"]}


def test_too_little_text_is_a_missing_field(region: Region) -> None:
    rewrite(region, region.solutions["energy"], "Kühlraum")
    matching = region.matching()
    matching.match_need(region.need.id, "de")

    why = matching.why_not(region.need.id, region.startups["energy"].id)

    assert why.cause == "missing_field"
    assert why.detail == {"fields": ["solution.text"]}


def test_a_need_that_says_too_little_is_a_missing_field_for_everyone(region: Region) -> None:
    rewrite(region, region.need, "Kamera")
    matching = region.matching()
    matching.match_need(region.need.id, "de")

    why = matching.why_not(region.need.id, region.startups["camera"].id)

    assert why.cause == "missing_field"
    assert why.detail == {"fields": ["need.text"]}


def test_a_startup_that_came_after_the_list_was_not_yet_seen(region: Region) -> None:
    matching = region.matching()
    matching.match_need(region.need.id, "de")
    late = add_solution(region.session, region.office.id)
    region.changed()

    why = matching.why_not(region.need.id, late.party_id)

    assert why.cause == "not_yet_seen"
    assert why.detail["changed_at"] > why.detail["list_of"]


def test_a_startup_whose_block_was_lifted_was_not_yet_seen(region: Region) -> None:
    block = BlockedPair(
        owner_office_id=region.office.id,
        party_id=region.need.party_id,
        other_party_id=region.startups["camera"].id,
    )
    region.session.add(block)
    region.changed()
    matching = region.matching()
    matching.match_need(region.need.id, "de")
    region.session.delete(block)
    region.changed()

    why = matching.why_not(region.need.id, region.startups["camera"].id)

    assert why.cause == "not_yet_seen"
    assert why.detail["rank"] == 1


def test_the_rank_is_told_with_the_score_that_was_missing(region: Region) -> None:
    matching = region.matching(settings=SHORT)
    matching.match_need(region.need.id, "de")

    why = matching.why_not(region.need.id, region.solutions["energy"].id)

    assert why.cause == "rank"
    assert why.detail["rank"] in (2, 3)
    assert why.detail["of"] == 3
    assert why.detail["list_length"] == 1
    assert why.detail["reciprocal_score"] <= why.detail["score_of_last_listed"]


def test_the_solution_that_is_not_excluded_answers_for_its_startup(region: Region) -> None:
    startup = add_party(region.session, region.office.id, kind="startup")
    add_solution(region.session, region.office.id, party_id=startup.id, status="paused")
    add_solution(
        region.session,
        region.office.id,
        "Wir drucken Plakate und Flyer für Vereine.",
        party_id=startup.id,
    )
    region.changed()
    matching = region.matching(settings=SHORT)
    matching.match_need(region.need.id, "de")

    assert matching.why_not(region.need.id, startup.id).cause == "rank"


def test_a_changed_startup_that_would_still_not_be_listed_was_not_yet_seen(region: Region) -> None:
    matching = region.matching(settings=SHORT)
    matching.match_need(region.need.id, "de")
    region.solutions["energy"].updated_at = now() + timedelta(seconds=1)
    region.changed()

    assert matching.why_not(region.need.id, region.startups["energy"].id).cause == "not_yet_seen"
