"""The startups that registered, and what the desk decides about one that may be known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.errors import ConflictError
from matchmaker.tables import Officer, Party, Submission
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import PostedForm
from matchmaker.web.pages.public_form import Step, to
from matchmaker.web.pages.showing import CurrentVisitor, page_route, show
from matchmaker.web.pages.startup_form import STARTUP_FORM
from matchmaker.web.pages.startup_view import ProfileView
from matchmaker.web.rendering import Page

router = APIRouter()

STATES = {
    "confirmed": "takes part",
    "suspected": "may be known already",
    "paused": "paused by its owner",
    "rests": "rests: two yearly questions without an answer",
    "rejected": "rejected by us",
    "withdrawn": "withdrawn by its owner",
}
NOT_DECIDED = (
    "That could not be done. Either somebody decided in the meantime, or records refer to the "
    "new profile; then keep both."
)


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """One registration; `name` is None once its owner had it deleted."""

    id: UUID
    name: str | None
    state: str
    came_at: datetime | None
    suspected: str | None
    brought_by: str | None


@dataclass(frozen=True, slots=True)
class RegistrationsPage(Page):
    """Every registration, those first that wait for a decision."""

    template: ClassVar[str] = "desk/registrations.html"
    name: ClassVar[str | None] = "registrations"

    rows: Sequence[RegistrationRow]


@dataclass(frozen=True, slots=True)
class RegistrationPage(Page):
    """One registration with all of its answers. `known` is the party that it may repeat."""

    template: ClassVar[str] = "desk/registration.html"
    name: ClassVar[str | None] = "registrations"

    row: RegistrationRow
    profile: ProfileView
    known: Party | None
    problem: str | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The id of the registration."""
        return (str(self.row.id),)

    @property
    def steps(self) -> Sequence[Step]:
        """The questions, without those about the solutions."""
        return list(STARTUP_FORM.steps.values())[1:]


@page_route(router, "registrations")
def read_registrations(
    request: Request, session: ReadingSession, visitor: CurrentVisitor
) -> Response:
    """Show every registration of the office."""
    found = submissions.list_registrations(session, visitor.office_id)
    return show(request, RegistrationsPage(registration_rows(session, found)))


@page_route(router, "registrations", "{registration_id}")
def read_registration(
    request: Request, session: ReadingSession, visitor: CurrentVisitor, registration_id: UUID
) -> Response:
    """Show one registration."""
    found = submissions.get_registration(session, visitor.office_id, registration_id)
    return show(request, _page(session, found))


@page_route(router, "registrations", "{registration_id}/decide", method="POST")
def decide(
    request: Request,
    session: WritingSession,
    visitor: CurrentVisitor,
    registration_id: UUID,
    posted: PostedForm,
) -> Response:
    """Merge, keep or reject a registration that may be known already."""
    found = submissions.get_registration(session, visitor.office_id, registration_id)
    decision = "".join(posted.get("decision", ())[:1])
    try:
        with session.begin_nested():
            submissions.decide(session, found, decision, actor=visitor.actor)
    except ConflictError:
        session.refresh(found)
        return show(request, _page(session, found, NOT_DECIDED), 409)
    return to(request, "registrations", str(registration_id))


def registration_rows(session: Session, found: Sequence[Submission]) -> list[RegistrationRow]:
    """What a table of registrations shows."""
    suspected = {one.suspected_party_id for one in found} - {None}
    parties = select(Party.id, Party.name).where(Party.id.in_(suspected))
    names: dict[UUID | None, str | None] = {row[0]: row[1] for row in session.execute(parties)}
    partners = {one.brought_by_id for one in found} - {None}
    officers = select(Officer.id, Officer.name).where(Officer.id.in_(partners))
    people: dict[UUID | None, str] = {row[0]: row[1] for row in session.execute(officers)}
    return [
        RegistrationRow(
            id=one.id,
            name=one.answers.get("company"),
            state=STATES["suspected" if one.suspected_party_id else one.state],
            came_at=one.confirmed_at,
            suspected=names.get(one.suspected_party_id),
            brought_by=people.get(one.brought_by_id),
        )
        for one in found
    ]


def _page(session: Session, found: Submission, problem: str | None = None) -> RegistrationPage:
    known_id = found.suspected_party_id
    known = session.get_one(Party, known_id) if known_id else None
    [row] = registration_rows(session, [found])
    return RegistrationPage(row, ProfileView(found.answers), known, problem)
