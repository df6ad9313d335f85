"""Who gets in, for how long, and how a session is taken back."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from matchmaker import ledger
from matchmaker.accounts import (
    confirm_second_factor,
    create_officer,
    disable_officer,
    end_every_session,
    end_session,
    find_visitor,
    log_in,
    new_secret,
    set_password,
)
from matchmaker.database import SessionFactory, now
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.tables import LedgerEntry, LoginSession, Office, Officer
from tests.factories import add_office

PASSWORD = "ein langes Passwort"
LASTS = timedelta(hours=12)


@pytest.fixture
def office(session: Session) -> Office:
    return add_office(session)


@pytest.fixture
def eva(session: Session, office: Office) -> Officer:
    return create_officer(
        session, office.id, email="Eva@Amt.example", name="Eva Muster", role="officer",
        password=PASSWORD, actor="test",
    )  # fmt: skip


Enter = Callable[..., str | None]


@pytest.fixture
def enter(session: Session, session_factory: SessionFactory) -> Enter:
    """Log in, as a request of its own."""

    def call(email: str, password: str = PASSWORD, code: str = "") -> str | None:
        session.commit()
        token = log_in(session_factory, email, password, code, LASTS)
        session.expire_all()
        return token

    return call


def get_in(enter: Enter, password: str = PASSWORD, code: str = "") -> str:
    token = enter(" EVA@amt.example", password, code)
    assert token is not None
    return token


def test_the_right_password_opens_a_session(session: Session, enter: Enter, eva: Officer) -> None:
    visitor = find_visitor(session, get_in(enter))

    assert visitor is not None
    assert (visitor.office_id, visitor.role, visitor.name) == (
        eva.office_id, "officer", "Eva Muster",
    )  # fmt: skip
    assert eva.password_hash is not None
    assert eva.password_hash.startswith("$argon2id$")
    assert PASSWORD not in session.scalars(select(LoginSession.token_hash)).one()


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("eva@amt.example", "falsch"),
        ("eva@amt.example", ""),
        ("eva@amt.example", PASSWORD + " "),
        ("nobody@amt.example", PASSWORD),
        ("", ""),
        ("eva@amt.example", "x" * 100_000),
    ],
)
def test_anything_else_opens_nothing(
    session: Session, enter: Enter, eva: Officer, email: str, password: str
) -> None:
    assert enter(email, password, "") is None
    assert session.scalars(select(LoginSession)).all() == []


def test_a_session_ends_by_time_by_idleness_by_logging_out_and_by_revocation(
    session: Session, enter: Enter, eva: Officer
) -> None:
    for column, value in (
        (LoginSession.expires_at, now() - timedelta(seconds=1)),
        (LoginSession.last_seen_at, now() - timedelta(hours=2, seconds=1)),
    ):
        token = get_in(enter)
        session.execute(update(LoginSession).values({column: value}))
        assert find_visitor(session, token) is None
    token, other = get_in(enter), get_in(enter)
    visitor = find_visitor(session, token)
    assert visitor is not None
    end_session(session, visitor)
    assert find_visitor(session, token) is None
    assert find_visitor(session, other) is not None
    end_every_session(session, visitor)
    assert find_visitor(session, other) is None


def test_another_password_and_a_closed_account_log_out_everywhere(
    session: Session, enter: Enter, office: Office, eva: Officer
) -> None:
    token = get_in(enter)
    set_password(session, eva, "ein anderes langes", actor="test")
    assert find_visitor(session, token) is None
    assert enter(eva.email, PASSWORD, "") is None

    token = get_in(enter, "ein anderes langes")
    disable_officer(session, office.id, "eva@amt.example", actor="test")
    assert find_visitor(session, token) is None
    assert enter(eva.email, "ein anderes langes", "") is None
    with pytest.raises(NotFoundError):
        disable_officer(session, add_office(session).id, "eva@amt.example", actor="test")


def test_a_second_factor_is_demanded_and_no_code_works_twice(
    session: Session, enter: Enter, eva: Officer
) -> None:
    secret = new_secret()
    totp = pyotp.TOTP(secret)
    step = int(now().timestamp()) // 30
    assert not confirm_second_factor(session, eva, secret, "000000x")
    assert not confirm_second_factor(session, eva, secret.lower(), totp.at(step * 30))
    assert confirm_second_factor(session, eva, secret, totp.at((step - 1) * 30))

    assert enter(eva.email, PASSWORD, "") is None
    assert enter(eva.email, PASSWORD, totp.at((step - 1) * 30)) is None
    assert enter(eva.email, PASSWORD, totp.at((step - 5) * 30)) is None
    code = totp.at((step + 1) * 30)
    assert enter(eva.email, "falsch", code) is None
    get_in(enter, code=f"{code[:3]} {code[3:]}")
    assert enter(eva.email, PASSWORD, code) is None


def test_an_account_needs_an_address_a_role_and_a_long_password(
    session: Session, office: Office, eva: Officer
) -> None:
    def create(**changes: str) -> None:
        given = {"email": "neu@amt.example", "name": "Neu", "role": "officer"}
        create_officer(
            session, office.id, **{**given, "password": PASSWORD, "actor": "test", **changes}
        )

    for changes, wrong in (
        ({"email": "neu"}, "e-mail"),
        ({"role": "king"}, "role"),
        ({"password": "zu kurz"}, "password"),
        ({"password": "x" * 201}, "password"),
    ):
        with pytest.raises(InvalidInputError, match=wrong):
            create(**changes)
    with pytest.raises(ConflictError, match=r"eva@amt\.example"):
        create(email="EVA@amt.example")


def test_every_step_stands_in_the_ledger(
    session: Session, enter: Enter, office: Office, eva: Officer
) -> None:
    visitor = find_visitor(session, get_in(enter))
    assert visitor is not None
    end_session(session, visitor)
    end_every_session(session, visitor)

    actions = session.scalars(
        select(LedgerEntry.action)
        .where(LedgerEntry.owner_office_id == office.id)
        .order_by(LedgerEntry.id)
    ).all()
    assert actions[-4:] == ["create_account", "log_in", "log_out", "log_out_everywhere"]
    assert ledger.altered_lines(session, office.id) == []


def test_outside_of_tests_a_password_costs_what_is_recommended() -> None:
    code = "from matchmaker.accounts.passwords import hash_password as h; print(h('x' * 12))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
