"""Keeping files with a submission, and finding them again."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matchmaker.attachments.kinds import kind_of
from matchmaker.attachments.refusing import RefusedFileError
from matchmaker.tables import Attachment, Submission

MOST_FILES = 5
# 10 MB as file managers count them.
LARGEST_BYTES = 10 * 1024 * 1024
_LONGEST_STEM = 80
_UNSAFE = re.compile(r'[<>:"|?*/\\]')


def keep_file(session: Session, submission: Submission, name: str, content: bytes) -> Attachment:
    """Keep a file with a submission; the same content a second time is the file that is there.

    Raises
    ------
    RefusedFileError
        There are five already, or the file is too large or not of a kind that is taken.
    """
    if len(content) > LARGEST_BYTES:
        raise RefusedFileError("large")
    digest = hashlib.sha256(content).hexdigest()
    there = list_attachments(session, submission.id)
    for one in there:
        if one.sha256 == digest:
            return one
    if len(there) >= MOST_FILES:
        raise RefusedFileError("many")
    kind = kind_of(content)
    attachment = Attachment(
        submission_id=submission.id,
        name=f"{safe_stem(name)}.{kind}",
        kind=kind,
        size_bytes=len(content),
        sha256=digest,
        content=content,
    )
    session.add(attachment)
    session.flush()
    return attachment


def list_attachments(session: Session, submission_id: UUID) -> Sequence[Attachment]:
    """The files of a submission in the order in which they came, without their content."""
    query = select(Attachment).where(Attachment.submission_id == submission_id)
    return session.scalars(query.order_by(Attachment.created_at, Attachment.id)).all()


def find_attachment(
    session: Session, submission_id: UUID, attachment_id: UUID
) -> Attachment | None:
    """One file of a submission; None if it is not one of this submission."""
    return session.scalar(
        select(Attachment).where(
            Attachment.id == attachment_id, Attachment.submission_id == submission_id
        )
    )


def erase_attachments(session: Session, submission: Submission) -> None:
    """Delete every file of a submission."""
    session.execute(delete(Attachment).where(Attachment.submission_id == submission.id))


def safe_stem(name: str) -> str:
    """The name of a file without its folder and ending, and without letters that mislead.

    What the file is called at the end follows from its content: `plan.pdf.exe` is kept as
    `plan.pdf.pdf`, if a PDF it is.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rpartition(".")[0] or last
    # Control and invisible letters can turn the writing around, so that exe looks like pdf.
    seen = "".join(one for one in stem if unicodedata.category(one)[0] != "C")
    return _UNSAFE.sub("_", seen)[:_LONGEST_STEM].strip(" .") or "file"
