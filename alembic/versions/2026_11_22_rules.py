"""rules"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column(
        "invalidation",
        sa.Column("invalidated", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.execute("UPDATE invalidation SET invalidated = found WHERE applied_at IS NOT NULL")
    op.alter_column("invalidation", "invalidated", server_default=None)


def downgrade() -> None:
    op.drop_column("invalidation", "invalidated")
