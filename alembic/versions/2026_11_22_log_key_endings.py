"""A key of a log that has ended loses its private half."""

from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.alter_column("ledger_key", "sealed_private", existing_type=postgresql.BYTEA(), nullable=True)
    op.create_check_constraint(
        op.f("ck_ledger_key_signs_while_in_use"),
        "ledger_key",
        "(until IS NULL) = (sealed_private IS NOT NULL)",
    )


def downgrade() -> None:
    # Refused once a key has ended: what was destroyed does not come back.
    op.drop_constraint(op.f("ck_ledger_key_signs_while_in_use"), "ledger_key")
    op.alter_column(
        "ledger_key", "sealed_private", existing_type=postgresql.BYTEA(), nullable=False
    )
