"""A reported person holds a post of a known group, where an officer has said which."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.add_column(
        "case_person",
        sa.Column(
            "position_group",
            sa.Enum(
                "high_leadership",
                "administrator",
                "supervisor",
                "subdistrict_head",
                "urban_village_head",
                "school_head",
                "teacher",
                "functional",
                "executor",
                "other",
                name="positiongroup",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
    )


def downgrade() -> None:
    op.drop_column("case_person", "position_group")
