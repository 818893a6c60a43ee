"""posts"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

# As `app.posts.rules.keys.office_key` writes it, for the rows of before.
KEY = r"""
    CASE WHEN
        (
            category IN ('regional_head', 'regional_secretary', 'personnel_agency')
            AND length(region_code) IN (2, 5) AND region_code <> '00'
        )
        OR (
            category IN ('supervisor', 'election_commission')
            AND length(region_code) IN (2, 5)
        )
        OR (
            category IN ('subdistrict_head', 'subdistrict_supervisor')
            AND length(region_code) = 8
        )
        OR (
            category IN ('urban_village_head', 'village_head')
            AND length(region_code) = 13
        )
    THEN region_code || ' ' || category
    ELSE coalesce(
        office_id::text,
        region_code || ' ' || regexp_replace(
            regexp_replace(lower(office_name), '^\s*kab\y', 'kabupaten'),
            '[^[:alnum:]]+', '', 'g'
        )
    ) END
"""
_ONCE = "ix_circular_addressee_once"
_NAMED_UNDER = "ix_circular_addressee_named_under"


def upgrade() -> None:
    for table in ("invitation", "circular_addressee"):
        op.add_column(table, sa.Column("office_key", sa.String(), nullable=True))
        rows = sa.table(table, sa.column("office_key"))
        op.execute(sa.update(rows).values(office_key=sa.literal_column(KEY)))
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
