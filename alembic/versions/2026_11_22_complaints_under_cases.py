"""complaints under cases"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("complaint", sa.Column("first_office_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("complaint", "first_office_id")
