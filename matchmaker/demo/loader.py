"""Building the demo region: the same steps an office takes, on invented files."""

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import orjson

from matchmaker import nightly, profiles
from matchmaker.config import OfficeSettings, Settings
from matchmaker.database import open_engine, open_sessions, reading, transaction
from matchmaker.embedding import Encoder
from matchmaker.installation import ensure_office, migrate
from matchmaker.tandems import Matching, write_spreadsheet

OFFICE = OfficeSettings(slug="demo", name="Wirtschaftsförderung Kraichgau (erfunden)")
FILES = ("places", "companies", "startups", "needs")
SHOWN_NEED = "N062"

Progress = Callable[[int], None]


def database_url(folder: Path) -> str:
    """Where the demo region of a folder is stored."""
    return f"sqlite:///{folder / 'demo.sqlite'}"


def build(
    folder: Path, encoder: Encoder, settings: Settings, language: str, progress: Progress
) -> dict[str, Any]:
    """Import, embed, rank and publish the demo region from scratch; show one list.

    Writes `demo.sqlite`, `match_list.json` and `match_list.xlsx` to `folder` and returns the
    list. What was in those files before is gone. `progress` is told of each file and need.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("demo.sqlite*"):
        old.unlink()
    engine = open_engine(database_url(folder))
    migrate(engine)
    factory = open_sessions(engine)
    with transaction(factory) as session:
        office_id = ensure_office(session, OFFICE).id
    for name in FILES:
        with as_file(files("matchmaker.demo") / f"{name}.csv") as path:
            profiles.import_file(factory, name, path, office_id=office_id, actor="demo")
        progress(1)
    matching = Matching(factory, office_id, encoder, settings)
    nightly.run(matching, need_progress=progress)
    with reading(factory) as session:
        need_id = profiles.get_need_id(session, office_id, SHOWN_NEED)
    answer = matching.match_need(need_id, language, settings.lists.length)
    (folder / "match_list.json").write_bytes(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    write_spreadsheet(answer, folder / "match_list.xlsx", language)
    engine.dispose()
    return answer
