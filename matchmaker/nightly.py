"""One night, top to bottom: every open need gets a new list, and all lists appear at once."""

import time
from dataclasses import dataclass
from uuid import UUID

from matchmaker.tandems import Matching, Progress


@dataclass(frozen=True, slots=True)
class NightReport:
    """What a night did; `embedded` counts texts, `seconds` is wall time."""

    run: UUID
    needs: int
    startups: int
    embedded: int
    pairs_scored: int
    published: int
    seconds: float


def run(
    matching: Matching,
    embedding_progress: Progress | None = None,
    need_progress: Progress | None = None,
) -> NightReport:
    """Propose new match lists for every open need of one office.

    The database is held briefly, to read and to publish; the computing in between holds no
    transaction. If anything fails, yesterday's lists stay.
    """
    started = time.perf_counter()
    embedded = 0

    def count(texts: int) -> None:
        nonlocal embedded
        embedded += texts
        if embedding_progress:
            embedding_progress(texts)

    snapshot = matching.proposer(count).corpus.snapshot
    run_id, pairs = matching.publish_all("nightly", need_progress)
    return NightReport(
        run=run_id,
        needs=len(snapshot.needs),
        startups=len({solution.party.id for solution in snapshot.solutions}),
        embedded=embedded,
        pairs_scored=pairs,
        published=len(snapshot.needs),
        seconds=time.perf_counter() - started,
    )
