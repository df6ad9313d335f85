"""Add attachments of submissions, proofs of work, and submissions that are held.

Why: a public form draws files that nobody should open and programs that send without end. A
form that comes without a proof of work is held until somebody of the office has looked at it.
"""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011_intake"
down_revision: str | None = "0010_search_and_review"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_BEFORE = ("draft", "unconfirmed", "confirmed", "paused", "rests", "rejected", "withdrawn")
_SINCE = (*_BEFORE, "held")


def upgrade() -> None:
    _allow_states(_SINCE)
    # The defaults let yesterday's code write on; what was sent before asked for no proof.
    for column in (
        sa.Column("is_proven", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("agreed", sa.JSON(), nullable=False, server_default="{}"),
    ):
        op.add_column("submission", column)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pdf', 'png', 'jpg', 'docx', 'xlsx')", name=op.f("ck_attachment_kind")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_attachment_submission_id_submission"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_submission_id"), "attachment", ["submission_id"])
    key = op.create_table(
        "challenge_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_key")),
    )
    op.bulk_insert(key, [{"id": 1, "value": secrets.token_bytes(32)}])
    op.create_table(
        "spent_challenge",
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_spent_challenge")),
    )
    op.create_index(op.f("ix_spent_challenge_expires_at"), "spent_challenge", ["expires_at"])


def downgrade() -> None:
    op.drop_table("spent_challenge")
    op.drop_table("challenge_key")
    op.drop_table("attachment")
    op.execute("UPDATE submission SET state = 'unconfirmed' WHERE state = 'held'")
    with op.batch_alter_table("submission") as table:
        table.drop_column("agreed")
        table.drop_column("is_proven")
    _allow_states(_BEFORE)


def _allow_states(states: tuple[str, ...]) -> None:
    name = op.f("ck_submission_state")
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("submission") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, f"state IN ({listed})")
