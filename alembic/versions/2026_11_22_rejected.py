"""rejected"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_index(
        "ix_signature_rejected",
        "signature",
        ["region_id", "declaration_id", "person_key"],
        unique=False,
        postgresql_where=sa.text("\"check\" = 'rejected'"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_signature_rejected",
        table_name="signature",
        postgresql_where=sa.text("\"check\" = 'rejected'"),
    )
