"""Lists of stored needs: kept while nothing changed, made anew when something did."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matchmaker.config import FeatureWeight
from matchmaker.database import now, reading
from matchmaker.errors import NotFoundError
from matchmaker.profiles.texts import new_text_version
from matchmaker.tables import LedgerEntry, MatchList, MatchListEntry, MatchRun, TextVersion
from matchmaker.tandems import Matching, read_list
from matchmaker.values import NeedProfile
from tests.factories import add_office, add_party, add_solution
from tests.regions import a_text, shipped_settings
from tests.tandems.conftest import Region


def stored_bytes(region: Region, list_id: str, language: str = "de") -> bytes:
    with reading(region.factory) as session:
        return orjson.dumps(read_list(session, region.office.id, UUID(list_id), language))


def count(region: Region, *tables: Any) -> list[int]:
    with reading(region.factory) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def rewrite(region: Region, record: Any, words: str) -> None:
    version = new_text_version(region.office.id, words)
    region.session.add(version)
    region.session.flush()
    record.text_id, record.updated_at = version.id, now()
    region.changed()


def test_a_list_is_stored_and_read_again_in_the_same_bytes(region: Region) -> None:
    answer = region.matching().match_need(region.need.id, "de")

    first = stored_bytes(region, answer["match_list"])
    assert first == orjson.dumps(answer)
    assert first == stored_bytes(region, answer["match_list"])
    assert answer["results"][0]["startup"]["name"] == "Camera"
    assert {result["list_entry"] for result in answer["results"]}.isdisjoint({None})
    for result in answer["results"]:
        for found in result["evidence"]:
            quoted = answer["texts"][found["need_text_version"]][slice(*found["need_span"])]
            assert quoted in "Wir suchen eine automatische Prüfung unserer Schweißnähte."


def test_a_list_can_be_read_in_either_language(region: Region) -> None:
    answer = region.matching().match_need(region.need.id, "en")
    german = orjson.loads(stored_bytes(region, answer["match_list"], "de"))

    assert _first_text(answer) != _first_text(german)
    assert _numbers(answer) == _numbers(german)


def _first_text(answer: dict[str, Any]) -> str:
    text = answer["results"][0]["sides"]["sme"]["contributions"][0]["text"]
    assert isinstance(text, str)
    return text


def _numbers(answer: dict[str, Any]) -> list[float]:
    return [result["reciprocal_score"] for result in answer["results"]]


def test_the_stored_list_answers_while_nothing_changed(region: Region) -> None:
    matching = region.matching()
    first = matching.match_need(region.need.id, "de")

    assert matching.match_need(region.need.id, "de") == first
    assert region.matching().match_need(region.need.id, "de") == first
    region.changed()
    assert matching.match_need(region.need.id, "de") == first
    assert count(region, MatchRun, MatchList) == [1, 1]


def _new_need_text(region: Region) -> None:
    rewrite(region, region.need, "Wir suchen eine Kamera für unsere Schweißnähte und Rahmen.")


def _new_solution_text(region: Region) -> None:
    rewrite(region, region.solutions["planner"], "Wir planen Touren für Pflegedienste und Ärzte.")


def _pause(region: Region) -> None:
    region.solutions["energy"].status = "paused"
    region.changed()


def _new_solution(region: Region) -> None:
    add_solution(region.session, region.office.id, party_id=region.startups["energy"].id)
    region.changed()


def _new_fact_of_the_firm(region: Region) -> None:
    party = add_party(region.session, region.office.id, employees=30)
    region.need.party_id = party.id
    region.changed()


@pytest.mark.parametrize(
    "change", [_new_need_text, _new_solution_text, _pause, _new_solution, _new_fact_of_the_firm]
)
def test_a_change_of_what_a_list_is_made_of_makes_a_new_list(region: Region, change: Any) -> None:
    matching = region.matching()
    first = matching.match_need(region.need.id, "de")
    before = stored_bytes(region, first["match_list"])

    change(region)
    second = matching.match_need(region.need.id, "de")

    assert second["match_list"] != first["match_list"]
    assert second["results"] != first["results"]
    assert stored_bytes(region, first["match_list"]) == before


def test_another_weight_makes_a_new_list(region: Region) -> None:
    first = region.matching().match_need(region.need.id, "de")
    usual = shipped_settings()
    features = usual.scoring.sme.features | {"tag_fit": FeatureWeight(weight=0.9, prior_sd=0.2)}
    sme = usual.scoring.sme.model_copy(update={"features": features})
    scoring = usual.scoring.model_copy(update={"sme": sme})
    other = region.matching(settings=usual.model_copy(update={"scoring": scoring}))

    second = other.match_need(region.need.id, "de")

    assert second["match_list"] != first["match_list"]
    assert second["scorer"] != first["scorer"]


def test_a_fresh_list_is_a_new_one_with_the_same_results(region: Region) -> None:
    matching = region.matching()
    first = matching.match_need(region.need.id, "de")
    second = matching.match_need(region.need.id, "de", fresh=True)

    assert second["match_list"] != first["match_list"]
    assert [r | {"list_entry": None} for r in second["results"]] == [
        r | {"list_entry": None} for r in first["results"]
    ]


def test_top_cuts_the_answer_and_not_the_list(region: Region) -> None:
    matching = region.matching()
    whole = matching.match_need(region.need.id, "de")
    cut = matching.match_need(region.need.id, "de", top=1)

    assert cut["match_list"] == whole["match_list"]
    assert cut["results"] == whole["results"][:1]


def test_a_record_that_another_office_keeps_to_itself_changes_nothing(region: Region) -> None:
    matching = region.matching()
    first = matching.match_need(region.need.id, "de")
    other = add_office(region.session)
    hidden = add_solution(region.session, other.id)
    region.changed()

    second = matching.match_need(region.need.id, "de")

    assert second == first
    assert str(hidden.id) not in str(second)


def test_a_record_that_another_office_shares_takes_part(region: Region) -> None:
    other = add_office(region.session)
    shared = add_solution(region.session, other.id, visibility="network")
    region.changed()

    answer = region.matching().match_need(region.need.id, "de")

    assert answer["considered"] == 4
    assert str(shared.id) in {result["solution"]["id"] for result in answer["results"]}


def test_each_office_reopens_its_own_list_of_a_shared_need(region: Region) -> None:
    region.need.visibility = "network"
    other = add_office(region.session)
    region.changed()
    ours = region.matching().match_need(region.need.id, "de")

    theirs = region.matching(office_id=other.id).match_need(region.need.id, "de")

    assert (ours["considered"], theirs["considered"]) == (3, 0)
    again = region.matching().match_need(region.need.id, "de")
    assert again["match_list"] == ours["match_list"] != theirs["match_list"]


def test_what_another_office_owns_looks_like_what_does_not_exist(region: Region) -> None:
    answer = region.matching().match_need(region.need.id, "de")
    other = add_office(region.session)
    region.changed()
    matching = region.matching(office_id=other.id)

    with pytest.raises(NotFoundError):
        matching.match_need(region.need.id, "de")
    with pytest.raises(NotFoundError):
        matching.why_not(region.need.id, region.startups["camera"].id)
    with reading(region.factory) as session, pytest.raises(NotFoundError):
        read_list(session, other.id, UUID(answer["match_list"]), "de")


def test_a_need_of_one_word_gets_an_empty_list_that_says_why(region: Region) -> None:
    rewrite(region, region.need, "Kamera")

    answer = region.matching().match_need(region.need.id, "de")

    assert answer["abstained"] == ["need.text"]
    assert answer["results"] == []
    assert answer["considered"] == 3


def test_a_list_survives_the_pause_of_what_it_shows(region: Region) -> None:
    answer = region.matching().match_need(region.need.id, "de")
    before = stored_bytes(region, answer["match_list"])
    for startup in region.startups.values():
        startup.is_paused = True
    region.changed()

    assert stored_bytes(region, answer["match_list"]) == before
    assert region.matching().match_need(region.need.id, "de")["excluded"] == {"paused": 3}


def test_a_solution_that_was_shown_cannot_be_deleted_under_its_list(region: Region) -> None:
    region.matching().match_need(region.need.id, "de")

    region.session.delete(region.solutions["camera"])
    with pytest.raises(IntegrityError):
        region.session.flush()
    region.session.rollback()


def test_a_text_typed_in_is_answered_like_a_stored_one_and_kept_nowhere(region: Region) -> None:
    matching = region.matching()
    stored = matching.match_need(region.need.id, "de")
    tables = (TextVersion, MatchRun, MatchList, MatchListEntry, LedgerEntry)
    before = count(region, *tables)

    text = a_text("Wir suchen eine automatische Prüfung unserer Schweißnähte.")
    answer = matching.match_text(NeedProfile(id=uuid4(), text=text), 20, "de")

    assert count(region, *tables) == before
    assert answer["match_list"] is None
    assert [result["list_entry"] for result in answer["results"]] == [None] * 3
    assert [result["solution"]["id"] for result in answer["results"]] == [
        result["solution"]["id"] for result in stored["results"]
    ]
    assert _numbers(answer) == pytest.approx(_numbers(stored), abs=1e-6)


def test_a_server_reads_the_region_anew_only_when_the_ledger_grew(region: Region) -> None:
    matching: Matching = region.matching()
    first = matching.proposer()

    assert matching.proposer() is first
    region.changed()
    assert matching.proposer() is not first
