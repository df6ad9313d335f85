"""The ledger: a chain of hashes over everything that was done to an office's records."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.tables import LedgerEntry, Office

FIRST_HASH = "0" * 64


def record(
    session: Session,
    office_id: UUID,
    action: str,
    *,
    actor: str,
    subject_id: UUID | None = None,
    details: Mapping[str, Any] | None = None,
    changes_profiles: bool = True,
) -> LedgerEntry:
    """Add a line to the office's chain, in the caller's transaction.

    `changes_profiles` says whether solutions, or the rules about them, may differ from now on:
    what a running server keeps in memory. A need is read anew for each of its lists, so a change
    of one says no, as do events and published lists.
    The office is held until that transaction ends, so two lines never claim the same
    predecessor.
    """
    hold(session, office_id)
    entry = LedgerEntry(
        owner_office_id=office_id,
        happened_at=now(),
        actor=actor,
        action=action,
        subject_id=subject_id,
        details=dict(details or {}),
        changes_profiles=changes_profiles,
        previous_hash=_newest_hash(session, office_id),
    )
    entry.entry_hash = _hash(entry)
    session.add(entry)
    session.flush()
    return entry


def hold(session: Session, office_id: UUID) -> None:
    """Lock the office's row until the transaction ends: whoever else holds it waits, in turn."""
    session.execute(select(Office.id).where(Office.id == office_id).with_for_update(key_share=True))


def altered_lines(session: Session, office_id: UUID) -> list[int]:
    """The ids of lines that do not fit their content or their predecessor; [] is a sound chain.

    A removed last line cannot be seen from the chain alone; its hash has to be kept elsewhere.
    """
    expected, broken = FIRST_HASH, []
    lines = select(LedgerEntry).where(LedgerEntry.owner_office_id == office_id)
    for entry in session.scalars(lines.order_by(LedgerEntry.id)):
        if entry.previous_hash != expected or entry.entry_hash != _hash(entry):
            broken.append(entry.id)
        expected = entry.entry_hash
    return broken


def data_version(session: Session) -> int:
    """A number that grows with every recorded change of profiles, of any office.

    Within an office the lines are committed in the order of their ids, between offices not:
    the newest id of all would hide a change that another office's later one overtook.
    """
    newest = (
        select(func.max(LedgerEntry.id).label("id"))
        .where(LedgerEntry.changes_profiles)
        .group_by(LedgerEntry.owner_office_id)
        .subquery()
    )
    return int(session.scalar(select(func.sum(newest.c.id))) or 0)


def _newest_hash(session: Session, office_id: UUID) -> str:
    newest = (
        select(LedgerEntry.entry_hash)
        .where(LedgerEntry.owner_office_id == office_id)
        .order_by(LedgerEntry.id.desc())
        .limit(1)
    )
    return session.scalar(newest) or FIRST_HASH


def _hash(entry: LedgerEntry) -> str:
    content = [
        entry.previous_hash,
        str(entry.owner_office_id),
        entry.happened_at.isoformat(),
        entry.actor,
        entry.action,
        str(entry.subject_id),
        entry.details,
        entry.changes_profiles,
    ]
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
