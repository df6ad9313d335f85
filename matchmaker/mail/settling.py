"""What a person decides about a mail that failed, or of which nobody knows whether it arrived."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tables import Mail

_IN_DOUBT = ("uncertain", "failed")


def mails_in_doubt(session: Session, office_id: UUID) -> list[Mail]:
    """The office's uncertain and failed mails, the oldest first."""
    query = select(Mail).where(Mail.owner_office_id == office_id, Mail.state.in_(_IN_DOUBT))
    return list(session.scalars(query.order_by(Mail.state_since)))


def settle_mail(
    session: Session, office_id: UUID, mail_id: UUID, *, again: bool, actor: str
) -> Mail:
    """Send an uncertain or failed mail again, or let it rest.

    Raises
    ------
    NotFoundError
        The office has no such mail.
    ConflictError
        Nothing is left to decide about it.
    """
    mail = session.get(Mail, mail_id, with_for_update=True, populate_existing=True)
    if mail is None or mail.owner_office_id != office_id:
        raise NotFoundError(f"There is no mail with the id {mail_id}.")
    if mail.state not in _IN_DOUBT:
        raise ConflictError(f"This mail is {mail.state}; there is nothing to decide about it.")
    mail.state, mail.state_since = ("waiting" if again else "settled"), now()
    mail.due_at, mail.attempts = now(), 0
    session.flush()
    ledger.record(
        session,
        office_id,
        "send_mail_again" if again else "let_mail_rest",
        actor=actor,
        subject_id=mail.id,
        changes_profiles=False,
    )
    return mail
