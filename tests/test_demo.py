"""`make demo`: the invented region, from its files to a list that keeps the contract."""

import csv
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from matchmaker.cli.rendering import render_match
from matchmaker.config import load_settings
from matchmaker.database import open_engine
from matchmaker.demo import build, database_url
from matchmaker.embedding import load_encoder
from matchmaker.scoring import RECIPROCAL_RULES, logistic
from matchmaker.tables import (
    Event,
    MatchList,
    MatchListEntry,
    MatchRun,
    Need,
    Party,
    ScorerVersion,
    Solution,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo region, built once."""
    folder = tmp_path_factory.mktemp("demo")
    settings = load_settings()
    encoder = load_encoder(settings.embedding, Path())
    build(folder, encoder, settings, "de", lambda steps: None)
    return folder


@pytest.fixture
def answer(folder: Path) -> Any:
    return json.loads((folder / "match_list.json").read_bytes())


@pytest.fixture
def region(folder: Path) -> Iterator[Session]:
    engine: Engine = open_engine(database_url(folder))
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_the_shown_list_adds_up(answer: Any) -> None:
    assert len(answer["results"]) >= 5
    for rank, result in enumerate(answer["results"], start=1):
        assert result["rank"] == rank
        sides = result["sides"]
        for side in sides.values():
            log_odds = side["intercept"] + sum(c["contribution"] for c in side["contributions"])
            assert abs(logistic(log_odds) - side["preference"]) < 1e-9
        joined = RECIPROCAL_RULES[result["rule"]].join(
            sides["sme"]["preference"], sides["startup"]["preference"]
        )
        assert abs(joined - result["reciprocal_score"]) < 1e-9


def test_every_quote_stands_in_both_texts(answer: Any) -> None:
    quoted = [found for result in answer["results"] for found in result["evidence"]]
    for found in quoted:
        for side in ("need", "solution"):
            start, end = found[f"{side}_span"]
            quote = answer["texts"][found[f"{side}_text_version"]][start:end]
            assert quote == quote.strip() != ""

    assert answer["results"][0]["evidence"]
    best = answer["results"][0]["evidence"][0]
    reasons = [c["text"] for c in answer["results"][0]["sides"]["sme"]["contributions"]]
    for side in ("need", "solution"):
        start, end = best[f"{side}_span"]
        quote = answer["texts"][best[f"{side}_text_version"]][start:end]
        assert any(quote in reason for reason in reasons)


def test_the_region_is_as_large_as_promised(region: Session) -> None:
    def count(query: Any) -> int:
        return int(region.scalar(select(func.count()).select_from(query.subquery())) or 0)

    assert count(select(Party).where(Party.kind == "startup")) >= 60
    assert count(select(Party).where(Party.kind == "sme")) >= 40
    assert count(select(Need)) >= 45
    assert count(select(Solution)) >= 66
    # Every open need has a list by the experts' weights, and one after the training.
    assert count(select(MatchList)) == 2 * count(select(Need).where(Need.status == "open"))
    assert count(select(Party).where(Party.municipality_id.is_not(None))) >= 120


def test_most_needs_find_their_intended_partner(region: Session) -> None:
    with (files("matchmaker.demo") / "intended_partners.csv").open(encoding="utf-8") as file:
        intended = {row["need"]: set(row["startup"].split("|")) for row in csv.DictReader(file)}
    listed: dict[str, set[str]] = {}
    newest = region.scalar(select(MatchRun.id).order_by(MatchRun.created_at.desc()).limit(1))
    rows = (
        select(Need.external_id, Party.external_id)
        .join(MatchListEntry, MatchListEntry.need_id == Need.id)
        .join(Solution, Solution.id == MatchListEntry.solution_id)
        .join(Party, Party.id == Solution.party_id)
        .join(MatchList, MatchList.id == MatchListEntry.match_list_id)
        .where(MatchListEntry.rank <= 10, MatchList.match_run_id == newest)
    )
    for need, startup in region.execute(rows):
        listed.setdefault(need, set()).add(startup)
    served = [need for need, partners in intended.items() if partners != {""}]
    found = [need for need in served if intended[need] & listed.get(need, set())]

    # Spelling alone finds three quarters of them; a trained encoder has to find more.
    assert len(found) / len(served) >= 0.7


def test_a_need_of_one_word_gets_no_list_but_an_answer(region: Session) -> None:
    abstained = region.execute(
        select(Need.external_id, MatchList.abstained)
        .join(MatchList, MatchList.need_id == Need.id)
        .where(Need.external_id == "N061")
    ).all()

    assert [row.abstained for row in abstained] == [["need.text"], ["need.text"]]


def test_the_spreadsheet_holds_the_same_list(folder: Path, answer: Any) -> None:
    rows = CalamineWorkbook.from_path(folder / "match_list.xlsx").get_sheet_by_index(0).to_python()

    assert [row[1] for row in rows[1:]] == [r["startup"]["name"] for r in answer["results"]]


def test_the_terminal_shows_reasons_for_and_against(answer: Any) -> None:
    shown = render_match(answer, "de")

    assert shown.count("\n    + ") >= 3 * len(answer["results"])
    assert shown.count("\n    - ") >= len(answer["results"])


def test_the_past_is_marked_as_simulated_and_was_learned_from(
    folder: Path, region: Session
) -> None:
    with (folder / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) > 1_000
    assert all(row["source"].startswith("simuliert") for row in rows)
    sources = {event.details["source"] for event in region.scalars(select(Event))}
    assert all(source.startswith("simuliert") for source in sources)
    # Whether it won is the gate's word; that it was trained and kept is certain.
    (version,) = region.scalars(select(ScorerVersion)).all()
    assert (folder / "scorers" / version.version / "model_card.md").is_file()
    assert version.state in ("champion", "shadow")
