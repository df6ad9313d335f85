"""Add the versions of the scorer, and the notice of a list whose scorer could not be read.

Why: what an office's outcomes teach is kept as versions, one of which serves. Until there is one,
and for every list from before, the expert's weights do.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013_scorer_version"
down_revision: str | None = "0012_event_pair"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

IS_CHAMPION = sa.text("state = 'champion'")


def upgrade() -> None:
    op.add_column("match_run", sa.Column("scorer_notice", sa.String(length=500), nullable=True))
    op.create_table(
        "scorer_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("first_label_on", sa.Date(), nullable=True),
        sa.Column("last_label_on", sa.Date(), nullable=True),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("promoted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('champion', 'challenger', 'shadow', 'retired')",
            name=op.f("ck_scorer_version_state"),
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_scorer_version_sha256")),
        sa.CheckConstraint(
            "state <> 'champion' OR place IS NOT NULL",
            name=op.f("ck_scorer_version_champion_has_place"),
        ),
        sa.CheckConstraint(
            "first_label_on <= last_label_on", name=op.f("ck_scorer_version_window")
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"],
            ["office.id"],
            name=op.f("fk_scorer_version_owner_office_id_office"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scorer_version")),
        sa.UniqueConstraint(
            "owner_office_id", "version", name=op.f("uq_scorer_version_owner_office_id_version")
        ),
        sa.UniqueConstraint(
            "owner_office_id", "place", name=op.f("uq_scorer_version_owner_office_id_place")
        ),
    )
    with op.batch_alter_table("scorer_version") as table:
        table.create_index(op.f("ix_scorer_version_owner_office_id"), ["owner_office_id"])
        table.create_index(
            "ix_scorer_version_one_champion",
            ["owner_office_id"],
            unique=True,
            sqlite_where=IS_CHAMPION,
            postgresql_where=IS_CHAMPION,
        )


def downgrade() -> None:
    op.drop_table("scorer_version")
    op.drop_column("match_run", "scorer_notice")
