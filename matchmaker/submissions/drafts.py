"""What somebody is writing: kept on the server from the first page on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.database import now
from matchmaker.tables import Submission
from matchmaker.tokens import new_token, token_hash

# How records and lines of the ledger name what came in through the public forms.
FORM = "form"


def start_draft(
    session: Session,
    office_id: UUID,
    kind: str,
    language: str,
    *,
    brought_by: UUID | None = None,
) -> tuple[Submission, str]:
    """A new draft, and the token that opens it; the token is not stored.

    `brought_by` is the partner who writes it for somebody else.
    """
    token, hashed = new_token()
    draft = Submission(
        owner_office_id=office_id,
        kind=kind,
        language=language,
        draft_hash=hashed,
        brought_by_id=brought_by,
    )
    session.add(draft)
    session.flush()
    return draft, token


def find_draft(session: Session, kind: str, token: str) -> Submission | None:
    """The draft that a token opens, locked for the transaction; None once it was sent."""
    return session.scalar(
        select(Submission)
        .where(
            Submission.draft_hash == token_hash(token),
            Submission.kind == kind,
            Submission.state == "draft",
        )
        .with_for_update()
    )


def save_answers(session: Session, draft: Submission, answers: Mapping[str, Any]) -> None:
    """Keep the answers of one page; those of the other pages stay."""
    draft.answers = {**draft.answers, **answers}
    draft.updated_at = now()
    session.flush()
