"""Add a notice to each match list.

Why: a list whose need is in a language that the model does not read says so for ever, not only
to the one who asked for it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005_list_notice"
down_revision: str | None = "0004_accounts"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("match_list", sa.Column("notice", sa.String(length=500), nullable=True))


def downgrade() -> None:
    op.drop_column("match_list", "notice")
