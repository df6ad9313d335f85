"""Add holds, and the price class of a solution.

Why: what a no does to later lists is stored, with what ends it; one of these ends is that the
stated price class changes, which no record could state so far.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009_hold"
down_revision: str | None = "0008_tandem_notes"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_REFERENCES = {
    "owner_office_id": "office",
    "made_by_event_id": "event",
    "need_id": "need",
    "solution_id": "solution",
    "sme_party_id": "party",
    "startup_party_id": "party",
    "text_then_id": "text_version",
    "mail_id": "mail",
    "lifted_by_event_id": "event",
}
_INDEXED = (
    "owner_office_id",
    "need_id",
    "solution_id",
    "sme_party_id",
    "startup_party_id",
    "text_then_id",
    "lifted_by_event_id",
)


def upgrade() -> None:
    with op.batch_alter_table("solution") as table:
        table.add_column(sa.Column("price_class", sa.String(length=16), nullable=True))
        table.create_check_constraint(
            op.f("ck_solution_price_class"),
            "price_class IN ('up_to_5000', 'up_to_25000', 'up_to_100000', 'above_100000')",
        )
    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_event_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column("solution_id", sa.Uuid(), nullable=True),
        sa.Column("sme_party_id", sa.Uuid(), nullable=True),
        sa.Column("startup_party_id", sa.Uuid(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("until_maturity_trl", sa.Integer(), nullable=True),
        sa.Column("until_evidence", sa.String(length=200), nullable=True),
        sa.Column("price_class_then", sa.String(length=16), nullable=True),
        sa.Column("text_then_id", sa.Uuid(), nullable=True),
        sa.Column("asked_side", sa.String(length=8), nullable=True),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("value_before", sa.String(length=16), nullable=True),
        sa.Column("value_set", sa.String(length=16), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.String(length=100), nullable=True),
        sa.Column("lifted_by_event_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "code IN ('poor_fit', 'too_early', 'benefit_unclear', 'price', 'no_capacity', "
            "'competitor', 'wrong_region', 'already_solved', 'trust', 'it_security', 'timing', "
            "'description_unclear')",
            name=op.f("ck_hold_code"),
        ),
        sa.CheckConstraint(
            "asked_side IS NULL OR asked_side IN ('sme', 'startup')",
            name=op.f("ck_hold_asked_side"),
        ),
        sa.CheckConstraint("until_maturity_trl BETWEEN 1 AND 9", name=op.f("ck_hold_trl")),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL)", name=op.f("ck_hold_lifted")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_hold_{column}_{table}")
            )
            for column, table in _REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("made_by_event_id", name=op.f("uq_hold_made_by_event_id")),
    )
    with op.batch_alter_table("hold") as table:
        for column in _INDEXED:
            table.create_index(op.f(f"ix_hold_{column}"), [column])


def downgrade() -> None:
    op.drop_table("hold")
    with op.batch_alter_table("solution") as table:
        table.drop_constraint(op.f("ck_solution_price_class"), type_="check")
        table.drop_column("price_class")
