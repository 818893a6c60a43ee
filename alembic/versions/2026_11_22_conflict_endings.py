"""conflict endings"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    json = postgresql.JSONB(astext_type=sa.Text())
    op.add_column("conflict", sa.Column("ending_asked_by", sa.Uuid(), nullable=True))
    op.add_column(
        "conflict", sa.Column("ending_asked_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("conflict", sa.Column("ended_for", json, nullable=True))


def downgrade() -> None:
    for name in ("ended_for", "ending_asked_at", "ending_asked_by"):
        op.drop_column("conflict", name)
