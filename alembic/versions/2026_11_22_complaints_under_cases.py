"""complaints under cases"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("complaint", sa.Column("first_office_id", sa.Uuid(), nullable=True))
    op.create_table(
        "matter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    op.add_column("complaint", sa.Column("matter_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_complaint_matter_id"), "complaint", "matter", ["matter_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_column("complaint", "matter_id")
    op.drop_table("matter")
    op.drop_column("complaint", "first_office_id")
