"""entries"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("complaint", sa.Column("entered_by", sa.Uuid(), nullable=True))
    op.add_column("complaint", sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "legacy_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["complaint.id"], name=op.f("fk_legacy_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legacy_case")),
    )
    op.create_index(
        op.f("ix_legacy_case_number_key_office_id"),
        "legacy_case",
        ["number_key", "office_id"],
        unique=True,
    )
