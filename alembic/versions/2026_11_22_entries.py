"""entries"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("complaint", sa.Column("entered_by", sa.Uuid(), nullable=True))
    op.add_column("complaint", sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
