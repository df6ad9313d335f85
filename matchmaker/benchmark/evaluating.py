"""Quality on files of needs whose right startups are known."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from matchmaker import profiles
from matchmaker.config import Settings
from matchmaker.database import open_engine, open_sessions, transaction
from matchmaker.embedding import Encoder
from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import rank_summary
from matchmaker.installation import ensure_office, migrate
from matchmaker.tandems import Matching, Proposer, Ranking, Vectors

Progress = Callable[[int], None]


def evaluate_files(
    needs: Path, startups: Path, encoder: Encoder, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Rank the startups of one file for the needs of another, in a throw-away database.

    Both files have the bench form: JSON lines with `id`, `lang`, `text` and, for needs,
    `company`, `relevant` and `also_relevant`. The right answers are read here alone; the
    import does not know their columns. A row that the import rejects is a miss. Returns the
    keys of `contract.md`, `evaluate`.
    """
    truth = read_truth(needs)
    languages = {str(line.get("id")): line.get("lang") or "?" for line in read_lines(startups)}
    with open_region(needs, startups, encoder, settings) as (proposer, _):
        started = time.perf_counter()
        rankings = {}
        for need in proposer.corpus.snapshot.needs:
            rankings[need.external_id or ""] = ranked_ids(
                proposer, proposer.rank(proposer.read_stored(need))
            )
            progress(1)
        elapsed = time.perf_counter() - started
    by_language: dict[str, list[str]] = {}
    for need_id, line in truth.items():
        for relevant in line["relevant"][:1]:
            pair = f"{line.get('lang') or '?'}>{languages.get(relevant, '?')}"
            by_language.setdefault(pair, []).append(need_id)
    return {
        **summarize(rankings, truth, truth),
        "by_language": {
            pair: summarize(rankings, truth, ids) for pair, ids in sorted(by_language.items())
        },
        "rankings": rankings,
        "milliseconds_per_need": 1000 * elapsed / max(len(rankings), 1),
    }


@contextmanager
def open_region(
    needs: Path, startups: Path, encoder: Encoder, settings: Settings
) -> Iterator[tuple[Proposer, Vectors]]:
    """Import both files into a database that is deleted afterwards, ready to answer."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'evaluation.sqlite'}")
        migrate(engine)
        factory = open_sessions(engine)
        with transaction(factory) as session:
            office_id = ensure_office(session, settings.office).id
        for kind, path in (("startups", startups), ("needs", needs)):
            report = profiles.import_file(
                factory, kind, path, office_id=office_id, actor="evaluate"
            )
            if report.read == len(report.rejected):
                raise InvalidInputError(f"{path} has no row that can be read.", field=kind)
        proposer = Matching(factory, office_id, encoder, settings).proposer()
        yield proposer, Vectors(factory, encoder)
        engine.dispose()


def ranked_ids(proposer: Proposer, ranking: Ranking) -> list[str]:
    """The ids from the file of the ranked startups, best first, each once."""
    solutions = proposer.corpus.snapshot.solutions
    parties = [solutions[row].party for row in ranking.scored.row]
    return list(dict.fromkeys(party.external_id or party.label for party in parties))


def summarize(
    rankings: Mapping[str, list[str]], truth: Mapping[str, Any], ids: Collection[str]
) -> dict[str, Any]:
    """Number of needs, and metrics by the strict and by the lenient reading of "right"."""
    strict = {need_id: truth[need_id]["relevant"] for need_id in ids}
    lenient = {
        need_id: [*truth[need_id]["relevant"], *truth[need_id].get("also_relevant", [])]
        for need_id in ids
    }
    return {
        "n": len(ids),
        "strict": rank_summary(rankings, strict),
        "lenient": rank_summary(rankings, lenient),
    }


def read_truth(path: Path) -> dict[str, dict[str, Any]]:
    """The needs of a file by id, each with its right answers.

    Raises
    ------
    InvalidInputError
        A line lacks the id or the list of relevant startups.
    """
    truth = {}
    for number, line in enumerate(read_lines(path), start=1):
        if "id" not in line or not isinstance(line.get("relevant"), list):
            raise InvalidInputError(
                f"Record {number} needs an id and a list of relevant startups.", field=path.name
            )
        truth[str(line["id"])] = line
    return truth


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSONL file."""
    try:
        lines = path.read_bytes().splitlines()
        return [orjson.loads(line) for line in lines if line.strip()]
    except orjson.JSONDecodeError as error:
        raise InvalidInputError(f"{path} is no JSONL: {error}", field=path.name) from None
