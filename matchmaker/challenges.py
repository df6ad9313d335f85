"""Tasks for browsers: work that one sender does not notice and a thousand sendings cost dearly.

The task and its check are ALTCHA's. Its library accepts one solution as often as it comes, so
every task that was solved is kept until it expires, and is accepted once.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.tables import ChallengeKey, SpentChallenge

_ALGORITHM = "PBKDF2/SHA-256"
# A try takes a browser a millisecond or two, and one of 256 tries succeeds.
_COST = 5_000
# Somebody may leave the page open for a while; the browser asks for another task in time.
_LIVES = timedelta(hours=1)
_LONGEST_PAYLOAD = 4_000


def new_challenge(session: Session) -> dict[str, Any]:
    """A signed task, as the widget of ALTCHA reads it. Nothing is stored."""
    challenge = create_challenge(
        _ALGORITHM, _COST, expires_at=now() + _LIVES, hmac_secret=_key(session)
    )
    document: dict[str, Any] = challenge.to_dict()
    return document


def accept(session: Session, payload: str) -> bool:
    """Whether `payload` solves a task of ours for the first time; from then on it is spent.

    It is spent in the caller's transaction: what fails may be tried again.
    """
    if len(payload) > _LONGEST_PAYLOAD:
        return False
    if not verify_solution(payload, _key(session)).verified:
        return False
    challenge = Payload.from_base64(payload).challenge
    expires_at = datetime.fromtimestamp(challenge.parameters.expires_at or 0, UTC)
    try:
        with session.begin_nested():
            session.add(SpentChallenge(signature=challenge.signature, expires_at=expires_at))
    except IntegrityError:
        return False
    return True


def forget_expired(session: Session, as_of: datetime) -> None:
    """Forget spent tasks that nobody could use again."""
    session.execute(delete(SpentChallenge).where(SpentChallenge.expires_at < as_of))


def _key(session: Session) -> bytes:
    return session.scalars(select(ChallengeKey.value)).one()
