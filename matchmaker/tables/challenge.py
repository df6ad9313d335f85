"""Proofs of work: the key that signs the tasks, and the tasks that were used."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base


class ChallengeKey(Base):
    """The one key of this installation; the migration that made the table drew it by lot."""

    __tablename__ = "challenge_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[bytes]


class SpentChallenge(Base):
    """A task whose solution was accepted, kept until it would have expired anyway.

    `signature` is what the key made of the task: it is the same however a solution is written.
    """

    __tablename__ = "spent_challenge"

    signature: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
