"""evidence"""

import sqlalchemy as sa
from alembic import op

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


def downgrade() -> None:
    op.drop_index(op.f("ix_upload_subject_id_content_index"), table_name="upload")
    op.drop_index(op.f("ix_upload_state_expires_at"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(op.f("ix_evidence_subject_id_received_at"), table_name="evidence")
    op.drop_index(op.f("ix_evidence_content_index"), table_name="evidence")
    op.drop_table("evidence")
