"""Building the demo region: the same steps an office takes, on invented files."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from matchmaker import feedback, nightly, profiles, training
from matchmaker.config import OfficeSettings, Settings
from matchmaker.database import (
    SessionFactory,
    now,
    open_engine,
    open_sessions,
    reading,
    transaction,
)
from matchmaker.days import day_of
from matchmaker.demo.outcomes import write_outcomes
from matchmaker.embedding import Encoder
from matchmaker.installation import ensure_office, migrate
from matchmaker.scoring import ScorerParameters, expert_parameters
from matchmaker.tandems import Matching, write_spreadsheet

OFFICE = OfficeSettings(slug="demo", name="Wirtschaftsförderung Kraichgau (erfunden)")
PAST_NEEDS = "past_needs.csv"
FILES = (
    ("places", "places.csv"),
    ("companies", "companies.csv"),
    ("startups", "startups.csv"),
    ("needs", "needs.csv"),
    ("needs", PAST_NEEDS),
)
SHOWN_NEED = "N062"

Progress = Callable[[int], None]


def database_url(folder: Path) -> str:
    """Where the demo region of a folder is stored."""
    return f"sqlite:///{folder / 'demo.sqlite'}"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo shows: one list as the scorer that serves gives it, and that list before.

    `outcomes` counts the simulated rows that were learned from, `report` says how it went;
    `expert` and `champion` are the scorers before and after.
    """

    answer: dict[str, Any]
    before: dict[str, Any]
    outcomes: int
    report: training.TrainingReport
    expert: ScorerParameters
    champion: ScorerParameters


def build(
    folder: Path, encoder: Encoder, settings: Settings, language: str, progress: Progress
) -> Demo:
    """Import, embed, rank and publish the demo region from scratch, then learn from its past.

    Writes `demo.sqlite`, `outcomes.csv` (simulated), `match_list.json` and `match_list.xlsx` to
    `folder`, and the trained scorer below it. What was in those files before is gone. `progress`
    is told of each file and need.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("demo.sqlite*"):
        old.unlink()
    settings = settings.model_copy(update={"data_folder": folder})
    engine = open_engine(database_url(folder))
    migrate(engine)
    factory = open_sessions(engine)
    with transaction(factory) as session:
        office_id = ensure_office(session, OFFICE).id
    for kind, name in FILES:
        with as_file(files("matchmaker.demo") / name) as path:
            profiles.import_file(factory, kind, path, office_id=office_id, actor="demo")
        progress(1)
    champions = training.Champions(settings)
    matching = Matching(factory, office_id, encoder, settings, champions)
    nightly.run(matching, need_progress=progress)
    with reading(factory) as session:
        need_id = profiles.get_need_id(session, office_id, SHOWN_NEED)
    before = matching.match_need(need_id, language, settings.lists.length)

    outcomes = _live_through(folder / "outcomes.csv", factory, office_id, matching, settings)
    report = training.train(factory, matching, office_id, settings, now(), actor="demo")
    nightly.run(matching, need_progress=progress)
    answer = matching.match_need(need_id, language, settings.lists.length)
    (folder / "match_list.json").write_bytes(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    write_spreadsheet(answer, folder / "match_list.xlsx", language)
    with reading(factory) as session:
        champion = champions(session, office_id)
    engine.dispose()
    return Demo(answer, before, outcomes, report, expert_parameters(settings.scoring), champion)


def _live_through(
    path: Path, factory: SessionFactory, office_id: UUID, matching: Matching, settings: Settings
) -> int:
    """Simulate what became of the past needs and import it as an office would."""
    moment = now()
    with (files("matchmaker.demo") / PAST_NEEDS).open(encoding="utf-8") as lines:
        numbers = [row["Nr"] for row in csv.DictReader(lines, delimiter=";")]
    with reading(factory) as session:
        ids = [profiles.get_need_id(session, office_id, number) for number in numbers]
        past = list(profiles.take_needs(session, office_id, ids, moment).values())
    count = write_outcomes(
        path, past, matching.proposer(), settings.scoring, day_of(moment), settings.seed
    )
    feedback.import_outcomes(factory, path, office_id=office_id, actor="demo")
    return count
