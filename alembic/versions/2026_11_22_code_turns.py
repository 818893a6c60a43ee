"""Codes of addressed offices can be taken back one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.add_column(
        "circular_addressee",
        sa.Column("code_turn", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("circular_addressee", "code_turn")
