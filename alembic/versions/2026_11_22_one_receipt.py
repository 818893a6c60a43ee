"""one receipt for each subject, whatever its kind"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

KINDS = ("complaint", "consultation", "upload", "device", "event_device")
RECEIPT = sa.table("receipt", sa.column("kind"), sa.column("subject_id"))


def upgrade() -> None:
    op.drop_index("ix_receipt_subject_id_kind", table_name="receipt")
    op.create_index(op.f("ix_receipt_subject_id"), "receipt", ["subject_id"], unique=True)
    kind = sa.Enum(*KINDS, name="receiptkind", native_enum=False, length=40)
    for table in ("message", "contact", "notice"):
        op.add_column(table, sa.Column("kind", kind, nullable=True))
        about = sa.table(table, sa.column("kind"), sa.column("subject_id"))
        mine = RECEIPT.c.subject_id == about.c.subject_id
        op.execute(about.update().values(kind=RECEIPT.c.kind).where(mine))
        op.alter_column(table, "kind", nullable=False)
    op.add_column(
        "consultation", sa.Column("stale_since", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("consultation", "stale_since")
    for table in ("notice", "contact", "message"):
        op.drop_column(table, "kind")
    op.drop_index(op.f("ix_receipt_subject_id"), table_name="receipt")
    op.create_index("ix_receipt_subject_id_kind", "receipt", ["subject_id", "kind"], unique=True)
