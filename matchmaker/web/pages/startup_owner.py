"""The page of the owner of a profile, behind the link of the second mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.errors import NotFoundError
from matchmaker.submissions import Proposed
from matchmaker.tables import Submission
from matchmaker.web.addresses import language_of
from matchmaker.web.dependencies import Engines, ReadingSession, WritingSession
from matchmaker.web.forms import Filled, PostedForm, fill, typed
from matchmaker.web.pages.advice import Advice, advice_for_owner
from matchmaker.web.pages.by_link import TokenPage, owned, take_along
from matchmaker.web.pages.public_form import Step, StepPage, to
from matchmaker.web.pages.showing import page_route, show
from matchmaker.web.pages.startup_fields import PERSON, SOLUTION
from matchmaker.web.pages.startup_form import (
    MORE_HEADING,
    STARTUP_FORM,
    solution_typed,
    with_solution,
    without_solution,
)
from matchmaker.web.pages.startup_view import ProfileView
from matchmaker.web.pages.verdicts import REASON_WORDS

router = APIRouter()

HEADINGS = {
    "held": "Your profile",
    "confirmed": "Your profile",
    "paused": "Your profile is paused",
    "rests": "Your profile rests",
    "rejected": "Your profile takes part in nothing",
    "withdrawn": "Your profile is withdrawn",
    "erased": "Your data is deleted",
}
STATES = {
    "held": "Your profile has reached us. A person from our office looks at it first, because it "
    "came without the check in the browser. Then it takes part.",
    "confirmed": "Your profile has reached us. If our office has no question about it, it is "
    "compared with every need from then on. When it fits, we get in touch with you.",
    "paused": "You have paused it: it is in no new list until you go on.",
    "rests": "We have asked you twice whether everything is still right, and have heard nothing. "
    "So your profile is in no new list. Look through it and let it take part again.",
    "rejected": "Our office has not taken your profile up. Please ask us; the contact stands "
    "below.",
    "withdrawn": "Your profile takes part in nothing any more.",
}
KEEP = "Keep"
# The steps of the form by the words in the address; the mail address itself stays, because the
# links to this page go there.
EDITABLE = {
    page: Step(step.heading, PERSON if page == "startup_contact" else step.fields)
    for page, step in STARTUP_FORM.steps.items()
}


@dataclass(frozen=True, slots=True)
class OwnerPage(TokenPage):
    """What became of a profile, and all that its owner can do with it.

    `advice` is what would help the profile; None where nobody asked.
    """

    template: ClassVar[str] = "startup/owner.html"
    name: ClassVar[str | None] = "profile"

    state: str
    profile: ProfileView
    proposed: Proposed | None
    advice: Sequence[Advice] | None = None
    smallest: int = submissions.SMALLEST_CELL

    @property
    def heading(self) -> str:
        """What became of the profile."""
        return HEADINGS[self.state]

    @property
    def said(self) -> str:
        """The same in a sentence."""
        return STATES[self.state]

    @property
    def is_over(self) -> bool:
        """Whether nothing can be changed any more."""
        return self.state in submissions.ENDED

    @property
    def steps(self) -> dict[str, Step]:
        """What was asked beside the solutions."""
        steps = STARTUP_FORM.steps
        return {name: step for name, step in steps.items() if name != STARTUP_FORM.first}

    @property
    def reasons(self) -> dict[str, str]:
        """The words of the reasons for a no."""
        return REASON_WORDS


@dataclass(frozen=True, slots=True)
class EditPage(StepPage):
    """Some questions of the form again, behind the link of the owner."""

    behind: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The token of the link, and what is changed."""
        return self.behind


@page_route(router, "profile", "{token}")
def read_profile(
    request: Request,
    session: ReadingSession,
    token: str,
    coach: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show what became of the profile; `coach` computes what would help it."""
    submission = owned(session, "startup", token)
    proposed = submissions.how_often_proposed(session, submission)
    view = ProfileView(submission.answers)
    advice = None
    if coach and submission.state == "confirmed" and submission.party_id:
        engines: Engines = request.app.state.engines
        engine = engines.of(submission.owner_office_id)
        advice = advice_for_owner(engine, submission.party_id, language_of(request.url.path))
    return show(request, OwnerPage(token, submission.state, view, proposed, advice))


@page_route(router, "profile", "{token}/edit/{step}")
def read_step_again(request: Request, session: ReadingSession, token: str, step: str) -> Response:
    """Ask the questions of one page again."""
    submission = _open(session, token)
    filled = typed(_step(step).fields, submission.answers)
    return show(request, _edit_page(_step(step), filled, token, "edit", step))


@page_route(router, "profile", "{token}/edit/{step}", method="POST")
def change_answers(
    request: Request, session: WritingSession, token: str, step: str, posted: PostedForm
) -> Response:
    """Keep the changed answers, and change the records with them."""
    submission = _open(session, token)
    filled = fill(_step(step).fields, posted)
    if filled.errors:
        return show(request, _edit_page(_step(step), filled, token, "edit", step), 422)
    submissions.rewrite(session, submission, filled.answers)
    return to(request, "profile", token)


@page_route(router, "profile", "{token}/solution/{key}")
def read_solution_again(
    request: Request, session: ReadingSession, token: str, key: str
) -> Response:
    """Ask about a further solution."""
    filled = solution_typed(_open(session, token).answers, key)
    return show(request, _solution_page(filled, token, key))


@page_route(router, "profile", "{token}/solution/{key}", method="POST")
def change_solution(
    request: Request, session: WritingSession, token: str, key: str, posted: PostedForm
) -> Response:
    """Add a further solution, or change it."""
    submission = _open(session, token)
    filled = fill(SOLUTION, posted)
    if filled.errors:
        return show(request, _solution_page(filled, token, key), 422)
    changed = with_solution(submission.answers, key, filled.answers)
    submissions.rewrite(session, submission, changed)
    return to(request, "profile", token)


@page_route(router, "profile", "{token}/solution/{key}/remove", method="POST")
def remove_solution(request: Request, session: WritingSession, token: str, key: str) -> Response:
    """Take a further solution out; lists that quote it stay."""
    submission = _open(session, token)
    submissions.rewrite(session, submission, without_solution(submission.answers, key))
    return to(request, "profile", token)


@page_route(router, "profile", "{token}/pause", method="POST")
def pause_profile(request: Request, session: WritingSession, token: str) -> Response:
    """Be in no new list for a while."""
    submissions.pause(session, owned(session, "startup", token))
    return to(request, "profile", token)


@page_route(router, "profile", "{token}/resume", method="POST")
def resume_profile(request: Request, session: WritingSession, token: str) -> Response:
    """Take part again."""
    submissions.resume(session, owned(session, "startup", token))
    return to(request, "profile", token)


@page_route(router, "profile", "{token}/withdraw", method="POST")
def withdraw_profile(request: Request, session: WritingSession, token: str) -> Response:
    """Take the profile back; it takes part in nothing from then on."""
    submissions.withdraw(session, owned(session, "startup", token))
    return to(request, "profile", token)


@page_route(router, "profile", "{token}/erase", method="POST")
def erase_profile(request: Request, session: WritingSession, token: str) -> Response:
    """Withdraw the profile and delete what names the firm or a person."""
    submissions.erase(session, owned(session, "startup", token))
    return show(request, OwnerPage(token, "erased", ProfileView({}), None))


@page_route(router, "profile", "{token}/export")
def export_profile(request: Request, session: ReadingSession, token: str) -> Response:
    """Everything that is stored of the owner, as a file."""
    return take_along(session, owned(session, "startup", token))


def _open(session: ReadingSession, token: str) -> Submission:
    """The submission of a link, while it can be changed."""
    submission = owned(session, "startup", token)
    if submission.state in submissions.ENDED:
        raise NotFoundError("This profile cannot be changed any more.")
    return submission


def _step(name: str) -> Step:
    if name not in EDITABLE:
        raise NotFoundError("There is no such page.")
    return EDITABLE[name]


def _edit_page(step: Step, filled: Filled, *behind: str) -> EditPage:
    return EditPage("profile", step.heading, step.fields, filled, KEEP, behind=behind)


def _solution_page(filled: Filled, token: str, key: str) -> EditPage:
    return _edit_page(Step(MORE_HEADING, SOLUTION), filled, token, "solution", key)
