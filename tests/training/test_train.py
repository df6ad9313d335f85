"""From outcomes to a scorer that serves, or does not: one training, top to bottom."""

from pathlib import Path

import pytest

from matchmaker.config import Settings
from matchmaker.database import reading
from matchmaker.scoring import expert_parameters
from matchmaker.tables import Need, Solution
from matchmaker.training import (
    Champions,
    find_champion,
    list_versions,
    report_text,
    rollback,
)
from tests.regions import shipped_settings
from tests.tandems.conftest import Region, region
from tests.training.lived import Office, found, live_through, wants_its_form

__all__ = ["region"]


@pytest.fixture
def shipped() -> Settings:
    return shipped_settings()


@pytest.fixture
def office(region: Region, shipped: Settings, tmp_path: Path) -> Office:
    return found(region, tmp_path, shipped)


def champion_of(office: Office) -> str | None:
    with reading(office.region.factory) as session:
        champion = find_champion(session, office.region.office.id)
        return champion.version if champion else None


def test_without_outcomes_there_is_no_challenger(office: Office) -> None:
    report = office.train()

    assert (report.challenger, report.promoted, report.reason) == (None, False, "no_labels")
    assert report.champion == expert_parameters(office.settings.scoring).version
    assert "kein Ergebnis" in report_text(report, "de")


def test_what_firms_really_want_is_learned_and_serves(office: Office, tmp_path: Path) -> None:
    live_through(office, tmp_path / "outcomes.csv")
    report = office.train()

    assert (report.reason, report.promoted) == ("won", True), report
    # Of forty needs with six answers each the newest are held out, all or nothing of a need.
    learned_from = report.labels["sme"]["yes"] + report.labels["sme"]["no"]
    assert learned_from % 6 == 0
    assert 20 * 6 <= learned_from < 30 * 6
    assert report.challenger == report.champion == champion_of(office)
    with reading(office.region.factory) as session:
        serving = Champions(office.settings)(session, office.region.office.id)
    expert = expert_parameters(office.settings.scoring)
    moved = {
        name: abs(serving.sme.weights[name] - weight) for name, weight in expert.sme.weights.items()
    }
    assert max(moved, key=lambda name: moved[name]) == "cooperation_fit"
    assert serving.sme.weights["cooperation_fit"] > expert.sme.weights["cooperation_fit"]
    # No startup answered, so nothing was learned of what startups want.
    assert dict(serving.startup.weights) == pytest.approx(dict(expert.startup.weights))


def test_the_newest_needs_choose_and_are_not_learned_from(office: Office, tmp_path: Path) -> None:
    """A rule that turned around lately: what was learned before does not win on the new needs."""
    newest = {need.external_id for need in office.needs[-14:]}

    def turned(need: Need, solution: Solution) -> bool:
        return wants_its_form(need, solution) != (need.external_id in newest)

    live_through(office, tmp_path / "outcomes.csv", turned)
    report = office.train()

    assert not report.promoted
    assert champion_of(office) is None


@pytest.mark.parametrize("answer", [True, False])
def test_answers_of_one_kind_promote_nothing(office: Office, tmp_path: Path, answer: bool) -> None:
    live_through(office, tmp_path / "outcomes.csv", lambda need, solution: answer)
    report = office.train()

    assert (report.promoted, champion_of(office)) == (False, None)


def test_a_challenger_that_lost_is_kept_with_the_reason(office: Office, tmp_path: Path) -> None:
    live_through(office, tmp_path / "outcomes.csv", lambda need, solution: True)
    report = office.train()
    with reading(office.region.factory) as session:
        (shadow,) = list_versions(session, office.region.office.id)

    assert (shadow.version, shadow.state) == (report.challenger, "shadow")
    assert shadow.reason == report.reason
    folder = office.settings.data_folder / "scorers" / shadow.version
    assert {file.name for file in folder.iterdir()} == {
        "parameters.json", "metrics.json", "model_card.md",
    }  # fmt: skip
    assert "What firms want" in (folder / "model_card.md").read_text("utf-8")


def test_training_again_on_the_same_changes_nothing(office: Office, tmp_path: Path) -> None:
    live_through(office, tmp_path / "outcomes.csv")
    first, again = office.train(), office.train()

    assert (again.promoted, again.reason) == (False, "unchanged")
    assert again.champion == first.champion == champion_of(office)
    with reading(office.region.factory) as session:
        assert len(list_versions(session, office.region.office.id)) == 1


def test_after_a_rollback_the_same_training_does_not_bring_it_back_unasked(
    office: Office, tmp_path: Path
) -> None:
    live_through(office, tmp_path / "outcomes.csv")
    version = office.train().challenger
    with office.region.factory.begin() as session:
        rollback(session, office.region.office.id, seen=version, actor="test")
    again = office.train()

    assert (again.promoted, again.reason) == (False, "rolled_back")
    assert champion_of(office) is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_report_is_told_in_both_languages(office: Office, tmp_path: Path, language: str) -> None:
    live_through(office, tmp_path / "outcomes.csv")
    told = report_text(office.train(), language)

    assert ("Unternehmen" in told) == (language == "de")
    assert ("firms" in told) == (language == "en")
