"""links"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("receipt", sa.Column("sender_mac", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("receipt", "sender_mac")
