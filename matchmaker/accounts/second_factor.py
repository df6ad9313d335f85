"""A second factor: codes of six digits that an app on a telephone shows (TOTP, RFC 6238)."""

import hmac
import re

import pyotp
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.database import now
from matchmaker.tables import Officer

_ISSUER = "Matchmaker"
_SECRET = re.compile("[A-Z2-7]{32}")
_SECONDS_PER_STEP = 30
# A telephone's clock may be half a minute off.
_STEPS_OFF = (0, -1, 1)


def new_secret() -> str:
    """A secret for an app; nothing is stored before its first code came back."""
    return pyotp.random_base32()


def provisioning_address(email: str, secret: str) -> str:
    """What an app reads the secret from."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def confirm_second_factor(session: Session, officer: Officer, secret: str, code: str) -> bool:
    """Demand codes from now on, if the secret is one of ours and the first code is right."""
    step = _step_of(secret, code) if _SECRET.fullmatch(secret) else None
    if step is None:
        return False
    officer.totp_secret, officer.totp_step = secret, step
    session.flush()
    ledger.record(
        session,
        officer.office_id,
        "set_second_factor",
        actor=f"officer:{officer.email}",
        subject_id=officer.id,
        changes_profiles=False,
    )
    return True


def accepts(officer: Officer, code: str) -> bool:
    """Whether the account demands no code, or this one is right and was not used before."""
    if officer.totp_secret is None:
        return True
    step = _step_of(officer.totp_secret, code)
    if step is None or (officer.totp_step is not None and step <= officer.totp_step):
        return False
    officer.totp_step = step
    return True


def _step_of(secret: str, code: str) -> int | None:
    """The time step that a code belongs to, if it is one of today's."""
    digits = "".join(code.split())
    current = int(now().timestamp()) // _SECONDS_PER_STEP
    totp = pyotp.TOTP(secret)
    for off in _STEPS_OFF:
        expected = totp.at(int((current + off) * _SECONDS_PER_STEP))
        if hmac.compare_digest(expected.encode(), digits.encode(errors="replace")):
            return current + off
    return None
