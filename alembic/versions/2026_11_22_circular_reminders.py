"""circular_reminders"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "circular_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("addressee_id", sa.Uuid(), nullable=False),
        sa.Column("circular_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("before", "at", "after", name="reminderkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "mail",
            sa.Enum(
                "pending", "sent", "undeliverable", name="noticestate", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("mail_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["addressee_id"],
            ["circular_addressee.id"],
            name=op.f("fk_circular_reminder_addressee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_reminder_circular_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_circular_reminder_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_reminder")),
    )
    op.create_index(
        op.f("ix_circular_reminder_addressee_id_kind_due_on"),
        "circular_reminder",
        ["addressee_id", "kind", "due_on"],
        unique=True,
    )
    op.create_index(
        op.f("ix_circular_reminder_at_id"), "circular_reminder", ["at", "id"], unique=False
    )
    op.create_index(
        "ix_circular_reminder_mail",
        "circular_reminder",
        ["mail_due_at"],
        unique=False,
        postgresql_where=sa.text("mail = 'pending'"),
    )
    op.create_index(
        op.f("ix_circular_reminder_office_id_at_id"),
        "circular_reminder",
        ["office_id", "at", "id"],
        unique=False,
    )
    op.alter_column("circular", "in_force_from", existing_type=sa.DATE(), nullable=True)
    op.add_column(
        "circular_addressee",
        sa.Column("ancestors", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("circular_addressee", sa.Column("sealed_email", sa.LargeBinary(), nullable=True))
    op.create_index(
        op.f("ix_circular_addressee_ancestors"),
        "circular_addressee",
        ["ancestors"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_circular_addressee_figures",
        "circular_addressee",
        ["circular_id", "depth", "category"],
        unique=False,
        postgresql_include=["acknowledged_at", "forwarded", "owed", "done", "next_due_on"],
    )
    op.create_index(
        "ix_circular_addressee_reached",
        "circular_addressee",
        ["next_due_on"],
        unique=False,
        postgresql_where=sa.text("office_id IS NOT NULL OR sealed_email IS NOT NULL"),
    )
    op.execute(
        "WITH RECURSIVE line AS ("
        " SELECT id, '{}'::uuid[] AS ancestors FROM circular_addressee WHERE parent_id IS NULL"
        " UNION ALL SELECT below.id, line.ancestors || line.id"
        " FROM circular_addressee below JOIN line ON below.parent_id = line.id)"
        " UPDATE circular_addressee SET ancestors = line.ancestors"
        " FROM line WHERE line.id = circular_addressee.id AND parent_id IS NOT NULL"
    )
    op.execute(
        "INSERT INTO evidence_subject (id, kind, region_id, region_code)"
        " SELECT id, 'circular_addressee', region_id, region_code FROM circular_addressee"
        " WHERE office_id IS NOT NULL"
    )
    op.execute(
        'INSERT INTO "grant" (id, subject_id, office_id, since)'
        " SELECT gen_random_uuid(), id, office_id, addressed_at FROM circular_addressee"
        " WHERE office_id IS NOT NULL"
    )


def downgrade() -> None:
    op.execute('DELETE FROM "grant" WHERE subject_id IN (SELECT id FROM circular_addressee)')
    op.execute("DELETE FROM evidence_subject WHERE kind = 'circular_addressee'")
    op.execute("UPDATE circular SET in_force_from = dated_on WHERE in_force_from IS NULL")
    op.drop_index(
        "ix_circular_addressee_reached",
        table_name="circular_addressee",
        postgresql_where=sa.text("office_id IS NOT NULL OR sealed_email IS NOT NULL"),
    )
    op.drop_index(
        "ix_circular_addressee_figures",
        table_name="circular_addressee",
        postgresql_include=["acknowledged_at", "forwarded", "owed", "done", "next_due_on"],
    )
    op.drop_index(
        op.f("ix_circular_addressee_ancestors"),
        table_name="circular_addressee",
        postgresql_using="gin",
    )
    op.drop_column("circular_addressee", "sealed_email")
    op.drop_column("circular_addressee", "ancestors")
    op.alter_column("circular", "in_force_from", existing_type=sa.DATE(), nullable=False)
    op.drop_index(op.f("ix_circular_reminder_office_id_at_id"), table_name="circular_reminder")
    op.drop_index(
        "ix_circular_reminder_mail",
        table_name="circular_reminder",
        postgresql_where=sa.text("mail = 'pending'"),
    )
    op.drop_index(op.f("ix_circular_reminder_at_id"), table_name="circular_reminder")
    op.drop_index(
        op.f("ix_circular_reminder_addressee_id_kind_due_on"), table_name="circular_reminder"
    )
    op.drop_table("circular_reminder")
