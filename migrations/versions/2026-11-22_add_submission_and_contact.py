"""Add what comes in through the public forms, and the people of a party.

Why: a firm sends its need without an account; until its mail box has confirmed it, the need is
no record of the office.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003_submission"
down_revision: str | None = "0002_mail"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("draft_hash", sa.String(length=64), nullable=True),
        sa.Column("confirmation_hash", sa.String(length=64), nullable=True),
        sa.Column("confirmation_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmations_sent", sa.Integer(), nullable=False),
        sa.Column("status_hash", sa.String(length=64), nullable=True),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'unconfirmed', 'confirmed', 'withdrawn')",
            name=op.f("ck_submission_state"),
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_submission_need_id_need")),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_submission_owner_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("confirmation_hash", name=op.f("uq_submission_confirmation_hash")),
        sa.UniqueConstraint("draft_hash", name=op.f("uq_submission_draft_hash")),
        sa.UniqueConstraint("status_hash", name=op.f("uq_submission_status_hash")),
    )
    with op.batch_alter_table("submission") as table:
        table.create_index(op.f("ix_submission_need_id"), ["need_id"])
        table.create_index(op.f("ix_submission_owner_office_id"), ["owner_office_id"])
        table.create_index(op.f("ix_submission_state"), ["state"])
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=50), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_contact_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_contact_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact") as table:
        table.create_index(op.f("ix_contact_email"), ["email"])
        table.create_index(op.f("ix_contact_owner_office_id"), ["owner_office_id"])
        table.create_index(op.f("ix_contact_party_id"), ["party_id"])


def downgrade() -> None:
    op.drop_table("contact")
    op.drop_table("submission")
