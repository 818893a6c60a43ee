"""failed_scans"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_DIRECTION = sa.Enum("in", "out", name="direction", native_enum=False, length=40)
_MODE = sa.Enum(
    "on_site", "online", "represented", name="attendancemode", native_enum=False, length=40
)


def upgrade() -> None:
    # A plain hash of a card tells its number, and nobody can key it here: it goes.
    op.drop_column("failed_scan", "scanned_hash")
    op.add_column("failed_scan", sa.Column("scanned_key", sa.String(), nullable=True))
    op.add_column("failed_scan", sa.Column("ticket_id", sa.Uuid(), nullable=True))
    op.add_column("failed_scan", sa.Column("office_name", sa.String(), nullable=True))
    op.add_column("failed_scan", sa.Column("post", sa.String(), nullable=True))
    op.add_column(
        "failed_scan", sa.Column("direction", _DIRECTION, nullable=False, server_default="in")
    )
    op.add_column("failed_scan", sa.Column("mode", _MODE, nullable=False, server_default="on_site"))
    op.add_column("failed_scan", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.alter_column("failed_scan", "direction", server_default=None)
    op.alter_column("failed_scan", "mode", server_default=None)
    op.add_column(
        "invitation",
        sa.Column("joins_online", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("invitation", "joins_online", server_default=None)


def downgrade() -> None:
    op.drop_column("invitation", "joins_online")
    op.drop_column("failed_scan", "sealed")
    op.drop_column("failed_scan", "mode")
    op.drop_column("failed_scan", "direction")
    op.drop_column("failed_scan", "post")
    op.drop_column("failed_scan", "office_name")
    op.drop_column("failed_scan", "ticket_id")
    op.drop_column("failed_scan", "scanned_key")
    op.add_column(
        "failed_scan",
        sa.Column("scanned_hash", sa.String(), nullable=False, server_default=""),
    )
    op.alter_column("failed_scan", "scanned_hash", server_default=None)
