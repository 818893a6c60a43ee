"""rosters_and_counts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "counted_log",
        sa.Column(
            "log",
            sa.Enum("declarations", "journal", name="logname", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_counted_log")),
    )
    op.create_table(
        "covered_target",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("region_id", "target_id", name=op.f("pk_covered_target")),
    )
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_dry_run", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "checked",
                "imported",
                "refused",
                "failed",
                name="importstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("good_rows", sa.Integer(), nullable=False),
        sa.Column("bad_rows", sa.Integer(), nullable=False),
        sa.Column("faults", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fault_count", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_index(
        op.f("ix_roster_import_declaration_id_id"),
        "roster_import",
        ["declaration_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_roster_import_waiting",
        "roster_import",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "roster_piece",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_roster_piece_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_piece")),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_roster_piece_import_id_number")),
    )
    op.create_table(
        "coverage",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("targets", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_id", "declaration_id", "region_code", "office", name=op.f("pk_coverage")
        ),
    )
    op.create_index(
        op.f("ix_coverage_declaration_id_office_region_code"),
        "coverage",
        ["declaration_id", "office", "region_code"],
        unique=False,
    )
    op.create_table(
        "signature_count",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "asn_pns",
                "asn_pppk",
                "asn_pppk_part_time",
                "non_asn",
                "tni",
                "polri",
                "village_head",
                "village_official",
                "bpd",
                "state_official",
                "regional_official",
                "state_enterprise",
                "election_organiser",
                "other",
                name="group",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "signatory",
                "representative",
                "witness",
                name="signatoryrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_id",
            "declaration_id",
            "region_code",
            "text_hash",
            "group",
            "role",
            name=op.f("pk_signature_count"),
        ),
    )
    op.create_index(
        op.f("ix_signature_count_declaration_id"),
        "signature_count",
        ["declaration_id"],
        unique=False,
    )
    op.add_column("declaration", sa.Column("organiser", sa.String(), nullable=True))
    op.add_column(
        "declaration",
        sa.Column(
            "witnesses",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            server_default="[]",
        ),
    )
    op.alter_column("declaration", "witnesses", server_default=None)
    op.add_column("declaration", sa.Column("cancellation_reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("declaration", "cancellation_reason")
    op.drop_column("declaration", "witnesses")
    op.drop_column("declaration", "organiser")
    op.drop_index(op.f("ix_signature_count_declaration_id"), table_name="signature_count")
    op.drop_table("signature_count")
    op.drop_index(op.f("ix_coverage_declaration_id_office_region_code"), table_name="coverage")
    op.drop_table("coverage")
    op.drop_table("roster_piece")
    op.drop_index(
        "ix_roster_import_waiting",
        table_name="roster_import",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_roster_import_declaration_id_id"), table_name="roster_import")
    op.drop_table("roster_import")
    op.drop_table("covered_target")
    op.drop_table("counted_log")
