"""Texts as they were written, and the vectors computed from them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.search import searched


class TextVersion(Base):
    """One wording of one text. A change of wording is a new row, so a quote stays true for ever.

    `text_hash` is the SHA-256 of the text in UTF-8; `language` is None when it is unknown.
    """

    __tablename__ = "text_version"
    __table_args__ = (CheckConstraint("length(text_hash) = 64", name="sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    owner_office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    text: Mapped[str]
    text_hash: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str | None] = mapped_column(String(8))
    searched_text: Mapped[str] = searched("text")
    created_at: Mapped[datetime] = mapped_column(default=now)


class Embedding(Base):
    """The vector of a text, kept under the text's hash and the encoder that made it.

    `role` is `query` or `passage`, which some encoders treat differently. `vector` holds
    `dimension` float32 numbers, little-endian, of unit length (all zero for an empty text).
    """

    __tablename__ = "embedding"
    __table_args__ = (CheckConstraint("role IN ('query', 'passage')", name="role"),)

    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    encoder_version: Mapped[str] = mapped_column(String(200), primary_key=True)
    role: Mapped[str] = mapped_column(String(8), primary_key=True)
    dimension: Mapped[int]
    vector: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=now)


class SentenceEmbedding(Base):
    """The vectors of a text's sentences, one byte a number, in the order of the sentences.

    The sentences are those that `language.sentence_spans` finds in the text; `count` says
    how many. `vectors` is what `embedding.CompactVectors.to_bytes` wrote.
    """

    __tablename__ = "sentence_embedding"
    __table_args__ = (CheckConstraint("role IN ('query', 'passage')", name="role"),)

    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    encoder_version: Mapped[str] = mapped_column(String(200), primary_key=True)
    role: Mapped[str] = mapped_column(String(8), primary_key=True)
    dimension: Mapped[int]
    count: Mapped[int]
    vectors: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=now)
