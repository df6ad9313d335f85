"""Files of a form: taken in with it, and handed out again without ever being opened."""

from collections.abc import Iterable
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from matchmaker.attachments import RefusedFileError, find_attachment, keep_file
from matchmaker.errors import NotFoundError
from matchmaker.tables import Submission
from matchmaker.web.attempts import Attempts
from matchmaker.web.uploads import SentFile

TOO_OFTEN = "Many files came from your network. Please send it in an hour."
# The browser saves it under its name, guesses nothing, and would run nothing if it were opened.
_HANDED_OUT = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def take_in(
    request: Request, session: Session, submission: Submission, files: Iterable[SentFile]
) -> list[tuple[str, str]]:
    """Keep what can be kept; the name of every other file and why not."""
    attempts: Attempts = request.app.state.attempts
    refused = []
    for file in files:
        if not attempts.may_leave_file(request):
            refused.append((file.name, TOO_OFTEN))
            continue
        try:
            keep_file(session, submission, file.name, file.read())
        except RefusedFileError as error:
            refused.append((file.name, error.words))
    return refused


def hand_out(session: Session, submission_id: UUID | None, attachment_id: UUID) -> Response:
    """The file, to be saved.

    Raises
    ------
    NotFoundError
        The submission has no such file.
    """
    found = submission_id and find_attachment(session, submission_id, attachment_id)
    if not found:
        raise NotFoundError("There is no such file.")
    plain = found.name.encode("ascii", "replace").decode().replace("?", "_")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name)}"
    headers = _HANDED_OUT | {"Content-Disposition": disposition}
    return Response(found.content, media_type="application/octet-stream", headers=headers)
