"""evidence"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("content_index", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_content_index"), "evidence", ["content_index"], unique=False)
    op.create_index(
        op.f("ix_evidence_subject_id_received_at"),
        "evidence",
        ["subject_id", "received_at"],
        unique=False,
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column(
            "actor_kind",
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
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("content_index", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "finished", "ended", name="uploadstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(
        op.f("ix_upload_state_expires_at"), "upload", ["state", "expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_upload_subject_id_content_index"),
        "upload",
        ["subject_id", "content_index"],
        unique=False,
    )

    _custody()


def _custody() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(
        op.f("ix_legal_hold_subject_id_placed_at"),
        "legal_hold",
        ["subject_id", "placed_at"],
        unique=False,
    )
    op.create_table(
        "retention_rule",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "evidence_class",
            sa.Enum(
                "report", "initial_information", name="evidenceclass", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column(
            "start_event",
            sa.Enum("received", "case_closed", name="retentionstart", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "primary",
                "secondary",
                "known",
                "unverified",
                name="confidence",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_retention_rule")),
    )
    op.create_table(
        "evidence_opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_opening_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_opening")),
    )
    op.create_index(
        op.f("ix_evidence_opening_evidence_id_opened_at"),
        "evidence_opening",
        ["evidence_id", "opened_at"],
        unique=False,
    )
    op.create_table(
        "working_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "waiting",
                "done",
                "not_available",
                "failed",
                name="copyoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "failure",
            sa.Enum(
                "too_large",
                "broken",
                "locked",
                "damaged",
                "timeout",
                "interrupted",
                name="copyfailure",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("removed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_working_copy_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_copy")),
    )
    op.create_index(
        op.f("ix_working_copy_evidence_id"), "working_copy", ["evidence_id"], unique=True
    )
    op.create_index(
        "ix_working_copy_waiting",
        "working_copy",
        ["claimed_at"],
        unique=False,
        postgresql_where=sa.text("outcome = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_working_copy_waiting",
        table_name="working_copy",
        postgresql_where=sa.text("outcome = 'waiting'"),
    )
    op.drop_index(op.f("ix_working_copy_evidence_id"), table_name="working_copy")
    op.drop_table("working_copy")
    op.drop_index(op.f("ix_evidence_opening_evidence_id_opened_at"), table_name="evidence_opening")
    op.drop_table("evidence_opening")
    op.drop_table("retention_rule")
    op.drop_index(op.f("ix_legal_hold_subject_id_placed_at"), table_name="legal_hold")
    op.drop_table("legal_hold")
    op.drop_index(op.f("ix_upload_subject_id_content_index"), table_name="upload")
    op.drop_index(op.f("ix_upload_state_expires_at"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(op.f("ix_evidence_subject_id_received_at"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_content_index"), table_name="evidence")
    op.drop_table("evidence")
