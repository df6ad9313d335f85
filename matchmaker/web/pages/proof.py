"""Proof of work on a public form: the task for the browser, and the check of what it sends.

A form shows it by the macro of `proof.html` and asks `proof_in`. Without JavaScript nothing is
sent; what then happens is the form's to decide.
"""

from enum import Enum, auto

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from matchmaker import challenges
from matchmaker.web.dependencies import ReadingSession
from matchmaker.web.forms import Posted
from matchmaker.web.pages.showing import page_route

router = APIRouter()

# What the widget calls its field.
FIELD = "altcha"


class Proof(Enum):
    """What a form says about work: done, none at all, or a lie."""

    DONE = auto()
    NONE = auto()
    FALSE = auto()


@page_route(router, "challenge")
def read_challenge(session: ReadingSession) -> Response:
    """A new task."""
    return JSONResponse(challenges.new_challenge(session), headers={"Cache-Control": "no-store"})


def proof_in(session: Session, posted: Posted) -> Proof:
    """What the form says; a solution is spent by this, in the caller's transaction."""
    sent = [payload for payload in posted.get(FIELD, ()) if payload]
    if not sent:
        return Proof.NONE
    return Proof.DONE if len(sent) == 1 and challenges.accept(session, sent[0]) else Proof.FALSE
