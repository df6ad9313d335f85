"""Publishing match lists, and reading them back as they were shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.errors import NotFoundError
from matchmaker.profiles import is_visible
from matchmaker.tables import MatchList, MatchListEntry, MatchRun, Need, TextVersion
from matchmaker.tandems.answers import RunVersions, answer, localize
from matchmaker.values import ProposedList


def publish(
    session: Session,
    office_id: UUID,
    lists: Sequence[tuple[ProposedList, str]],
    versions: RunVersions,
    *,
    length: int,
    as_of: datetime,
    actor: str,
) -> tuple[UUID, list[UUID]]:
    """Store the lists of one run, each with its input digest, and make them visible together.

    Returns the id of the run and those of its lists, in order. The caller's transaction
    decides: either all lists appear, or none does.
    """
    run = MatchRun(
        owner_office_id=office_id,
        as_of=as_of,
        encoder_version=versions.encoder,
        encoder_notice=versions.encoder_notice,
        scorer_version=versions.scorer,
        scorer_notice=versions.scorer_notice,
        feature_version=versions.features,
        seed=versions.seed,
        created_at=as_of,
        published_at=as_of,
    )
    session.add(run)
    session.flush()
    list_ids = [
        _store(session, run, proposed, input_digest, length) for proposed, input_digest in lists
    ]
    ledger.record(
        session,
        office_id,
        "publish_match_lists",
        actor=actor,
        subject_id=run.id,
        details={"lists": len(lists), "scorer": versions.scorer, "encoder": versions.encoder},
        changes_profiles=False,
    )
    return run.id, list_ids


def _store(
    session: Session, run: MatchRun, proposed: ProposedList, input_digest: str, length: int
) -> UUID:
    stored = MatchList(
        match_run_id=run.id,
        need_id=proposed.need.id,
        need_text_version_id=proposed.need.text.version_id,
        considered=proposed.considered,
        excluded=dict(proposed.excluded),
        abstained=None if proposed.abstained is None else list(proposed.abstained),
        length=length,
        input_digest=input_digest,
        notice=proposed.notice,
        unlisted=orjson.dumps(proposed.unlisted),
        created_at=run.as_of,
    )
    session.add(stored)
    session.flush()
    session.add_all(
        MatchListEntry(
            match_list_id=stored.id,
            need_id=proposed.need.id,
            solution_id=proposal.solution_id,
            solution_text_version_id=proposal.solution_text_version_id,
            rank=proposal.rank,
            sme_preference=proposal.sme_preference,
            startup_preference=proposal.startup_preference,
            reciprocal_score=proposal.reciprocal_score,
            match_probability=proposal.match_probability,
            exposure_propensity=proposal.exposure_propensity,
            document=orjson.dumps(proposal.document),
        )
        for proposal in proposed.proposals
    )
    session.flush()
    return stored.id


def find_newest_list(session: Session, office_id: UUID, need_id: UUID) -> MatchList | None:
    """The list that was published last for a need by this office; None if there is none."""
    return session.scalar(
        select(MatchList)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .where(
            MatchRun.owner_office_id == office_id,
            MatchRun.published_at.is_not(None),
            MatchList.need_id == need_id,
        )
        .order_by(MatchList.created_at.desc(), MatchList.id)
        .limit(1)
    )


def get_list_of_entry(session: Session, office_id: UUID, entry_id: UUID) -> MatchList:
    """The list that an entry stands in.

    Raises
    ------
    NotFoundError
        There is no such entry, or another office made its list.
    """
    found = session.scalar(
        select(MatchList)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .join(MatchListEntry, MatchListEntry.match_list_id == MatchList.id)
        .where(MatchListEntry.id == entry_id, MatchRun.owner_office_id == office_id)
    )
    if found is None:
        raise NotFoundError(f"There is no list entry with the id {entry_id}.")
    return found


def find_newest_answer(
    session: Session, office_id: UUID, need_id: UUID, language: str, top: int | None = None
) -> dict[str, Any] | None:
    """The list that was published last for a need, as `read_list` gives it; None without one."""
    newest = find_newest_list(session, office_id, need_id)
    return None if newest is None else read_list(session, office_id, newest.id, language, top)


def read_list(
    session: Session, office_id: UUID, list_id: UUID, language: str, top: int | None = None
) -> dict[str, Any]:
    """A stored list as the answer of `contract.md`; reading it again gives the same bytes.

    Raises
    ------
    NotFoundError
        There is no such list, or another office made it.
    """
    header = session.execute(
        select(MatchList, MatchRun, Need)
        .join(MatchRun, MatchRun.id == MatchList.match_run_id)
        .join(Need, Need.id == MatchList.need_id)
        .where(MatchList.id == list_id, MatchRun.owner_office_id == office_id)
        .where(is_visible(Need, office_id))
    ).one_or_none()
    if header is None:
        raise NotFoundError(f"There is no match list with the id {list_id}.")
    stored, run, need = header
    entries = session.scalars(
        select(MatchListEntry)
        .where(MatchListEntry.match_list_id == list_id)
        .order_by(MatchListEntry.rank)
        .limit(top)
    ).all()
    versions = {stored.need_text_version_id, *(e.solution_text_version_id for e in entries)}
    results = [
        localize(orjson.loads(entry.document), language) | {"list_entry": str(entry.id)}
        for entry in entries
    ]
    return answer(
        need={
            "id": str(need.id),
            "external_id": need.external_id,
            "title": need.title,
            "status": need.status,
            "text_version": str(stored.need_text_version_id),
        },
        list_id=stored.id,
        run_id=run.id,
        generated_at=run.as_of,
        versions=RunVersions(
            run.encoder_version,
            stored.notice or run.encoder_notice,
            run.scorer_version,
            run.scorer_notice,
            run.feature_version,
            run.seed,
        ),
        considered=stored.considered,
        excluded=stored.excluded,
        abstained=stored.abstained,
        results=results,
        texts=_texts(session, versions),
    )


def _texts(session: Session, versions: set[UUID]) -> dict[str, str]:
    rows = select(TextVersion.id, TextVersion.text).where(TextVersion.id.in_(versions))
    return {str(version_id): text for version_id, text in session.execute(rows)}
