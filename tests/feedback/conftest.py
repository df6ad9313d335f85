"""An office with a proposal, and a hand that takes steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from matchmaker.feedback import get_history, move_tandem, record_event
from matchmaker.tables import Event, MatchListEntry, Office, Tandem
from tests.factories import add_entry, add_need, add_office, add_solution
from tests.feedback.judge import Officer
from tests.tandems.conftest import Region, region

__all__ = ["region"]

Step = Callable[..., Event]


@pytest.fixture
def office(session: Session) -> Office:
    return add_office(session)


@pytest.fixture
def entry(session: Session, office: Office) -> MatchListEntry:
    """The only row of a published list."""
    need, solution = add_need(session, office.id), add_solution(session, office.id)
    return add_entry(session, office.id, need, solution)


@pytest.fixture
def begin(session: Session, office: Office, entry: MatchListEntry) -> Step:
    """Record an event about the proposal."""

    def begin(kind: str = "proposed", **fields: Any) -> Event:
        stated = {"list_entry_id": entry.id, "origin": "cli", "actor": "test", "kind": kind}
        return record_event(session, office.id, **(stated | fields))

    return begin


@pytest.fixture
def tandem(session: Session, begin: Step) -> Tandem:
    return session.get_one(Tandem, begin().tandem_id)


@pytest.fixture
def move(session: Session, office: Office, tandem: Tandem) -> Step:
    """Lead the tandem on, as somebody who has just looked at it."""

    def move(to: str, **fields: Any) -> Event:
        stated = {"version": tandem.version, "origin": "desk", "actor": "test"}
        return move_tandem(session, office.id, tandem.id, to=to, **(stated | fields))

    return move


@pytest.fixture
def officer(region: Region) -> Officer:
    found = Officer(region, region.matching())
    assert found.names()[0] == "Camera"
    return found


def stages_say(session: Session, office_id: UUID, tandem_id: UUID) -> str:
    """The stage as the stored events say it."""
    session.expire_all()
    standing = get_history(session, office_id, tandem_id).standing
    return standing[-1].stage if standing else "proposed"
