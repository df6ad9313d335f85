"""API tokens: how they are made, checked and taken back."""

import secrets
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now, reading
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.tables import ApiToken
from matchmaker.tokens import token_hash
from matchmaker.web.problems import UnauthorizedError

_PREFIX = "mm_"
_LONGEST_LABEL = 80
_bearer = HTTPBearer(auto_error=False, description="An API token: `Bearer mm_…`")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: an office, through the token with this label."""

    office_id: UUID
    label: str

    @property
    def actor(self) -> str:
        """The caller's name in the ledger."""
        return f"api:{self.label}"


def issue_token(session: Session, office_id: UUID, label: str, *, actor: str = "cli") -> str:
    """Make a token of 256 random bits; it is returned once and only its hash is stored.

    Raises
    ------
    InvalidInputError
        The label is empty, longer than 80 characters, or not printable.
    ConflictError
        The office has a valid token of this label.
    """
    label = " ".join(label.split())
    if not 0 < len(label) <= _LONGEST_LABEL or not label.isprintable():
        raise InvalidInputError(
            f"The label needs 1 to {_LONGEST_LABEL} printable characters.", field="label"
        )
    if _find_valid(session, office_id, label) is not None:
        raise ConflictError(f"There is a token named {label} already; revoke it first.")
    token = _PREFIX + secrets.token_urlsafe(32)
    stored = ApiToken(office_id=office_id, token_hash=token_hash(token), label=label)
    session.add(stored)
    session.flush()
    ledger.record(
        session,
        office_id,
        "issue_token",
        actor=actor,
        subject_id=stored.id,
        details={"label": label},
        changes_profiles=False,
    )
    return token


def revoke_token(session: Session, office_id: UUID, label: str, *, actor: str = "cli") -> None:
    """Make the office's token of this label open nothing any more.

    Raises
    ------
    NotFoundError
        The office has no valid token of this label.
    """
    stored = _find_valid(session, office_id, label)
    if stored is None:
        raise NotFoundError(f"There is no valid token named {label}.")
    stored.revoked_at = now()
    session.flush()
    ledger.record(
        session,
        office_id,
        "revoke_token",
        actor=actor,
        subject_id=stored.id,
        details={"label": label},
        changes_profiles=False,
    )


def authenticate(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    """Return who asks.

    Raises
    ------
    UnauthorizedError
        There is no token, or it is unknown or revoked.
    """
    if credentials is None:
        raise UnauthorizedError("An API token is needed: send 'Authorization: Bearer mm_…'.")
    with reading(request.app.state.factory) as session:
        found = session.execute(
            select(ApiToken.office_id, ApiToken.label).where(
                ApiToken.token_hash == token_hash(credentials.credentials),
                ApiToken.revoked_at.is_(None),
            )
        ).one_or_none()
    if found is None:
        raise UnauthorizedError("This API token is unknown or was revoked.")
    return Caller(found.office_id, found.label)


def _find_valid(session: Session, office_id: UUID, label: str) -> ApiToken | None:
    return session.scalar(
        select(ApiToken).where(
            ApiToken.office_id == office_id,
            ApiToken.label == label,
            ApiToken.revoked_at.is_(None),
        )
    )
