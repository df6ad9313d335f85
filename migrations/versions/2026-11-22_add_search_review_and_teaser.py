"""Add what searching reads, reviews and teasers of needs, and filters that officers keep.

Why: the inbox finds Prüfung by prufung on both databases without an extension, a need is looked
at before it goes further, and startups see only a wording that somebody approved.
"""

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010_search_and_review"
down_revision: str | None = "0009_hold"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# table: (what is written, what is searched)
SEARCHED = {
    "text_version": ("text", "searched_text"),
    "party": ("name", "searched_name"),
    "need": ("title", "searched_title"),
}
ROWS_AT_ONCE = 1000


def upgrade() -> None:
    for table, (_, searched) in SEARCHED.items():
        op.add_column(table, sa.Column(searched, sa.String(), server_default="", nullable=False))
    for table, (source, searched) in SEARCHED.items():
        fill(table, source, searched)
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_version_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("decision IN ('reviewed', 'question')", name=op.f("ck_review_decision")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_review_need_id_need")),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_review_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_review_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["text_version_id"],
            ["text_version.id"],
            name=op.f("fk_review_text_version_id_text_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("need_id", "number", name=op.f("uq_review_need_id_number")),
    )
    op.create_table(
        "teaser",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("need_text_id", sa.Uuid(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)", name=op.f("ck_teaser_approval")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["officer.id"], name=op.f("fk_teaser_approved_by_officer")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_teaser_need_id_need")),
        sa.ForeignKeyConstraint(
            ["need_text_id"], ["text_version.id"], name=op.f("fk_teaser_need_text_id_text_version")
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_teaser_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text_version.id"], name=op.f("fk_teaser_text_id_text_version")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["officer.id"], name=op.f("fk_teaser_written_by_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teaser")),
        sa.UniqueConstraint("need_id", "number", name=op.f("uq_teaser_need_id_number")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_saved_filter_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("officer_id", "name", name=op.f("uq_saved_filter_officer_id_name")),
    )
    for table, columns in {
        "review": ("need_id", "owner_office_id", "text_version_id"),
        "teaser": ("need_id", "need_text_id", "owner_office_id", "text_id"),
        "saved_filter": ("officer_id",),
    }.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in ("saved_filter", "teaser", "review"):
        op.drop_table(table)
    for table, (_, searched) in SEARCHED.items():
        op.drop_column(table, searched)


def fill(table: str, source: str, searched: str) -> None:
    """Give the rows that are there what searching reads, some at a time."""
    rows = sa.table(
        table, sa.column("id", sa.Uuid()), sa.column(source), sa.column(searched, sa.String())
    )
    database = op.get_bind()
    page = sa.select(rows.c.id, rows.c[source]).order_by(rows.c.id).limit(ROWS_AT_ONCE)
    change = (
        sa.update(rows)
        .where(rows.c.id == sa.bindparam("of"))
        .values({searched: sa.bindparam("key")})
    )
    found = database.execute(page).all()
    while found:
        database.execute(change, [{"of": of, "key": search_key(text or "")} for of, text in found])
        found = database.execute(page.where(rows.c.id > found[-1].id)).all()


def search_key(text: str) -> str:
    """The spelling of the day of this migration; one that changes needs a migration of its own."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    spelled_out = unicodedata.normalize("NFKC", composed).translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "\u00ad": None})
    )
    marked = unicodedata.normalize("NFKD", spelled_out)
    bare = "".join(letter for letter in marked if not "\u0300" <= letter <= "\u036f")
    line = " ".join(unicodedata.normalize("NFC", bare).split())
    return line.replace("ae", "a").replace("oe", "o").replace("ue", "u")
