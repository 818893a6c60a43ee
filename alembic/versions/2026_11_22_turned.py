"""The desk of questions is told of a turn when its day is over."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.add_column("consultation", sa.Column("turned_on", sa.Date(), nullable=True))
    op.create_index(
        op.f("ix_consultation_turned_on"),
        "consultation",
        ["turned_on"],
        unique=False,
        postgresql_where=sa.text("turned_on IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_consultation_turned_on"),
        table_name="consultation",
        postgresql_where=sa.text("turned_on IS NOT NULL"),
    )
    op.drop_column("consultation", "turned_on")
