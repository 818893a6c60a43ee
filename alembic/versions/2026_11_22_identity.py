"""identity"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # The default is for the officers who are there already; new ones bring their own.
    op.add_column("officer", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.alter_column("officer", "version", server_default=None)
