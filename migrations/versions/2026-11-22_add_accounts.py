"""Add accounts: role, password and second factor of an officer, and log-in sessions.

Why: officers work at the desk in a browser. An e-mail address is one account in the whole
installation, because it is what people log in with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004_accounts"
down_revision: str | None = "0003_submission"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ROLE = "role IN ('officer', 'manager', 'partner', 'data_protection', 'administrator')"


def upgrade() -> None:
    with op.batch_alter_table("officer") as table:
        table.add_column(
            sa.Column("role", sa.String(length=16), nullable=False, server_default="officer")
        )
        table.add_column(sa.Column("password_hash", sa.String(length=300), nullable=True))
        table.add_column(sa.Column("totp_secret", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("totp_step", sa.Integer(), nullable=True))
        table.drop_constraint(op.f("uq_officer_office_id_email"), type_="unique")
        table.create_unique_constraint(op.f("uq_officer_email"), ["email"])
        table.create_check_constraint(op.f("ck_officer_role"), ROLE)
    with op.batch_alter_table("officer") as table:
        table.alter_column("role", server_default=None)
    op.create_table(
        "login_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_login_session_sha256")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_login_session_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session") as table:
        table.create_index(op.f("ix_login_session_officer_id"), ["officer_id"])


def downgrade() -> None:
    op.drop_table("login_session")
    with op.batch_alter_table("officer") as table:
        table.drop_constraint(op.f("ck_officer_role"), type_="check")
        table.drop_constraint(op.f("uq_officer_email"), type_="unique")
        table.create_unique_constraint(op.f("uq_officer_office_id_email"), ["office_id", "email"])
        table.drop_column("totp_step")
        table.drop_column("totp_secret")
        table.drop_column("password_hash")
        table.drop_column("role")
