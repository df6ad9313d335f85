"""Stored lists as records that can be compared, and the list that came before another."""

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import MatchList, MatchListEntry, MatchRun
from matchmaker.tandems.comparing import Change, ListRecord, Standing, compare
from matchmaker.values import Side

_SIDES: tuple[Side, ...] = ("sme", "startup")


def find_list_before(session: Session, office_id: UUID, list_id: UUID) -> MatchList | None:
    """The list that the office published for the same need just before this one; None if first."""
    this = session.get_one(MatchList, list_id)
    return session.scalar(
        select(MatchList)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(
            MatchRun.owner_office_id == office_id,
            MatchRun.published_at.is_not(None),
            MatchList.need_id == this.need_id,
            MatchList.created_at < this.created_at,
        )
        .order_by(MatchList.created_at.desc(), MatchList.id)
        .limit(1)
    )


def compare_lists(session: Session, before_id: UUID, after_id: UUID) -> list[Change]:
    """What changed from one stored list of a need to another."""
    return compare(read_record(session, before_id), read_record(session, after_id))


def read_record(session: Session, list_id: UUID) -> ListRecord:
    """A stored list with everything that a comparison reads."""
    stored = session.get_one(MatchList, list_id)
    run = session.get_one(MatchRun, stored.match_run_id)
    entries = session.scalars(
        select(MatchListEntry)
        .where(MatchListEntry.match_list_id == list_id)
        .order_by(MatchListEntry.rank)
    ).all()
    standings = {entry.solution_id: _shown(entry) for entry in entries}
    return ListRecord(
        need_text_version=stored.need_text_version_id,
        encoder=run.encoder_version,
        scorer=(run.scorer_version, run.feature_version),
        length=len(entries),
        abstained=stored.abstained is not None,
        keeps_unlisted=stored.unlisted is not None,
        standings=standings | _unlisted(stored.unlisted, len(entries)),
    )


def _shown(entry: MatchListEntry) -> Standing:
    document = orjson.loads(entry.document)
    return Standing(
        rank=entry.rank,
        score=entry.reciprocal_score,
        text_version=entry.solution_text_version_id,
        placed=document.get("placed"),
        is_discovery=document.get("discovery", False),  # which older lists do not say
        weighed={
            (side, found["feature"]): found["contribution"]
            for side in _SIDES
            for found in document["sides"][side]["contributions"]
        },
    )


def _unlisted(stored: bytes | None, length: int) -> dict[UUID, Standing]:
    kept: dict[str, Any] = orjson.loads(stored) if stored else {"ruled_out": {}, "behind": []}
    out = {
        UUID(solution): Standing(rule=rule)
        for rule, solutions in kept["ruled_out"].items()
        for solution in solutions
    }
    behind = {
        UUID(solution): Standing(rank=rank, score=score, text_version=UUID(text_version))
        for rank, (solution, score, text_version) in enumerate(kept["behind"], length + 1)
    }
    return out | behind
