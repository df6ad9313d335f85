"""Create the first tables.

Why: every record has an owning office and a visibility from the start, so no later migration
has to guess to whom a row belongs.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001_first_tables"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "embedding",
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("encoder_version", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('query', 'passage')", name=op.f("ck_embedding_role")),
        sa.PrimaryKeyConstraint("text_hash", "encoder_version", "role", name=op.f("pk_embedding")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("postcode", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("official_key", sa.String(length=16), nullable=True),
        sa.Column("district", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=100), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("degurba", sa.Integer(), nullable=True),
        sa.CheckConstraint("degurba BETWEEN 1 AND 3", name=op.f("ck_municipality_degurba")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_municipality_latitude")),
        sa.CheckConstraint(
            "longitude BETWEEN -180 AND 180", name=op.f("ck_municipality_longitude")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint(
            "country",
            "postcode",
            "name_key",
            name=op.f("uq_municipality_country_postcode_name_key"),
        ),
    )
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipality_name_key"), ["name_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_municipality_official_key"), ["official_key"], unique=False
        )

    op.create_table(
        "office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
        sa.UniqueConstraint("slug", name=op.f("uq_office_slug")),
    )
    op.create_table(
        "sentence_embedding",
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("encoder_version", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('query', 'passage')", name=op.f("ck_sentence_embedding_role")),
        sa.PrimaryKeyConstraint(
            "text_hash", "encoder_version", "role", name=op.f("pk_sentence_embedding")
        ),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_api_token_sha256")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_api_token_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_office_id"), ["office_id"], unique=False)

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_import_batch_owner_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_batch_owner_office_id"), ["owner_office_id"], unique=False
        )

    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_office_id"],
            ["office.id"],
            name=op.f("fk_import_mapping_owner_office_id_office"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint(
            "owner_office_id",
            "kind",
            "name",
            name=op.f("uq_import_mapping_owner_office_id_kind_name"),
        ),
    )
    with op.batch_alter_table("import_mapping", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_mapping_owner_office_id"), ["owner_office_id"], unique=False
        )

    op.create_table(
        "ledger",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("changes_profiles", sa.Boolean(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(entry_hash) = 64", name=op.f("ck_ledger_sha256")),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_ledger_owner_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("entry_hash", name=op.f("uq_ledger_entry_hash")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ledger_changes_profiles"), ["changes_profiles"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ledger_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ledger_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "match_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("encoder_version", sa.String(length=200), nullable=False),
        sa.Column("encoder_notice", sa.String(length=500), nullable=True),
        sa.Column("scorer_version", sa.String(length=200), nullable=False),
        sa.Column("feature_version", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_match_run_owner_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_run")),
    )
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_run_owner_office_id"), ["owner_office_id"], unique=False
        )

    op.create_table(
        "officer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_officer_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("office_id", "email", name=op.f("uq_officer_office_id_email")),
    )
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_office_id"), ["office_id"], unique=False)

    op.create_table(
        "text_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(text_hash) = 64", name=op.f("ck_text_version_sha256")),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_text_version_owner_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_version")),
    )
    with op.batch_alter_table("text_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_text_version_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_text_version_text_hash"), ["text_hash"], unique=False)

    op.create_table(
        "import_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_import_change_batch_id_import_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_change")),
        sa.UniqueConstraint(
            "batch_id", "position", name=op.f("uq_import_change_batch_id_position")
        ),
    )
    with op.batch_alter_table("import_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_change_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_change_record_id"), ["record_id"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("visibility", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("name_key", sa.String(length=300), nullable=True),
        sa.Column("website", sa.String(length=500), nullable=True),
        sa.Column("domain_key", sa.String(length=255), nullable=True),
        sa.Column("register_number", sa.String(length=100), nullable=True),
        sa.Column("register_key", sa.String(length=100), nullable=True),
        sa.Column("postcode", sa.String(length=16), nullable=True),
        sa.Column("town", sa.String(length=200), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("branches", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("description_id", sa.Uuid(), nullable=True),
        sa.Column("looks_for_id", sa.Uuid(), nullable=True),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('sme', 'startup', 'research_group', 'clinic', 'operator', 'intermediary')",
            name=op.f("ck_party_kind"),
        ),
        sa.CheckConstraint("visibility IN ('office', 'network')", name=op.f("ck_party_visibility")),
        sa.CheckConstraint("employees >= 0", name=op.f("ck_party_employees")),
        sa.ForeignKeyConstraint(
            ["description_id"],
            ["text_version.id"],
            name=op.f("fk_party_description_id_text_version"),
        ),
        sa.ForeignKeyConstraint(
            ["looks_for_id"], ["text_version.id"], name=op.f("fk_party_looks_for_id_text_version")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_party_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_party_owner_office_id_office")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint(
            "owner_office_id",
            "source",
            "external_id",
            name=op.f("uq_party_owner_office_id_source_external_id"),
        ),
    )
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_party_description_id"), ["description_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_party_domain_key"), ["domain_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_party_looks_for_id"), ["looks_for_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_party_municipality_id"), ["municipality_id"], unique=False
        )
        batch_op.create_index("ix_party_name_key_postcode", ["name_key", "postcode"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_party_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_party_register_key"), ["register_key"], unique=False)

    op.create_table(
        "blocked_pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("other_party_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_party_id"], ["party.id"], name=op.f("fk_blocked_pair_other_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_blocked_pair_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_blocked_pair_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocked_pair")),
        sa.UniqueConstraint(
            "owner_office_id",
            "party_id",
            "other_party_id",
            name=op.f("uq_blocked_pair_owner_office_id_party_id_other_party_id"),
        ),
    )
    with op.batch_alter_table("blocked_pair", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blocked_pair_other_party_id"), ["other_party_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_blocked_pair_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_blocked_pair_party_id"), ["party_id"], unique=False)

    op.create_table(
        "cluster_membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("cluster", sa.String(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on",
            name=op.f("ck_cluster_membership_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"],
            ["office.id"],
            name=op.f("fk_cluster_membership_owner_office_id_office"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_cluster_membership_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster_membership")),
        sa.UniqueConstraint(
            "party_id",
            "cluster",
            "starts_on",
            name=op.f("uq_cluster_membership_party_id_cluster_starts_on"),
        ),
    )
    with op.batch_alter_table("cluster_membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cluster_membership_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cluster_membership_party_id"), ["party_id"], unique=False
        )

    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("wording_hash", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('matching', 'introduction', 'publication')",
            name=op.f("ck_consent_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_consent_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_consent_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consent_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_consent_party_id"), ["party_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("visibility", sa.String(length=16), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("external_id", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=True),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("branches", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("maturity_wanted_trl", sa.Integer(), nullable=True),
        sa.Column("cooperation_forms", sa.JSON(), nullable=False),
        sa.Column("needed_by_on", sa.Date(), nullable=True),
        sa.Column("seat_country", sa.String(length=2), nullable=True),
        sa.Column("it_security", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('open', 'paused', 'closed')", name=op.f("ck_need_status")),
        sa.CheckConstraint("visibility IN ('office', 'network')", name=op.f("ck_need_visibility")),
        sa.CheckConstraint("maturity_wanted_trl BETWEEN 1 AND 9", name=op.f("ck_need_trl")),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_need_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_need_party_id_party")),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text_version.id"], name=op.f("fk_need_text_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint(
            "owner_office_id",
            "source",
            "external_id",
            name=op.f("uq_need_owner_office_id_source_external_id"),
        ),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_need_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_need_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_text_id"), ["text_id"], unique=False)

    op.create_table(
        "solution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("visibility", sa.String(length=16), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=True),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("target_branches", sa.JSON(), nullable=False),
        sa.Column("maturity_trl", sa.Integer(), nullable=True),
        sa.Column("cooperation_forms", sa.JSON(), nullable=False),
        sa.Column("available_from_on", sa.Date(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("customer_sizes", sa.JSON(), nullable=False),
        sa.Column("it_security", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('active', 'paused')", name=op.f("ck_solution_status")),
        sa.CheckConstraint(
            "visibility IN ('office', 'network')", name=op.f("ck_solution_visibility")
        ),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_solution_capacity")),
        sa.CheckConstraint("maturity_trl BETWEEN 1 AND 9", name=op.f("ck_solution_trl")),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_solution_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_solution_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["text_version.id"], name=op.f("fk_solution_text_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution")),
        sa.UniqueConstraint(
            "owner_office_id",
            "source",
            "external_id",
            name=op.f("uq_solution_owner_office_id_source_external_id"),
        ),
    )
    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_solution_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_solution_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_solution_text_id"), ["text_id"], unique=False)

    op.create_table(
        "tandem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("sme_party_id", sa.Uuid(), nullable=False),
        sa.Column("startup_party_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stage IN ('proposed', 'reviewed', 'sme_asked', 'startup_asked', 'both_agreed', 'first_talk', 'pilot', 'agreement', 'alive_after_12_months', 'ended')",
            name=op.f("ck_tandem_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_tandem_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["sme_party_id"], ["party.id"], name=op.f("fk_tandem_sme_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["startup_party_id"], ["party.id"], name=op.f("fk_tandem_startup_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tandem")),
        sa.UniqueConstraint(
            "owner_office_id",
            "sme_party_id",
            "startup_party_id",
            name=op.f("uq_tandem_owner_office_id_sme_party_id_startup_party_id"),
        ),
    )
    with op.batch_alter_table("tandem", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tandem_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tandem_sme_party_id"), ["sme_party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tandem_startup_party_id"), ["startup_party_id"], unique=False
        )

    op.create_table(
        "match_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("match_run_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("need_text_version_id", sa.Uuid(), nullable=False),
        sa.Column("considered", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False),
        sa.Column("abstained", sa.JSON(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_run_id"], ["match_run.id"], name=op.f("fk_match_list_match_run_id_match_run")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_match_list_need_id_need")),
        sa.ForeignKeyConstraint(
            ["need_text_version_id"],
            ["text_version.id"],
            name=op.f("fk_match_list_need_text_version_id_text_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_list")),
        sa.UniqueConstraint(
            "match_run_id", "need_id", name=op.f("uq_match_list_match_run_id_need_id")
        ),
    )
    with op.batch_alter_table("match_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_list_match_run_id"), ["match_run_id"], unique=False
        )
        batch_op.create_index(
            "ix_match_list_need_id_created_at", ["need_id", "created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_match_list_need_text_version_id"), ["need_text_version_id"], unique=False
        )

    op.create_table(
        "match_list_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("match_list_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("solution_id", sa.Uuid(), nullable=False),
        sa.Column("solution_text_version_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("sme_preference", sa.Double(), nullable=False),
        sa.Column("startup_preference", sa.Double(), nullable=False),
        sa.Column("reciprocal_score", sa.Double(), nullable=False),
        sa.Column("match_probability", sa.Double(), nullable=True),
        sa.Column("exposure_propensity", sa.Double(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "exposure_propensity BETWEEN 0 AND 1",
            name=op.f("ck_match_list_entry_exposure_propensity"),
        ),
        sa.CheckConstraint(
            "match_probability BETWEEN 0 AND 1", name=op.f("ck_match_list_entry_match_probability")
        ),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_match_list_entry_rank_starts_at_one")),
        sa.CheckConstraint(
            "reciprocal_score BETWEEN 0 AND 1", name=op.f("ck_match_list_entry_reciprocal_score")
        ),
        sa.ForeignKeyConstraint(
            ["match_list_id"],
            ["match_list.id"],
            name=op.f("fk_match_list_entry_match_list_id_match_list"),
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name=op.f("fk_match_list_entry_need_id_need")
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_match_list_entry_solution_id_solution")
        ),
        sa.ForeignKeyConstraint(
            ["solution_text_version_id"],
            ["text_version.id"],
            name=op.f("fk_match_list_entry_solution_text_version_id_text_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_list_entry")),
        sa.UniqueConstraint(
            "match_list_id", "rank", name=op.f("uq_match_list_entry_match_list_id_rank")
        ),
        sa.UniqueConstraint(
            "match_list_id",
            "solution_id",
            name=op.f("uq_match_list_entry_match_list_id_solution_id"),
        ),
    )
    with op.batch_alter_table("match_list_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_match_list_entry_match_list_id"), ["match_list_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_match_list_entry_need_id"), ["need_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_match_list_entry_solution_id"), ["solution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_match_list_entry_solution_text_version_id"),
            ["solution_text_version_id"],
            unique=False,
        )

    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_office_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("match_list_entry_id", sa.Uuid(), nullable=True),
        sa.Column("tandem_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("side", sa.String(length=8), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "side IS NULL OR side IN ('sme', 'startup')", name=op.f("ck_event_side")
        ),
        sa.ForeignKeyConstraint(
            ["match_list_entry_id"],
            ["match_list_entry.id"],
            name=op.f("fk_event_match_list_entry_id_match_list_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_event_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["owner_office_id"], ["office.id"], name=op.f("fk_event_owner_office_id_office")
        ),
        sa.ForeignKeyConstraint(
            ["tandem_id"], ["tandem.id"], name=op.f("fk_event_tandem_id_tandem")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_event_match_list_entry_id"), ["match_list_entry_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_event_owner_office_id"), ["owner_office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_event_tandem_id"), ["tandem_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_tandem_id"))
        batch_op.drop_index(batch_op.f("ix_event_owner_office_id"))
        batch_op.drop_index(batch_op.f("ix_event_match_list_entry_id"))
        batch_op.drop_index(batch_op.f("ix_event_kind"))

    op.drop_table("event")
    with op.batch_alter_table("match_list_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_list_entry_solution_text_version_id"))
        batch_op.drop_index(batch_op.f("ix_match_list_entry_solution_id"))
        batch_op.drop_index(batch_op.f("ix_match_list_entry_need_id"))
        batch_op.drop_index(batch_op.f("ix_match_list_entry_match_list_id"))

    op.drop_table("match_list_entry")
    with op.batch_alter_table("match_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_list_need_text_version_id"))
        batch_op.drop_index("ix_match_list_need_id_created_at")
        batch_op.drop_index(batch_op.f("ix_match_list_match_run_id"))

    op.drop_table("match_list")
    with op.batch_alter_table("tandem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tandem_startup_party_id"))
        batch_op.drop_index(batch_op.f("ix_tandem_sme_party_id"))
        batch_op.drop_index(batch_op.f("ix_tandem_owner_office_id"))

    op.drop_table("tandem")
    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solution_text_id"))
        batch_op.drop_index(batch_op.f("ix_solution_party_id"))
        batch_op.drop_index(batch_op.f("ix_solution_owner_office_id"))

    op.drop_table("solution")
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_text_id"))
        batch_op.drop_index(batch_op.f("ix_need_party_id"))
        batch_op.drop_index(batch_op.f("ix_need_owner_office_id"))

    op.drop_table("need")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_party_id"))
        batch_op.drop_index(batch_op.f("ix_consent_owner_office_id"))

    op.drop_table("consent")
    with op.batch_alter_table("cluster_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cluster_membership_party_id"))
        batch_op.drop_index(batch_op.f("ix_cluster_membership_owner_office_id"))

    op.drop_table("cluster_membership")
    with op.batch_alter_table("blocked_pair", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blocked_pair_party_id"))
        batch_op.drop_index(batch_op.f("ix_blocked_pair_owner_office_id"))
        batch_op.drop_index(batch_op.f("ix_blocked_pair_other_party_id"))

    op.drop_table("blocked_pair")
    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_register_key"))
        batch_op.drop_index(batch_op.f("ix_party_owner_office_id"))
        batch_op.drop_index("ix_party_name_key_postcode")
        batch_op.drop_index(batch_op.f("ix_party_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_party_looks_for_id"))
        batch_op.drop_index(batch_op.f("ix_party_domain_key"))
        batch_op.drop_index(batch_op.f("ix_party_description_id"))

    op.drop_table("party")
    with op.batch_alter_table("import_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_change_record_id"))
        batch_op.drop_index(batch_op.f("ix_import_change_batch_id"))

    op.drop_table("import_change")
    with op.batch_alter_table("text_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_version_text_hash"))
        batch_op.drop_index(batch_op.f("ix_text_version_owner_office_id"))

    op.drop_table("text_version")
    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officer_office_id"))

    op.drop_table("officer")
    with op.batch_alter_table("match_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_match_run_owner_office_id"))

    op.drop_table("match_run")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_subject_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_owner_office_id"))
        batch_op.drop_index(batch_op.f("ix_ledger_changes_profiles"))

    op.drop_table("ledger")
    with op.batch_alter_table("import_mapping", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_mapping_owner_office_id"))

    op.drop_table("import_mapping")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_owner_office_id"))

    op.drop_table("import_batch")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_office_id"))

    op.drop_table("api_token")
    op.drop_table("sentence_embedding")
    op.drop_table("office")
    with op.batch_alter_table("municipality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipality_official_key"))
        batch_op.drop_index(batch_op.f("ix_municipality_name_key"))

    op.drop_table("municipality")
    op.drop_table("embedding")
