"""Who works with the records: offices, their officers and their API tokens."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, now
from matchmaker.tables.words import one_of


class Office(Base):
    """A business-development office: the owner of every record and the horizon of every query."""

    __tablename__ = "office"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


ROLES = ("officer", "manager", "partner", "data_protection", "administrator")


class Officer(Base):
    """A person with an account at an office.

    `email` is lower case and, like the log-in it is used for, unique in the whole installation.
    Without a `password_hash` (argon2id) nobody can log in. `totp_secret` is the secret of a
    second factor; `totp_step` is the newest time step that was used, so that no code works twice.
    """

    __tablename__ = "officer"
    __table_args__ = (
        UniqueConstraint("email"),
        CheckConstraint(one_of("role", ROLES), name="role"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16), default="officer")
    password_hash: Mapped[str | None] = mapped_column(String(300))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_step: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class LoginSession(Base):
    """A browser in which somebody is logged in. Only the SHA-256 of its cookie is stored."""

    __tablename__ = "login_session"
    __table_args__ = (CheckConstraint("length(token_hash) = 64", name="sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("officer.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ApiToken(Base):
    """A key to the REST API of one office; only its SHA-256 is stored.

    A token has 256 random bits, so a plain hash is enough: there is nothing to guess.
    """

    __tablename__ = "api_token"
    __table_args__ = (CheckConstraint("length(token_hash) = 64", name="sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]
