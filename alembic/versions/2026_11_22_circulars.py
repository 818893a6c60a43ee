"""circulars"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "circular",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("office_name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("circular", "appeal", name="circularkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("signer_post", sa.String(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column(
            "nature",
            sa.Enum(
                "ordinary",
                "important",
                "urgent",
                "very_urgent",
                name="nature",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("legal_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("addressees", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ends", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("copies_to", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "issued",
                "superseded",
                "revoked",
                name="circularstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("content_hash", sa.LargeBinary(), nullable=True),
        sa.Column("issued_leaf", sa.BigInteger(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ending_reason", sa.String(), nullable=True),
        sa.Column("ended_leaf", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ended_by"], ["circular.id"], name=op.f("fk_circular_ended_by")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_circular_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular")),
    )
    op.create_index(
        op.f("ix_circular_drafted_at_id"), "circular", ["drafted_at", "id"], unique=False
    )
    op.create_index(
        "ix_circular_issued_number",
        "circular",
        ["region_code", "issuer", "number", "dated_on"],
        unique=True,
        postgresql_where=sa.text("issued_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_circular_office_id"), "circular", ["office_id"], unique=False)
    op.create_index(
        op.f("ix_circular_region_code"),
        "circular",
        ["region_code"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_table(
        "circular_addressee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("circular_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("depth", sa.SmallInteger(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "regional_head",
                "regional_secretary",
                "regional_agency",
                "personnel_agency",
                "subdistrict_head",
                "urban_village_head",
                "village_head",
                "supervisor",
                "other",
                name="addresseecategory",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("office_name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("addressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owed", sa.SmallInteger(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "acknowledged_by",
            sa.Enum(
                "public",
                "receipt",
                "officer",
                "client",
                "system",
                name="actorkind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("forwarded", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("done", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_addressee_circular_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_circular_addressee_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["circular_addressee.id"], name=op.f("fk_circular_addressee_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_addressee")),
    )
    op.create_index(
        op.f("ix_circular_addressee_circular_id_addressed_at_id"),
        "circular_addressee",
        ["circular_id", "addressed_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_circular_addressee_circular_id_next_due_on"),
        "circular_addressee",
        ["circular_id", "next_due_on"],
        unique=False,
    )
    op.create_index(
        "ix_circular_addressee_office_id",
        "circular_addressee",
        ["office_id", "addressed_at", "id"],
        unique=False,
        postgresql_where=sa.text("office_id IS NOT NULL"),
    )
    op.create_index(
        "ix_circular_addressee_once",
        "circular_addressee",
        ["circular_id", "region_code", "category", "office_name"],
        unique=True,
    )
    op.create_index(
        op.f("ix_circular_addressee_parent_id_addressed_at_id"),
        "circular_addressee",
        ["parent_id", "addressed_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_circular_addressee_region_code"),
        "circular_addressee",
        ["region_code"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_table(
        "circular_obligation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("circular_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("report_to", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_obligation_circular_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_obligation")),
    )
    op.create_index(
        op.f("ix_circular_obligation_circular_id_place"),
        "circular_obligation",
        ["circular_id", "place"],
        unique=True,
    )
    op.create_table(
        "circular_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("circular_id", sa.Uuid(), nullable=False),
        sa.Column("addressee_id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "reported_by",
            sa.Enum(
                "public",
                "receipt",
                "officer",
                "client",
                "system",
                name="actorkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("evidence_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["addressee_id"],
            ["circular_addressee.id"],
            name=op.f("fk_circular_report_addressee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_report_circular_id")
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["circular_obligation.id"],
            name=op.f("fk_circular_report_obligation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_report")),
    )
    op.create_index(
        op.f("ix_circular_report_addressee_id_obligation_id"),
        "circular_report",
        ["addressee_id", "obligation_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_circular_report_circular_id"), "circular_report", ["circular_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_circular_report_circular_id"), table_name="circular_report")
    op.drop_index(
        op.f("ix_circular_report_addressee_id_obligation_id"), table_name="circular_report"
    )
    op.drop_table("circular_report")
    op.drop_index(
        op.f("ix_circular_obligation_circular_id_place"), table_name="circular_obligation"
    )
    op.drop_table("circular_obligation")
    op.drop_index(
        op.f("ix_circular_addressee_region_code"),
        table_name="circular_addressee",
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.drop_index(
        op.f("ix_circular_addressee_parent_id_addressed_at_id"), table_name="circular_addressee"
    )
    op.drop_index("ix_circular_addressee_once", table_name="circular_addressee")
    op.drop_index(
        "ix_circular_addressee_office_id",
        table_name="circular_addressee",
        postgresql_where=sa.text("office_id IS NOT NULL"),
    )
    op.drop_index(
        op.f("ix_circular_addressee_circular_id_next_due_on"), table_name="circular_addressee"
    )
    op.drop_index(
        op.f("ix_circular_addressee_circular_id_addressed_at_id"), table_name="circular_addressee"
    )
    op.drop_table("circular_addressee")
    op.drop_index(
        op.f("ix_circular_region_code"),
        table_name="circular",
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.drop_index(op.f("ix_circular_office_id"), table_name="circular")
    op.drop_index(
        "ix_circular_issued_number",
        table_name="circular",
        postgresql_where=sa.text("issued_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_circular_drafted_at_id"), table_name="circular")
    op.drop_table("circular")
