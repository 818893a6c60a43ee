"""retelling"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

UNITS = (
    "complaint",
    "report",
    "initial_information",
    "finding",
    "case",
    "person",
    "referral",
    "sanction",
    "deadline",
    "step",
    "declaration",
    "signature",
    "event",
    "attendance",
    "circular",
    "consultation",
)


def upgrade() -> None:
    # Of no cluster: all is told anew, once, in case acts went by unseen after a dump was restored.
    op.add_column(
        "figure_state", sa.Column("cluster", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.alter_column("figure_state", "cluster", server_default=None)
    unit = sa.Enum(*UNITS, name="unit", native_enum=False, length=40)
    op.add_column("figure_state", sa.Column("retelling", unit, nullable=True))
    op.add_column("figure_state", sa.Column("retold", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_classification_person_id"), "classification", ["person_id"])
    op.create_index(op.f("ix_referral_person_person_id"), "referral_person", ["person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_referral_person_person_id"), table_name="referral_person")
    op.drop_index(op.f("ix_classification_person_id"), table_name="classification")
    op.drop_column("figure_state", "retold")
    op.drop_column("figure_state", "retelling")
    op.drop_column("figure_state", "cluster")
