"""The champion serves: from the next request on, without a restart, and with the corpus kept."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from matchmaker.config import Settings
from matchmaker.database import reading, transaction
from matchmaker.scoring import Calibration, expert_parameters
from matchmaker.tables import MatchListEntry, MatchRun
from matchmaker.tandems import Matching, compare_lists, write_spreadsheet
from matchmaker.training import UNREADABLE, Champions, find_champion, promote, rollback
from tests.factories import add_office
from tests.regions import fallback_vectors, shipped_settings
from tests.tandems.conftest import Region, region
from tests.training.saved import add_scorer

__all__ = ["region"]

EXPERT = expert_parameters(shipped_settings().scoring).version


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return shipped_settings().model_copy(update={"data_folder": tmp_path})


@pytest.fixture
def matching(region: Region, own: Settings) -> Matching:
    """A running server."""
    encoder = fallback_vectors().encoder
    return Matching(region.factory, region.office.id, encoder, own, Champions(own))


def put_in_place(
    region: Region, folder: Path, factor: float = 2.0, calibration: Calibration | None = None
) -> str:
    with transaction(region.factory) as session:
        champion = find_champion(session, region.office.id)
        added = add_scorer(session, region.office.id, folder, factor, calibration)
        seen = champion.version if champion else None
        promote(session, region.office.id, added.version, seen=seen, actor="test")
    return added.version


def take_back(region: Region) -> None:
    with transaction(region.factory) as session:
        champion = find_champion(session, region.office.id)
        assert champion
        rollback(session, region.office.id, seen=champion.version, actor="test")


def test_a_promotion_reaches_a_running_server_and_leaves_its_corpus(
    region: Region, matching: Matching, tmp_path: Path
) -> None:
    before = matching.match_need(region.need.id, "de")
    corpus = matching.proposer().corpus
    version = put_in_place(region, tmp_path)

    after = matching.match_need(region.need.id, "de")

    assert (before["scorer"], after["scorer"]) == (EXPERT, version)
    assert after["match_list"] != before["match_list"]
    assert matching.proposer().corpus is corpus
    assert matching.proposer() is matching.proposer()
    for one, other in zip(_contributions(before), _contributions(after), strict=True):
        assert other == pytest.approx(2 * one)
    # And back again: the very numbers of before, and no third list.
    take_back(region)
    again = matching.match_need(region.need.id, "de")
    assert (again["scorer"], _contributions(again)) == (EXPERT, _contributions(before))


def _contributions(answer: dict) -> list[float]:  # type: ignore[type-arg]
    by_startup = sorted(answer["results"], key=lambda row: row["startup"]["name"])
    return [
        found["contribution"]
        for row in by_startup
        for side in ("sme", "startup")
        for found in sorted(row["sides"][side]["contributions"], key=lambda one: one["feature"])
    ]


def test_a_list_says_who_scored_it_even_if_another_was_promoted_meanwhile(
    region: Region, matching: Matching, tmp_path: Path
) -> None:
    proposer = matching.proposer()
    put_in_place(region, tmp_path)
    matching.proposer()

    assert proposer.versions.scorer == EXPERT


def test_what_changed_names_the_scorer(region: Region, matching: Matching, tmp_path: Path) -> None:
    before = matching.match_need(region.need.id, "de")
    put_in_place(region, tmp_path, factor=-1.0)
    after = matching.match_need(region.need.id, "de")

    with reading(region.factory) as session:
        changes = compare_lists(session, UUID(before["match_list"]), UUID(after["match_list"]))
    assert changes
    for change in changes:
        assert "scorer" in {cause.kind for cause in change.causes}


def test_another_offices_champion_does_not_serve_here(
    region: Region, matching: Matching, tmp_path: Path
) -> None:
    with transaction(region.factory) as session:
        other = add_office(session)
        added = add_scorer(session, other.id, tmp_path)
        promote(session, other.id, added.version, seen=None, actor="test")

    assert matching.match_need(region.need.id, "de")["scorer"] == EXPERT


@pytest.mark.parametrize("damage", ["flipped", "missing"])
def test_a_damaged_champion_lets_the_expert_serve_and_every_list_says_so(
    region: Region, own: Settings, matching: Matching, tmp_path: Path, damage: str
) -> None:
    unspoiled = matching.match_need(region.need.id, "de")
    version = put_in_place(region, tmp_path)
    path = tmp_path / "scorers" / version / "parameters.json"
    content = path.read_bytes()
    path.unlink() if damage == "missing" else path.write_bytes(content.replace(b"1", b"2", 1))

    found = matching.match_need(region.need.id, "de")

    assert (found["scorer"], found["scorer_notice"]) == (EXPERT, UNREADABLE)
    assert found["match_list"] != unspoiled["match_list"]
    assert _contributions(found) == _contributions(unspoiled)
    stored = matching.match_need(region.need.id, "de")
    assert stored["match_list"] == found["match_list"]
    startup = region.startups["camera"].id
    assert matching.match_startup(startup, "de", 5)["scorer_notice"] == UNREADABLE
    # The file is put back: the next answer is the champion's.
    path.write_bytes(content)
    healed = matching.match_need(region.need.id, "de")
    assert (healed["scorer"], healed["scorer_notice"]) == (version, None)
    # What is in memory serves on, whatever becomes of the file.
    path.unlink()
    assert matching.match_need(region.need.id, "de", fresh=True)["scorer"] == version


def test_a_calibrated_scorer_says_how_often_such_pairs_came_to_a_talk(
    region: Region, matching: Matching, tmp_path: Path
) -> None:
    assert {row["match_probability"] for row in matching.match_need(region.need.id, "de")[
        "results"]} == {None}  # fmt: skip
    calibration = Calibration(1.0, 0.0)
    put_in_place(region, tmp_path, 1.0, calibration)

    answer = matching.match_need(region.need.id, "de")

    with reading(region.factory) as session:
        for row in answer["results"]:
            # Slope 1 and intercept 0 leave the score as it is.
            assert row["match_probability"] == pytest.approx(row["reciprocal_score"], abs=1e-9)
            entry = session.get_one(MatchListEntry, UUID(row["list_entry"]))
            assert entry.match_probability == row["match_probability"]
            run = session.get_one(MatchRun, UUID(answer["run"]))
            assert run.scorer_version == answer["scorer"]
    write_spreadsheet(answer, tmp_path / "list.xlsx", "de")
    from python_calamine import CalamineWorkbook

    head, first, *_ = CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_index(0)\
        .to_python()  # fmt: skip
    assert head[-1] == "Wahrscheinlichkeit eines Gesprächs"
    assert first[-1] == pytest.approx(answer["results"][0]["match_probability"])


def test_a_calibration_is_silent_under_another_rule(
    region: Region, own: Settings, tmp_path: Path
) -> None:
    put_in_place(region, tmp_path, 1.0, Calibration(1.0, 0.0, rule="product"))
    champion = Champions(own)
    encoder = fallback_vectors().encoder
    office_id = region.office.id
    harmonic = Matching(region.factory, office_id, encoder, own, champion)
    scoring = own.scoring.model_copy(update={"rule": "product"})
    product = Matching(
        region.factory, office_id, encoder, own.model_copy(update={"scoring": scoring}), champion
    )

    one, other = (each.match_need(region.need.id, "de") for each in (harmonic, product))

    # The rule is not learned, so another rule is another list of the same scorer.
    assert one["scorer"] == other["scorer"]
    assert one["match_list"] != other["match_list"]
    assert one["results"][0]["match_probability"] is None
    assert other["results"][0]["match_probability"] is not None


def test_a_notice_is_no_part_of_what_is_saved(own: Settings) -> None:
    expert = expert_parameters(own.scoring)

    assert expert.notice is None
    assert replace(expert, notice=UNREADABLE).version == expert.version
