"""links"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("receipt", sa.Column("sender_mac", sa.LargeBinary(), nullable=True))
    op.create_table(
        "complaint_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("confirmed", "rejected", name="linkstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_complaint_link_order")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["complaint.id"], name=op.f("fk_complaint_link_one_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["complaint.id"], name=op.f("fk_complaint_link_other_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_link")),
    )
    op.create_index(
        op.f("ix_complaint_link_one_id_other_id"),
        "complaint_link",
        ["one_id", "other_id"],
        unique=True,
        postgresql_where="ended_at IS NULL",
    )
    op.create_index(
        op.f("ix_complaint_link_other_id"),
        "complaint_link",
        ["other_id"],
        postgresql_where="ended_at IS NULL",
    )
    op.create_index(
        "ix_complaint_marks_region_code_occurred_on",
        "complaint_marks",
        ["region_code", "occurred_on"],
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    # 10,000 marks instead of 1,000: what is not among them is in less than one complaint of 1,000.
    op.execute("ALTER TABLE complaint_marks ALTER COLUMN marks SET STATISTICS 1000")


def downgrade() -> None:
    op.execute("ALTER TABLE complaint_marks ALTER COLUMN marks SET STATISTICS -1")
    op.drop_index("ix_complaint_marks_region_code_occurred_on", table_name="complaint_marks")
    op.drop_table("complaint_link")
    op.drop_column("receipt", "sender_mac")
