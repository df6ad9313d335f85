"""Let startups register through the public form, too.

Why: a submission was always a need. Now it says what it is, which party was made of it, which
party it may repeat, who brought it, and what became of the yearly question.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006_registration"
down_revision: str | None = "0005_list_notice"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_OLD = "state IN ('draft', 'unconfirmed', 'confirmed', 'withdrawn')"
_NEW = "state IN ('draft', 'unconfirmed', 'confirmed', 'paused', 'rests', 'rejected', 'withdrawn')"
_REFERENCES = {"party_id": "party", "suspected_party_id": "party", "brought_by_id": "officer"}


def upgrade() -> None:
    with op.batch_alter_table("submission") as table:
        table.add_column(sa.Column("kind", sa.String(length=16), nullable=True))
        for column in _REFERENCES:
            table.add_column(sa.Column(column, sa.Uuid(), nullable=True))
        table.add_column(sa.Column("still_right_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(
            sa.Column("questions_open", sa.Integer(), nullable=False, server_default="0")
        )
    op.execute("UPDATE submission SET kind = 'need'")
    op.execute(
        "UPDATE submission SET party_id ="
        " (SELECT need.party_id FROM need WHERE need.id = submission.need_id)"
    )
    with op.batch_alter_table("submission") as table:
        table.alter_column("kind", existing_type=sa.String(length=16), nullable=False)
        table.alter_column("questions_open", existing_type=sa.Integer(), server_default=None)
        table.drop_constraint(op.f("ck_submission_state"), type_="check")
        table.create_check_constraint(op.f("ck_submission_state"), _NEW)
        table.create_check_constraint(op.f("ck_submission_kind"), "kind IN ('need', 'startup')")
        for column, referred in _REFERENCES.items():
            table.create_foreign_key(
                op.f(f"fk_submission_{column}_{referred}"), referred, [column], ["id"]
            )
            table.create_index(op.f(f"ix_submission_{column}"), [column])


def downgrade() -> None:
    # Yesterday's code knows needs only; the parties and solutions of startups stay.
    op.execute("DELETE FROM submission WHERE kind = 'startup'")
    op.execute(
        "UPDATE submission SET state = 'withdrawn' WHERE state IN ('paused', 'rests', 'rejected')"
    )
    with op.batch_alter_table("submission") as table:
        for column, referred in _REFERENCES.items():
            table.drop_index(op.f(f"ix_submission_{column}"))
            table.drop_constraint(op.f(f"fk_submission_{column}_{referred}"), type_="foreignkey")
        table.drop_constraint(op.f("ck_submission_kind"), type_="check")
        table.drop_constraint(op.f("ck_submission_state"), type_="check")
        table.create_check_constraint(op.f("ck_submission_state"), _OLD)
        for column in ("kind", *_REFERENCES, "still_right_at", "asked_at", "questions_open"):
            table.drop_column(column)
