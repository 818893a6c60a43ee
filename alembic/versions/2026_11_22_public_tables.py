"""Public tables are frozen for each election."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"

_OLD = "uq_public_table_name_region_code_day"
_NEW = "uq_public_table_name_election_code_region_code_day"


def upgrade() -> None:
    op.add_column(
        "public_table", sa.Column("election_code", sa.String(), server_default="", nullable=False)
    )
    op.drop_constraint(_OLD, "public_table", type_="unique")
    op.create_unique_constraint(
        _NEW, "public_table", ["name", "election_code", "region_code", "day"]
    )


def downgrade() -> None:
    op.execute("DELETE FROM public_table WHERE election_code <> ''")
    op.drop_constraint(_NEW, "public_table", type_="unique")
    op.create_unique_constraint(_OLD, "public_table", ["name", "region_code", "day"])
    op.drop_column("public_table", "election_code")
