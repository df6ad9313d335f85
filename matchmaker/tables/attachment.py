"""Files that were sent along with a submission."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of

ATTACHMENT_KINDS = ("pdf", "png", "jpg", "docx", "xlsx")


class Attachment(Base):
    """One file, whole.

    The bytes stand in the database and not beside it: so they are in the one backup, they come
    and go in one transaction with the submission, and erasing reaches them. A submission that
    is deleted takes its files along. `content` is only read when a file is handed out.
    """

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint(one_of("kind", ATTACHMENT_KINDS), name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    submission_id: Mapped[UUID] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(8))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(deferred=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
