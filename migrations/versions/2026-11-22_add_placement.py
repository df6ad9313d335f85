"""Add placements, and what a list does not show.

Why: officers pin, hide and add solutions in the list of a need, and every later list follows
them. A list keeps what it does not show, so that the next one can say what changed and why;
lists from before have nothing there.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007_placement"
down_revision: str | None = "0006_registration"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

IS_OPEN = sa.text("lifted_at IS NULL")


def upgrade() -> None:
    op.add_column("match_list", sa.Column("unlisted", sa.LargeBinary(), nullable=True))
    op.create_table(
        "placement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("solution_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('pinned', 'hidden', 'added')", name=op.f("ck_placement_kind")),
        sa.CheckConstraint(
            "kind <> 'hidden' OR length(note) > 0", name=op.f("ck_placement_hidden_has_note")
        ),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL)",
            name=op.f("ck_placement_lifted_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_placement_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_placement_need_id_need")),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_placement_solution_id_solution")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_placement_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["officer.id"], name=op.f("fk_placement_lifted_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement") as table:
        table.create_index(op.f("ix_placement_owner_office_id"), ["owner_office_id"])
        table.create_index(op.f("ix_placement_need_id"), ["need_id"])
        table.create_index(op.f("ix_placement_solution_id"), ["solution_id"])
        table.create_index(
            "ix_placement_one_open",
            ["owner_office_id", "need_id", "solution_id"],
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        )


def downgrade() -> None:
    op.drop_table("placement")
    op.drop_column("match_list", "unlisted")
