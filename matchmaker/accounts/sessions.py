"""Logging in and out: an opaque cookie whose session can be taken back at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.accounts import second_factor
from matchmaker.accounts.passwords import is_password
from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.tables import LoginSession, Officer
from matchmaker.tokens import new_token, token_hash

# Somebody who does nothing for this long is logged out.
IDLE = timedelta(hours=2)
# Seen at most this often, so that reading a page does not write.
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is logged in, and in which session."""

    officer_id: UUID
    office_id: UUID
    name: str
    email: str
    role: str
    session_id: UUID
    last_seen_at: datetime

    @property
    def is_stale(self) -> bool:
        """Whether it should be noted that somebody is still there."""
        return self.last_seen_at < now() - _SEEN_EVERY

    @property
    def actor(self) -> str:
        """The name in the ledger."""
        return f"officer:{self.email}"


def log_in(
    factory: SessionFactory, email: str, password: str, code: str, lasts: timedelta
) -> str | None:
    """The token of a new session that `lasts`; None when address, password or code is wrong.

    The password is checked before the transaction begins: nobody waits for argon2.
    """
    named = (Officer.email == email.strip().lower(), Officer.is_active)
    with reading(factory) as session:
        known = session.scalar(select(Officer.password_hash).where(*named))
    if not is_password(password, known):
        return None
    with transaction(factory) as session:
        officer = session.scalar(
            select(Officer).where(*named, Officer.password_hash == known).with_for_update()
        )
        if officer is None or not second_factor.accepts(officer, code):
            return None
        token, hashed = new_token()
        login = LoginSession(officer_id=officer.id, token_hash=hashed, expires_at=now() + lasts)
        session.add(login)
        session.flush()
        ledger.record(
            session,
            officer.office_id,
            "log_in",
            actor=f"officer:{officer.email}",
            subject_id=login.id,
            changes_profiles=False,
        )
    return token


def find_visitor(session: Session, token: str) -> Visitor | None:
    """Who a cookie belongs to; None when its session has ended in any way."""
    found = session.execute(
        select(LoginSession, Officer)
        .join(Officer, Officer.id == LoginSession.officer_id)
        .where(
            LoginSession.token_hash == token_hash(token),
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now(),
            LoginSession.last_seen_at > now() - IDLE,
            Officer.is_active,
        )
    ).one_or_none()
    if found is None:
        return None
    login, officer = found
    return Visitor(
        officer.id,
        officer.office_id,
        officer.name,
        officer.email,
        officer.role,
        login.id,
        login.last_seen_at,
    )


def keep_alive(session: Session, visitor: Visitor) -> None:
    """Note that somebody is still there."""
    session.execute(
        update(LoginSession).where(LoginSession.id == visitor.session_id).values(last_seen_at=now())
    )


def end_session(session: Session, visitor: Visitor) -> None:
    """Log out in this browser."""
    session.execute(
        update(LoginSession).where(LoginSession.id == visitor.session_id).values(revoked_at=now())
    )
    ledger.record(
        session,
        visitor.office_id,
        "log_out",
        actor=visitor.actor,
        subject_id=visitor.session_id,
        changes_profiles=False,
    )


def end_every_session(session: Session, visitor: Visitor) -> None:
    """Log out in every browser."""
    revoke_sessions(session, visitor.officer_id)
    ledger.record(
        session,
        visitor.office_id,
        "log_out_everywhere",
        actor=visitor.actor,
        subject_id=visitor.officer_id,
        changes_profiles=False,
    )


def revoke_sessions(session: Session, officer_id: UUID) -> None:
    """Log somebody out everywhere."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.officer_id == officer_id, LoginSession.revoked_at.is_(None))
        .values(revoked_at=now())
    )
