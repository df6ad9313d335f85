"""The startup form: what it asks, what its sender agrees to, and more than one solution."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.errors import NotFoundError
from matchmaker.tables import Submission
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Filled, PostedForm, fill, typed
from matchmaker.web.pages.form_routes import draft_of, route_form
from matchmaker.web.pages.public_form import (
    KEEP_AND_CHECK,
    CheckPage,
    FormWords,
    PublicForm,
    Step,
    StepPage,
    to,
)
from matchmaker.web.pages.showing import page_route, show
from matchmaker.web.pages.startup_fields import CONTACT, FIRM, SOLUTION, TERMS
from matchmaker.web.pages.startup_view import ProfileView

router = APIRouter()

# What the sender agrees to, by the purpose of the consent; shown above the button.
MATCHING = "I want our profile to be compared with the needs of firms."
PASSING = "Our profile may be shown to fitting firms, without our name and our contact."
MORE_HEADING = "Another solution"
NEW = "new"
MOST_SOLUTIONS = 10


@dataclass(frozen=True, slots=True)
class StartupCheckPage(CheckPage):
    """The answers, with the way to another solution, and the profile as firms see it."""

    template: ClassVar[str] = "startup/check.html"

    @property
    def profile(self) -> ProfileView:
        """The answers, ready to be shown."""
        return ProfileView(self.answers)

    @property
    def may_add(self) -> bool:
        """Whether there is room for another solution."""
        return len(self.profile.solutions) < MOST_SOLUTIONS


@dataclass(frozen=True, slots=True)
class AnotherSolutionPage(StepPage):
    """The questions about one more solution; `key` names it, or is `new`."""

    key: str = NEW

    @property
    def parts(self) -> tuple[str, ...]:
        """The key of the solution."""
        return (self.key,)


STARTUP_FORM = PublicForm(
    kind="startup",
    steps={
        "startup": Step("Your solution", SOLUTION),
        "startup_terms": Step("Working together", TERMS),
        "startup_firm": Step("Your startup", FIRM),
        "startup_contact": Step("Contact", CONTACT),
    },
    check="startup_check",
    sent="startup_sent",
    owner="profile",
    confirm_mail="confirm_startup",
    confirmed_mail="startup_confirmed",
    words=FormWords(
        lead="It takes ten minutes. You need no account, and you can correct everything before "
        "you send it. Only five answers are needed.",
        promise="We send a mail to {address}. Only when you confirm it does your profile become "
        "valid.",
        sent="We have sent you a mail with a link. Open it and confirm your profile there.",
        confirm="Confirm your profile",
        confirmed="This profile is confirmed already",
        done="You need do nothing more. The link to your profile is in our second mail.",
    ),
    agreed=lambda _answers: {"matching": MATCHING, "introduction": PASSING},
    check_page=StartupCheckPage,
)
route_form(router, STARTUP_FORM)


def with_solution(answers: Mapping[str, Any], key: str, one: dict[str, Any]) -> dict[str, Any]:
    """The further solutions of a profile with one added or changed, as an answer to keep.

    Raises
    ------
    NotFoundError
        There is no such solution, or no room for another one.
    """
    more = answers.get("more", {})
    if key == NEW and len(more) + 1 < MOST_SOLUTIONS:
        key = secrets.token_hex(4)
    elif key not in more:
        raise NotFoundError("There is no such solution, or there are ten already.")
    return {"more": {**more, key: one}}


def without_solution(answers: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The further solutions of a profile without one, as an answer to keep."""
    return {"more": {known: one for known, one in answers.get("more", {}).items() if known != key}}


def solution_typed(answers: Mapping[str, Any], key: str) -> Filled:
    """What was typed about a further solution; nothing for a new one.

    Raises
    ------
    NotFoundError
        There is no such solution.
    """
    if key == NEW:
        return Filled()
    if key not in answers.get("more", {}):
        raise NotFoundError("There is no such solution.")
    return typed(SOLUTION, answers["more"][key])


@page_route(router, "startup_more", "{key}")
def read_another(request: Request, session: ReadingSession, key: str) -> Response:
    """Ask about another solution."""
    draft = _begun(request, session)
    if draft is None:
        return to(request, STARTUP_FORM.first)
    return show(request, _another_page(key, solution_typed(draft.answers, key)))


@page_route(router, "startup_more", "{key}", method="POST")
def answer_another(
    request: Request, session: WritingSession, key: str, posted: PostedForm
) -> Response:
    """Keep another solution."""
    draft = _begun(request, session)
    if draft is None:
        return to(request, STARTUP_FORM.first)
    filled = fill(SOLUTION, posted)
    if filled.errors:
        return show(request, _another_page(key, filled), 422)
    submissions.save_answers(session, draft, with_solution(draft.answers, key, filled.answers))
    return to(request, STARTUP_FORM.check)


@page_route(router, "startup_more", "{key}/remove", method="POST")
def remove_another(request: Request, session: WritingSession, key: str) -> Response:
    """Take a solution out again."""
    draft = _begun(request, session)
    if draft is None:
        return to(request, STARTUP_FORM.first)
    submissions.save_answers(session, draft, without_solution(draft.answers, key))
    return to(request, STARTUP_FORM.check)


def _begun(request: Request, session: Session) -> Submission | None:
    return draft_of(request, session, STARTUP_FORM)


def _another_page(key: str, filled: Filled) -> AnotherSolutionPage:
    return AnotherSolutionPage(
        page="startup_more",
        heading=MORE_HEADING,
        fields=SOLUTION,
        filled=filled,
        button=KEEP_AND_CHECK,
        key=key,
    )
