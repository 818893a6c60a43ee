"""reasons"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "signature_reason",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("signature_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_id", "signature_id"],
            ["signature.region_id", "signature.id"],
            name=op.f("fk_signature_reason_region_id_signature_id"),
        ),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_signature_reason")),
    )
    op.create_index(
        op.f("ix_signature_reason_region_id_signature_id"),
        "signature_reason",
        ["region_id", "signature_id"],
        unique=False,
    )
    # Sealed under the id of the change, which is that of its reason.
    op.execute(
        "INSERT INTO signature_reason (region_id, id, signature_id, region_code, sealed)"
        " SELECT region_id, id, signature_id, region_code, sealed_reason"
        " FROM signature_change WHERE sealed_reason IS NOT NULL"
    )
    op.drop_column("signature_change", "sealed_reason")


def downgrade() -> None:
    op.add_column(
        "signature_change",
        sa.Column("sealed_reason", postgresql.BYTEA(), autoincrement=False, nullable=True),
    )
    op.execute(
        "UPDATE signature_change SET sealed_reason = signature_reason.sealed"
        " FROM signature_reason WHERE signature_reason.region_id = signature_change.region_id"
        " AND signature_reason.id = signature_change.id"
    )
    op.drop_index(op.f("ix_signature_reason_region_id_signature_id"), table_name="signature_reason")
    op.drop_table("signature_reason")
