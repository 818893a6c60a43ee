"""holders"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

ADDED = (("signer", "for_target"), ("target", "needs_name"))


def upgrade() -> None:
    for table, name in ADDED:
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column(table, column)
        op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    for table, name in ADDED:
        op.drop_column(table, name)
