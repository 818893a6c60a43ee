"""room"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "collecting_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("regions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("offices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("bundled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_collecting_device_declaration_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_collecting_device_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collecting_device")),
    )
    op.create_index(
        op.f("ix_collecting_device_declaration_id_registered_at_id"),
        "collecting_device",
        ["declaration_id", "registered_at", "id"],
        unique=False,
    )
    op.create_table(
        "signature_capture",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("body_mac", sa.LargeBinary(), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["region_id", "id"],
            ["signature.region_id", "signature.id"],
            name=op.f("fk_signature_capture_region_id_id"),
        ),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_signature_capture")),
    )
    op.create_index(
        op.f("ix_signature_capture_device_id_sequence"),
        "signature_capture",
        ["device_id", "sequence"],
        unique=False,
    )
    op.create_index(
        op.f("ix_signature_capture_evidence_id"), "signature_capture", ["evidence_id"], unique=False
    )
    op.create_index(
        op.f("ix_signature_capture_item_id"), "signature_capture", ["item_id"], unique=False
    )
    op.create_table(
        "signature_mark",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "id"],
            ["signature.region_id", "signature.id"],
            name=op.f("fk_signature_mark_region_id_id"),
        ),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_signature_mark")),
    )

    op.create_table(
        "evidence_subject",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("declaration", name="subjectkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_subject")),
    )
    op.execute(
        "INSERT INTO evidence_subject (id, kind, region_id, region_code)"
        " SELECT id, 'declaration', region_id, region_code FROM declaration"
    )
    op.create_table(
        "document_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "intact",
                "altered",
                "extended",
                "unsigned",
                "unreadable",
                name="documentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_document_check_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_check")),
    )
    op.create_index(
        op.f("ix_document_check_evidence_id"), "document_check", ["evidence_id"], unique=True
    )
    op.create_index(
        "ix_document_check_waiting",
        "document_check",
        ["claimed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_document_check_waiting",
        table_name="document_check",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_document_check_evidence_id"), table_name="document_check")
    op.drop_table("document_check")
    op.drop_table("evidence_subject")
    op.drop_table("signature_mark")
    op.drop_index(op.f("ix_signature_capture_item_id"), table_name="signature_capture")
    op.drop_index(op.f("ix_signature_capture_evidence_id"), table_name="signature_capture")
    op.drop_index(op.f("ix_signature_capture_device_id_sequence"), table_name="signature_capture")
    op.drop_table("signature_capture")
    op.drop_index(
        op.f("ix_collecting_device_declaration_id_registered_at_id"), table_name="collecting_device"
    )
    op.drop_table("collecting_device")
