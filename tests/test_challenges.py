"""Proof of work: solved once, accepted once."""

import base64
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from altcha import create_challenge
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from matchmaker.challenges import accept, forget_expired, new_challenge
from matchmaker.database import SessionFactory, now, open_engine, open_sessions, transaction
from matchmaker.tables import ChallengeKey, SpentChallenge
from tests.web.visitor import solution


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SpentChallenge)) or 0


def rewritten(payload: str, **changes: Any) -> str:
    """The payload with parameters of its task changed, in the same form."""
    document = json.loads(base64.b64decode(payload))
    document["challenge"]["parameters"] |= changes
    return base64.b64encode(json.dumps(document).encode()).decode()


def test_a_solution_is_accepted_once_however_it_is_written(session: Session) -> None:
    payload = solution(new_challenge(session))
    document = json.loads(base64.b64decode(payload))
    otherwise = base64.b64encode(json.dumps(document, indent=3).encode()).decode()

    assert accept(session, payload)
    assert not accept(session, payload)
    assert not accept(session, otherwise)
    assert not accept(session, payload[:10] + "\n" + payload[10:])
    assert count(session) == 1


def test_a_solution_of_a_task_that_is_not_ours_is_refused(session: Session) -> None:
    forged = create_challenge(
        "PBKDF2/SHA-256", 1, expires_at=now() + timedelta(hours=1), hmac_secret=b"another"
    )
    unsigned = create_challenge("PBKDF2/SHA-256", 1)
    payload = solution(new_challenge(session))

    assert not accept(session, solution(forged.to_dict()))
    assert not accept(session, solution(unsigned.to_dict()))
    assert not accept(session, rewritten(payload, cost=1))
    assert not accept(session, rewritten(payload, keyPrefix=""))
    assert not accept(session, rewritten(payload, expiresAt=4_000_000_000))
    assert count(session) == 0


def test_a_task_that_was_not_solved_is_refused(session: Session) -> None:
    document = json.loads(base64.b64decode(solution(new_challenge(session))))
    document["solution"]["counter"] += 1

    assert not accept(session, base64.b64encode(json.dumps(document).encode()).decode())


def test_an_expired_task_is_refused_and_a_spent_one_is_forgotten_only_then(
    session: Session,
) -> None:
    key = session.scalars(select(ChallengeKey.value)).one()
    expired = create_challenge(
        "PBKDF2/SHA-256", 1, expires_at=now() - timedelta(seconds=2), hmac_secret=key
    )
    assert not accept(session, solution(expired.to_dict()))

    payload = solution(new_challenge(session))
    assert accept(session, payload)
    forget_expired(session, now() + timedelta(minutes=50))
    assert not accept(session, payload)
    forget_expired(session, now() + timedelta(minutes=70))
    assert count(session) == 0


def test_what_was_spent_in_a_failed_transaction_may_be_tried_again(session: Session) -> None:
    payload = solution(new_challenge(session))
    with session.begin_nested() as attempt:
        assert accept(session, payload)
        attempt.rollback()

    assert accept(session, payload)


def test_of_two_at_once_one_is_accepted(database_url: str) -> None:
    engine = open_engine(database_url)
    factory = open_sessions(engine)
    for _ in range(5):
        with transaction(factory) as session:
            payload = solution(new_challenge(session))
        answers = together(factory, payload)
        assert sorted(answers) == [False, False, False, True]
    engine.dispose()


def together(factory: SessionFactory, payload: str) -> list[bool]:
    """What four senders of one solution are told."""
    answers: list[bool] = []
    start = threading.Barrier(4)

    def send() -> None:
        start.wait()
        with transaction(factory) as session:
            answers.append(accept(session, payload))

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return answers


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["challenge", "solution", "parameters", "signature", "expiresAt", "nonce",
                         "salt", "cost", "algorithm", "counter", "derivedKey", "data"]),
        inner, max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@given(document=JSON, garbage=st.binary(max_size=30))
def test_whatever_is_sent_is_answered(reader: Session, document: object, garbage: bytes) -> None:
    for payload in (
        base64.b64encode(json.dumps(document).encode()).decode(),
        base64.b64encode(garbage).decode(),
        garbage.decode("latin-1"),
        "A" * 10_000,
    ):
        assert not accept(reader, payload)
    reader.rollback()
