"""What the pages behind the links of mails have in common."""

from dataclasses import dataclass

import orjson
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker import submissions
from matchmaker.errors import NotFoundError
from matchmaker.tables import Submission
from matchmaker.web.rendering import Page


@dataclass(frozen=True, slots=True)
class TokenPage(Page):
    """A page behind the link of a mail."""

    token: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The token of the link."""
        return (self.token,)


def confirmable(session: Session, token: str) -> Submission:
    """The submission that a link confirms.

    Raises
    ------
    NotFoundError
        The link opens nothing.
    """
    submission = submissions.find_by_confirmation(session, token)
    if submission is None:
        raise NotFoundError("This link opens nothing.")
    return submission


def owned(session: Session, kind: str, token: str) -> Submission:
    """The submission of a kind whose owner's page a link opens.

    Raises
    ------
    NotFoundError
        The link opens nothing.
    """
    submission = submissions.find_by_status(session, kind, token)
    if submission is None:
        raise NotFoundError("This link opens nothing.")
    return submission


def take_along(session: Session, submission: Submission) -> Response:
    """Everything that is stored of the owner, as a file."""
    document = submissions.owner_document(session, submission)
    return Response(
        orjson.dumps(document, option=orjson.OPT_INDENT_2),
        media_type="application/json",
        headers={
            "Content-Disposition": 'attachment; filename="matchmaker.json"',
            "Cache-Control": "no-store",
        },
    )
