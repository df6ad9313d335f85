"""Logging in and out, and what a person can do about the own account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from matchmaker import accounts
from matchmaker.config import Settings
from matchmaker.database import reading
from matchmaker.messages import LANGUAGES
from matchmaker.tables import Officer
from matchmaker.web.addresses import address, language_of
from matchmaker.web.attempts import Attempts
from matchmaker.web.dependencies import ReadingSession, WritingSession
from matchmaker.web.forms import Field, Filled, PostedForm, fill
from matchmaker.web.pages.showing import COOKIE, CurrentVisitor, page_route, set_cookie, show
from matchmaker.web.rendering import Page

router = APIRouter()

WRONG = "The address, the password or the code is wrong."
TOO_OFTEN = "That was tried too often. Please wait a quarter of an hour."
WRONG_CODE = "The code is wrong. Please type the one that the app shows right now."
LOG_IN = (
    Field(
        "email", "E-mail", "email", missing="Please type your address.", longest=254,
        autocomplete="username",
    ),
    Field(
        "password", "Password", "password", missing="Please type your password.",
        autocomplete="current-password",
    ),
    Field(
        "code", "Code of the second factor", "number",
        hints=("Only if you have set one up: the six digits that your app shows.",),
        longest=12, autocomplete="one-time-code",
    ),
)  # fmt: skip
CODE = (
    Field(
        "code", "Code", "number", missing="Please type the six digits that the app shows.",
        longest=12, autocomplete="one-time-code",
    ),
)  # fmt: skip
# The first page of each role; that of the others is the own account.
_HOMES = {
    "officer": "inbox",
    "manager": "inbox",
    "partner": "hub",
    "administrator": "scorers",
}
ROLE_NAMES = {
    "officer": "Officer",
    "manager": "Manager",
    "partner": "Partner",
    "data_protection": "Data-protection officer",
    "administrator": "Administrator",
}


@dataclass(frozen=True, slots=True)
class LogInPage(Page):
    """Address, password, and the code of a second factor."""

    template: ClassVar[str] = "account/log_in.html"
    name: ClassVar[str | None] = "log_in"

    fields: Sequence[Field]
    filled: Filled


@dataclass(frozen=True, slots=True)
class AccountPage(Page):
    """The own account. `secret` is a new second factor that waits for its first code."""

    template: ClassVar[str] = "account/account.html"
    name: ClassVar[str | None] = "account"

    email: str
    role: str
    has_second_factor: bool
    fields: Sequence[Field]
    filled: Filled
    secret: str | None = None
    picture: str | None = None


@page_route(router, "log_in")
def read_log_in(request: Request) -> Response:
    """Show the log-in."""
    return show(request, LogInPage(LOG_IN, Filled()))


@page_route(router, "log_in", method="POST")
def log_in(request: Request, posted: PostedForm) -> Response:
    """Open a session, and lead to the page that was asked for."""
    settings: Settings = request.app.state.settings
    attempts: Attempts = request.app.state.attempts
    filled = fill(LOG_IN, posted)
    if not filled.errors:
        email = filled.answers["email"].lower()
        if not attempts.may_log_in(email, request):
            filled.errors["email"] = TOO_OFTEN
            return show(request, LogInPage(LOG_IN, filled), 429)
        lasts = timedelta(hours=settings.accounts.session_hours)
        code = filled.answers["code"] or ""
        token = accounts.log_in(
            request.app.state.factory, email, filled.answers["password"], code, lasts
        )
        if token is not None:
            attempts.succeeded(email)
            answer = RedirectResponse(_next(request, token), 303)
            set_cookie(request, answer, COOKIE, token)
            return answer
        filled.errors["email"] = WRONG
    return show(request, LogInPage(LOG_IN, filled), 422)


@page_route(router, "log_out", method="POST")
def log_out(request: Request, session: WritingSession, visitor: CurrentVisitor) -> Response:
    """End the session in this browser."""
    accounts.end_session(session, visitor)
    answer = RedirectResponse(address("start", language_of(request.url.path)), 303)
    answer.delete_cookie(COOKIE)
    return answer


@page_route(router, "account")
def read_account(request: Request, session: ReadingSession, visitor: CurrentVisitor) -> Response:
    """Show the own account."""
    return show(request, _account_page(session, visitor, Filled()))


@page_route(router, "second_factor")
def begin_second_factor(
    request: Request, session: ReadingSession, visitor: CurrentVisitor
) -> Response:
    """Show a new secret as a picture for the app."""
    return show(request, _account_page(session, visitor, Filled(), accounts.new_secret()))


@page_route(router, "second_factor", method="POST")
def confirm_second_factor(
    request: Request, session: WritingSession, visitor: CurrentVisitor, posted: PostedForm
) -> Response:
    """Demand codes from now on, if the first one is right."""
    secret = posted.get("secret", [""])[0]
    filled = fill(CODE, posted)
    if not filled.errors:
        officer = session.get_one(Officer, visitor.officer_id)
        if accounts.confirm_second_factor(session, officer, secret, filled.answers["code"]):
            return RedirectResponse(address("account", language_of(request.url.path)), 303)
        filled.errors["code"] = WRONG_CODE
    return show(request, _account_page(session, visitor, filled, secret), 422)


@page_route(router, "sessions", method="POST")
def log_out_everywhere(
    request: Request, session: WritingSession, visitor: CurrentVisitor
) -> Response:
    """End every session of the account, this one too."""
    accounts.end_every_session(session, visitor)
    answer = RedirectResponse(address("start", language_of(request.url.path)), 303)
    answer.delete_cookie(COOKIE)
    return answer


def _account_page(
    session: ReadingSession, visitor: CurrentVisitor, filled: Filled, secret: str | None = None
) -> AccountPage:
    officer = session.get_one(Officer, visitor.officer_id)
    picture = None
    if secret is not None:
        import segno

        code = segno.make(accounts.provisioning_address(visitor.email, secret))
        picture = code.svg_data_uri(scale=5, light="white")
    return AccountPage(
        email=visitor.email,
        role=ROLE_NAMES[visitor.role],
        has_second_factor=officer.totp_secret is not None,
        fields=CODE,
        filled=filled,
        secret=secret,
        picture=picture,
    )


def _next(request: Request, token: str) -> str:
    """The page of ours that was asked for before the log-in, else the first one of the role."""
    wanted = parse_qs(request.url.query).get("next", [""])[0]
    ours = any(wanted.startswith(f"/{language}/") for language in LANGUAGES)
    # Browsers read a backslash as a slash, and two slashes as another host.
    if ours and "\\" not in wanted and "//" not in wanted and wanted.isprintable():
        return wanted
    with reading(request.app.state.factory) as session:
        visitor = accounts.find_visitor(session, token)
    home = _HOMES.get(visitor.role, "account") if visitor else "start"
    return address(home, language_of(request.url.path))
