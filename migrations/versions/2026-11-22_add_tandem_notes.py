"""Add notes on tandems, and make tandems of the steps that were recorded without one.

Why: a tandem's stage is what its events add up to. Until now a step, such as a first talk, could
be recorded for a proposal without a tandem.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "0008_tandem_notes"
down_revision: str | None = "0007_placement"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

STAGES = (
    "sme_asked", "startup_asked", "both_agreed", "first_talk", "pilot", "agreement",
    "alive_after_12_months", "ended",
)  # fmt: skip

_ID, _TIME = sa.Uuid(), sa.DateTime(timezone=True)
EVENT = sa.table(
    "event", sa.column("id", _ID), sa.column("owner_office_id", _ID), sa.column("kind"),
    sa.column("match_list_entry_id", _ID), sa.column("tandem_id", _ID),
    sa.column("recorded_at", _TIME),
)  # fmt: skip
ENTRY = sa.table(
    "match_list_entry", sa.column("id", _ID), sa.column("need_id", _ID),
    sa.column("solution_id", _ID),
)  # fmt: skip
NEED = sa.table("need", sa.column("id", _ID), sa.column("party_id", _ID))
SOLUTION = sa.table("solution", sa.column("id", _ID), sa.column("party_id", _ID))
TANDEM = sa.table(
    "tandem", sa.column("id", _ID), sa.column("owner_office_id", _ID),
    sa.column("sme_party_id", _ID), sa.column("startup_party_id", _ID), sa.column("stage"),
    sa.column("version"), sa.column("created_at", _TIME), sa.column("updated_at", _TIME),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "tandem_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("tandem_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(text IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_tandem_note_text_or_erased")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["tandem_note.id"], name=op.f("fk_tandem_note_corrects_id_tandem_note")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_tandem_note_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_tandem_note_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_tandem_note_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["tandem_id"], ["tandem.id"], name=op.f("fk_tandem_note_tandem_id_tandem")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tandem_note")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_tandem_note_corrects_id")),
    )
    with op.batch_alter_table("tandem_note") as table:
        table.create_index(op.f("ix_tandem_note_due_on"), ["due_on"])
        table.create_index(op.f("ix_tandem_note_owner_office_id"), ["owner_office_id"])
        table.create_index(op.f("ix_tandem_note_tandem_id"), ["tandem_id"])
    _make_tandems()


def _make_tandems() -> None:
    """One tandem for each office and pair with steps; its stage is the step recorded last."""
    connection = op.get_bind()
    steps = connection.execute(
        sa.select(
            EVENT.c.id, EVENT.c.kind, EVENT.c.recorded_at, EVENT.c.owner_office_id,
            NEED.c.party_id, SOLUTION.c.party_id.label("startup"),
        )
        .select_from(EVENT)
        .join(ENTRY, ENTRY.c.id == EVENT.c.match_list_entry_id)
        .join(NEED, NEED.c.id == ENTRY.c.need_id)
        .join(SOLUTION, SOLUTION.c.id == ENTRY.c.solution_id)
        .where(EVENT.c.kind.in_(STAGES), EVENT.c.tandem_id.is_(None), NEED.c.party_id.is_not(None))
        .order_by(EVENT.c.recorded_at, EVENT.c.id)
    ).all()  # fmt: skip
    pairs: dict[tuple[UUID, UUID, UUID], list[Any]] = {}
    for step in steps:
        pairs.setdefault((step.owner_office_id, step.party_id, step.startup), []).append(step)
    present = datetime.now(UTC)
    for (office, firm, startup), its in pairs.items():
        pair = {"owner_office_id": office, "sme_party_id": firm, "startup_party_id": startup}
        known = connection.scalar(
            sa.select(TANDEM.c.id).where(*(TANDEM.c[name] == one for name, one in pair.items()))
        )
        tandem_id = known or uuid4()
        if known is None:
            row = {"stage": "proposed", "version": 1, "created_at": its[0].recorded_at, **pair}
            connection.execute(TANDEM.insert().values(id=tandem_id, updated_at=present, **row))
        connection.execute(
            TANDEM.update().where(TANDEM.c.id == tandem_id).values(stage=its[-1].kind)
        )
        ids = [step.id for step in its]
        connection.execute(EVENT.update().where(EVENT.c.id.in_(ids)).values(tandem_id=tandem_id))


def downgrade() -> None:
    op.drop_table("tandem_note")
