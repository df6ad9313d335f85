"""Name the pair of an event that no proposal led to.

Why: what an office already has, such as a contract of two years ago, comes in by a file. There
was no list then, and none is invented for it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012_event_pair"
down_revision: str | None = "0011_intake"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("event") as table:
        table.add_column(sa.Column("need_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("solution_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_event_need_id_need"), "need", ["need_id"], ["id"])
        table.create_foreign_key(
            op.f("fk_event_solution_id_solution"), "solution", ["solution_id"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_event_whole_pair"), "(need_id IS NULL) = (solution_id IS NULL)"
        )
        table.create_index(op.f("ix_event_need_id"), ["need_id"])
        table.create_index(op.f("ix_event_solution_id"), ["solution_id"])


def downgrade() -> None:
    """Step back to events of proposals; what was imported without one goes."""
    event = sa.table("event", sa.column("need_id"))
    op.execute(event.delete().where(event.c.need_id.is_not(None)))
    with op.batch_alter_table("event") as table:
        table.drop_index(op.f("ix_event_solution_id"))
        table.drop_index(op.f("ix_event_need_id"))
        table.drop_constraint(op.f("ck_event_whole_pair"), type_="check")
        table.drop_constraint(op.f("fk_event_solution_id_solution"), type_="foreignkey")
        table.drop_constraint(op.f("fk_event_need_id_need"), type_="foreignkey")
        table.drop_column("solution_id")
        table.drop_column("need_id")
