"""Every page of the desk × what another office keeps to itself: it does not exist."""

import re
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.tables import (
    Attachment,
    Hold,
    MatchList,
    MatchListEntry,
    Need,
    Party,
    SavedFilter,
    Submission,
    Tandem,
    TandemNote,
)
from tests.everything import add_one_of_everything
from tests.web.test_permissions import EXPECTED, german_pages

# What a part of an address names. The parts that open a page by themselves, such as the token of
# a link, are secrets and belong to no office's desk.
SUBMISSION = select(Submission.id)
NAMED = {
    "need_id": select(Need.id),
    "list_id": select(MatchList.id),
    "entry_id": select(MatchListEntry.id),
    "startup_id": select(Party.id).where(Party.kind == "startup"),
    "registration_id": SUBMISSION.where(Submission.kind == "startup"),
    "submission_id": SUBMISSION.where(Submission.kind == "need"),
    "attachment_id": select(Attachment.id),
    "tandem_id": select(Tandem.id),
    "note_id": select(TandemNote.id),
    "hold_id": select(Hold.id),
    "filter_id": select(SavedFilter.id),
}
NO_RECORD = {"reason": "timing", "token": "x", "key": "x", "step": "startup_firm"}


def pages_about_records(app: FastAPI) -> list[tuple[str, str]]:
    return [
        (path, method)
        for path, method in german_pages(app)
        if None not in EXPECTED[path] and re.search(r"{(?!reason|key|step)\w+}", path)
    ]


@pytest.fixture
def foreign(session: Session) -> dict[str, UUID]:
    """What another office has, by the part of an address that names it."""
    other = add_one_of_everything(session)
    session.commit()
    found = {}
    for part, query in NAMED.items():
        table = query.column_descriptions[0]["entity"]
        # The other tables have rows of this office only.
        if hasattr(table, "owner_office_id"):
            query = query.where(table.owner_office_id == other.id)
        (found[part],) = session.scalars(query)
    return found


def fill_in(path: str, ids: dict[str, UUID]) -> str:
    def value(match: re.Match[str]) -> str:
        part = match[1]
        return NO_RECORD[part] if part in NO_RECORD else str(ids[part])

    return re.sub(r"{(\w+)}", value, path)


def test_every_part_of_an_address_is_decided(desk: TestClient) -> None:
    app = desk.app
    assert isinstance(app, FastAPI)
    parts = {part for path, _ in german_pages(app) for part in re.findall(r"{(\w+)}", path)}
    assert parts == set(NAMED) | set(NO_RECORD)
    assert len(pages_about_records(app)) >= 30


def test_what_another_office_keeps_to_itself_does_not_exist(
    desk: TestClient, foreign: dict[str, UUID]
) -> None:
    app = desk.app
    assert isinstance(app, FastAPI)
    nobodys = dict.fromkeys(NAMED, uuid4())
    for path, method in pages_about_records(app):
        there = desk.request(method, fill_in(path, foreign), follow_redirects=False)
        nowhere = desk.request(method, fill_in(path, nobodys), follow_redirects=False)
        # An empty form may be refused before anything is looked up: then for both alike.
        refused = {404} if method == "GET" else {404, 422}
        assert there.status_code in refused, (method, path, there.status_code)
        assert told(there, foreign) == told(nowhere, nobodys), (method, path)


def told(answer: Response, ids: dict[str, UUID]) -> tuple[int, str]:
    """An answer without the ids that it was asked for."""
    text = answer.text
    for one in ids.values():
        text = text.replace(str(one), "")
    return answer.status_code, text
