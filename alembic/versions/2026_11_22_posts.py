"""posts"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

# As `office_key` writes it of what has no category; nothing else is known of the rows of before.
_KEY = """
    UPDATE {} SET office_key = coalesce(
        office_id::text,
        region_code || ' ' || lower(regexp_replace(office_name, '[^[:alnum:]]+', '', 'g'))
    )
"""
_ONCE = "ix_circular_addressee_once"
_NAMED_UNDER = "ix_circular_addressee_named_under"


def upgrade() -> None:
    for table in ("invitation", "circular_addressee"):
        op.add_column(table, sa.Column("office_key", sa.String(), nullable=True))
        op.execute(_KEY.format(table))
        op.alter_column(table, "office_key", nullable=False)
    op.add_column("circular_addressee", sa.Column("named_under", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_circular_addressee_named_under"),
        "circular_addressee",
        "circular_addressee",
        ["named_under"],
        ["id"],
    )
    op.drop_index(_ONCE, table_name="circular_addressee")
    op.create_index(_ONCE, "circular_addressee", ["circular_id", "office_key"], unique=True)
    op.create_index(
        _NAMED_UNDER,
        "circular_addressee",
        ["named_under"],
        postgresql_where=sa.text("named_under IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index(_NAMED_UNDER, table_name="circular_addressee")
    op.drop_index(_ONCE, table_name="circular_addressee")
    op.create_index(
        _ONCE,
        "circular_addressee",
        ["circular_id", "region_code", "category", "office_name"],
        unique=True,
    )
    op.drop_constraint(op.f("fk_circular_addressee_named_under"), "circular_addressee")
    op.drop_column("circular_addressee", "named_under")
    for table in ("circular_addressee", "invitation"):
        op.drop_column(table, "office_key")
