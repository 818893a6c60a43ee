"""search"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("complaint", sa.Column("summary", sa.String(), nullable=True))
    op.add_column(
        "complaint", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    op.alter_column("complaint", "version", server_default=None)
    for columns in (
        ["status", "submitted_at", "id"],
        ["office_id", "submitted_at", "id"],
        ["election_code", "submitted_at", "id"],
        ["next_due_on", "id"],
    ):
        op.create_index(op.f(f"ix_complaint_{'_'.join(columns)}"), "complaint", columns)
    # The marks take their place.
    for column in ("name_index", "employee_number_index", "population_number_index"):
        op.drop_index(op.f(f"ix_complaint_person_{column}"), table_name="complaint_person")
        op.drop_column("complaint_person", column)
    _create_marks()
    op.create_table(
        "complaint_to_index",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_to_index")),
    )
    op.execute(
        "INSERT INTO complaint_to_index (id, complaint_id) SELECT gen_random_uuid(), id"
        " FROM complaint"
    )
    _create_queues()


def _create_marks() -> None:
    op.create_table(
        "complaint_marks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("marks", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("plain_words", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["complaint.id"], name=op.f("fk_complaint_marks_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_marks")),
    )
    for column in ("marks", "plain_words"):
        op.create_index(
            op.f(f"ix_complaint_marks_{column}"),
            "complaint_marks",
            [column],
            postgresql_using="gin",
        )
    op.create_index(
        op.f("ix_complaint_marks_submitted_at_id"), "complaint_marks", ["submitted_at", "id"]
    )
    op.create_index(
        "ix_complaint_marks_region_code_prefix",
        "complaint_marks",
        ["region_code", "submitted_at"],
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_index(op.f("ix_complaint_marks_key_id"), "complaint_marks", ["key_id"])
    # Villages are many and rare: with the 1,000 most frequent words alone they count for common.
    op.execute("ALTER TABLE complaint_marks ALTER COLUMN plain_words SET STATISTICS 1000")


def _create_queues() -> None:
    op.create_table(
        "saved_queue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("filter", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_queue")),
    )
    op.create_index(
        op.f("ix_saved_queue_office_id_saved_at_id"),
        "saved_queue",
        ["office_id", "saved_at", "id"],
    )
