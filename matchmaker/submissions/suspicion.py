"""Registrations as the desk sees them, and what it decides about one that may be known already.

The sender learns nothing of it: the pages are the same, whether the firm is known or not.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.profiles import PartyChanges, delete_record, get_record, update_record
from matchmaker.submissions.startup_records import pause_party
from matchmaker.tables import Consent, Contact, Party, Solution, Submission

DECISIONS = ("merge", "keep", "reject")
_NOT_HERE_YET = ("draft", "unconfirmed", "held")
_FILLED_IN = (
    "name",
    "website",
    "postcode",
    "town",
    "country",
    "founded_on",
    "employees",
    "branches",
    "languages",
    "looks_for",
)


def list_registrations(
    session: Session, office_id: UUID, *, brought_by: UUID | None = None
) -> Sequence[Submission]:
    """The office's registrations, those first that wait for a decision, then the newest."""
    query = _confirmed(office_id).order_by(
        Submission.suspected_party_id.is_(None), Submission.confirmed_at.desc(), Submission.id
    )
    if brought_by is not None:
        query = query.where(Submission.brought_by_id == brought_by)
    return session.scalars(query).all()


def get_registration(session: Session, office_id: UUID, submission_id: UUID) -> Submission:
    """One registration of the office, locked for the transaction.

    Raises
    ------
    NotFoundError
        The office has no such registration, or it is not confirmed yet.
    """
    found = session.scalar(
        _confirmed(office_id).where(Submission.id == submission_id).with_for_update()
    )
    if found is None:
        raise NotFoundError(f"There is no registration with the id {submission_id}.")
    return found


def decide(session: Session, registration: Submission, decision: str, *, actor: str) -> None:
    """Merge a suspected registration into the party it repeats, keep both, or reject it.

    Raises
    ------
    InvalidInputError
        There is no such decision.
    ConflictError
        Nothing waits for one, or records refer to the new party that cannot be moved.
    """
    if decision not in DECISIONS:
        raise InvalidInputError(f"The decision must be one of {', '.join(DECISIONS)}.")
    if registration.suspected_party_id is None:
        raise ConflictError("This was decided already, or its owner has withdrawn it.")
    if decision == "merge":
        _merge(session, registration, registration.suspected_party_id, actor)
    if decision == "reject":
        registration.state = "rejected"
    registration.suspected_party_id, registration.updated_at = None, now()
    pause_party(session, registration, registration.state != "confirmed", actor)
    ledger.record(
        session,
        registration.owner_office_id,
        "decide_registration",
        actor=actor,
        subject_id=registration.id,
        details={"decision": decision},
    )


def _merge(session: Session, registration: Submission, known_id: UUID, actor: str) -> None:
    """Give the known party what the new one has, and delete the new one."""
    office_id, new_id = registration.owner_office_id, registration.party_id
    assert new_id is not None  # noqa: S101  # a suspicion is about a party
    known = get_record(session, Party, office_id, known_id)
    new = get_record(session, Party, office_id, new_id)
    stated = {name: _word(new, name) for name in _FILLED_IN if not _word(known, name)}
    update_record(session, Party, office_id, known_id, PartyChanges(**stated), actor=actor)
    for table in (Solution, Contact, Consent, Submission):
        session.execute(update(table).where(table.party_id == new_id).values(party_id=known_id))
    session.execute(
        update(Submission)
        .where(Submission.suspected_party_id == new_id)
        .values(suspected_party_id=known_id)
    )
    session.refresh(registration)
    delete_record(session, Party, office_id, new_id, actor=actor)


def _word(party: Party, name: str) -> Any:
    value = getattr(party, name)
    return value.text if name == "looks_for" and value else value


def _confirmed(office_id: UUID) -> Select[Submission]:
    return select(Submission).where(
        Submission.owner_office_id == office_id,
        Submission.kind == "startup",
        Submission.state.not_in(_NOT_HERE_YET),
    )
