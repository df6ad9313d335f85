"""Holds come into force and are lifted, and with them what a no changed in the need itself."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.feedback.follow_up import JudgedPair
from matchmaker.profiles import NeedChanges, clean_text, update_record
from matchmaker.tables import Event, Hold, Mail, MatchListEntry, Need, Submission
from matchmaker.tandems import CLOSES, in_force

LONGEST_ANSWER = 2_000


def enforce(session: Session, hold: Hold, actor: str) -> None:
    """Let a new hold, or one that was lifted by mistake, do what it does to the need itself."""
    hold.lifted_at = hold.lifted_by = hold.lifted_by_event_id = None
    session.add(hold)
    session.flush()
    if hold.value_set is not None:
        need = session.get_one(Need, hold.need_id)
        present, others = _value(need, hold), _others(session, hold)
        # Several holds on one field share what stood there before the first of them.
        shared = [other.value_before for other in others if other.value_set == present]
        hold.value_before = shared[0] if shared else present
        _set(session, need, hold, hold.value_set, actor)


def get_hold(session: Session, office_id: UUID, hold_id: UUID) -> Hold:
    """The hold, locked for the transaction.

    Raises
    ------
    NotFoundError
        The office has no such hold.
    """
    hold = session.get(Hold, hold_id, with_for_update=True, populate_existing=True)
    if hold is None or hold.owner_office_id != office_id:
        raise NotFoundError(f"There is no hold with the id {hold_id}.")
    return hold


def lift_hold(session: Session, office_id: UUID, hold_id: UUID, *, actor: str) -> Hold:
    """Let a pair be proposed again because somebody says so; lifting twice changes nothing.

    Raises
    ------
    NotFoundError
        The office has no such hold.
    """
    hold = get_hold(session, office_id, hold_id)
    if hold.lifted_at is None:
        _lift(session, hold, actor)
    return hold


def answer_question(
    session: Session, office_id: UUID, hold_id: UUID, answer: str, *, actor: str
) -> Hold:
    """Keep the sentence that a startup gave, and let the pair be proposed again.

    Raises
    ------
    NotFoundError
        The office has no such hold.
    ConflictError
        Nothing was asked, or it is answered already.
    InvalidInputError
        The answer is empty or too long.
    """
    hold = get_hold(session, office_id, hold_id)
    if hold.code != "benefit_unclear" or hold.lifted_at is not None:
        raise ConflictError("This question is not open.")
    sentence = clean_text(answer)
    if not 0 < len(sentence) <= LONGEST_ANSWER:
        raise InvalidInputError("Write down what the startup said.", field="answer")
    hold.answer = sentence
    _lift(session, hold, actor)
    return hold


def lift_of_pair(session: Session, pair: JudgedPair, event: Event, actor: str) -> None:
    """Lift everything that holds this pair back, because the office says that it fits."""
    firm_id = pair.firm.id if pair.firm else None
    on_the_pair = in_force(event.owner_office_id).where(
        or_(
            and_(Hold.need_id == pair.need.id, Hold.solution_id == pair.solution.id),
            and_(
                Hold.sme_party_id == firm_id,
                Hold.startup_party_id == pair.solution.party_id,
            ),
        )
    )
    for hold in session.scalars(on_the_pair).all():
        _lift(session, hold, actor, event)


def replace_older(session: Session, pair: JudgedPair, event: Event, actor: str) -> None:
    """Lift what an older no of the same side on the same pair set: the newer word counts."""
    older = (
        in_force(event.owner_office_id)
        .join(Event, Event.id == Hold.made_by_event_id)
        .join(MatchListEntry, MatchListEntry.id == Event.match_list_entry_id)
        .where(
            MatchListEntry.need_id == pair.need.id,
            MatchListEntry.solution_id == pair.solution.id,
            Event.side.is_not_distinct_from(event.side),
        )
    )
    for hold in session.scalars(older).all():
        _lift(session, hold, actor, event)


def undo(session: Session, withdrawn: Event, event: Event, actor: str) -> None:
    """Take back what followed from a verdict: lift what it set, set what it lifted."""
    made = in_force(event.owner_office_id).where(Hold.made_by_event_id == withdrawn.id)
    for hold in session.scalars(made).all():
        _lift(session, hold, actor, event)
    lifted = select(Hold).where(Hold.lifted_by_event_id == withdrawn.id)
    for hold in session.scalars(lifted.order_by(Hold.created_at, Hold.id)).all():
        enforce(session, hold, actor)


def _lift(session: Session, hold: Hold, actor: str, event: Event | None = None) -> None:
    hold.lifted_at, hold.lifted_by = now(), actor
    hold.lifted_by_event_id = event.id if event else None
    session.flush()
    if hold.value_set is not None:
        _restore(session, hold, actor)
    mail = session.get(Mail, hold.mail_id) if hold.mail_id else None
    if mail is not None and mail.state == "waiting":
        # Nobody needs the answer any more.
        mail.state, mail.state_since = "settled", now()
    ledger.record(
        session,
        hold.owner_office_id,
        "lift_holds",
        actor=actor,
        subject_id=hold.id,
        details={"holds": [str(hold.id)]},
        changes_profiles=False,
    )


def _restore(session: Session, hold: Hold, actor: str) -> None:
    """Give the need back what it was before, unless something else stands there by now."""
    need = session.get_one(Need, hold.need_id)
    if _value(need, hold) != hold.value_set or _is_withdrawn(session, need):
        return
    others = _others(session, hold)
    _set(session, need, hold, others[0].value_set if others else hold.value_before, actor)


def _others(session: Session, hold: Hold) -> Sequence[Hold]:
    """The other holds in force that changed the same field of the need, the newest first."""
    same = in_force(hold.owner_office_id).where(
        Hold.need_id == hold.need_id, Hold.code == hold.code, Hold.id != hold.id
    )
    return session.scalars(same).all()


def _value(need: Need, hold: Hold) -> str | None:
    return need.status if hold.code == CLOSES else need.seat_country


def _set(session: Session, need: Need, hold: Hold, value: str | None, actor: str) -> None:
    field = "status" if hold.code == CLOSES else "seat_country"
    changes = NeedChanges.model_validate({field: value})
    update_record(session, Need, hold.owner_office_id, need.id, changes, actor=actor)


def _is_withdrawn(session: Session, need: Need) -> bool:
    """Whether its owner took the need back: then nobody else opens it again."""
    withdrawn = select(Submission.id).where(
        Submission.need_id == need.id, Submission.state == "withdrawn"
    )
    return session.scalar(withdrawn) is not None
