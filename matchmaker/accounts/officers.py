"""Making, changing and closing accounts."""

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.accounts.passwords import hash_password
from matchmaker.accounts.sessions import revoke_sessions
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.mail import mail_address
from matchmaker.tables import ROLES, Officer


def create_officer(
    session: Session,
    office_id: UUID,
    *,
    email: str,
    name: str,
    role: str,
    password: str,
    actor: str,
) -> Officer:
    """A new account.

    Raises
    ------
    InvalidInputError
        The address, the role or the password cannot be used.
    ConflictError
        The address has an account already.
    """
    if role not in ROLES:
        raise InvalidInputError(f"The role must be one of {', '.join(ROLES)}.", field="role")
    address = mail_address(email).lower()
    if session.scalar(select(Officer.id).where(Officer.email == address)) is not None:
        raise ConflictError(f"There is an account for {address} already.")
    officer = Officer(
        office_id=office_id,
        email=address,
        name=" ".join(name.split())[:200] or address,
        role=role,
        password_hash=hash_password(password),
    )
    session.add(officer)
    session.flush()
    _note(session, officer, "create_account", actor)
    return officer


def open_account(session: Session, office_id: UUID, email: str, *, actor: str) -> str:
    """Make the account, or give it another password; returns the password, drawn at random."""
    password = secrets.token_urlsafe(12)
    known = session.scalar(
        select(Officer).where(Officer.office_id == office_id, Officer.email == email)
    )
    if known is None:
        create_officer(
            session,
            office_id,
            email=email,
            name=email,
            role="officer",
            password=password,
            actor=actor,
        )
    else:
        set_password(session, known, password, actor=actor)
    return password


def set_password(session: Session, officer: Officer, password: str, *, actor: str) -> None:
    """Give the account another password and log it out everywhere."""
    officer.password_hash = hash_password(password)
    revoke_sessions(session, officer.id)
    session.flush()
    _note(session, officer, "set_password", actor)


def disable_officer(session: Session, office_id: UUID, email: str, *, actor: str) -> None:
    """Close the account; what its owner did stays in the ledger.

    Raises
    ------
    NotFoundError
        The office has no such account.
    """
    officer = session.scalar(
        select(Officer).where(Officer.office_id == office_id, Officer.email == email.lower())
    )
    if officer is None:
        raise NotFoundError(f"There is no account for {email}.")
    officer.is_active = False
    revoke_sessions(session, officer.id)
    session.flush()
    _note(session, officer, "disable_account", actor)


def _note(session: Session, officer: Officer, action: str, actor: str) -> None:
    ledger.record(
        session,
        officer.office_id,
        action,
        actor=actor,
        subject_id=officer.id,
        changes_profiles=False,
    )
