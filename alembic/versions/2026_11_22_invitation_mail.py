"""invitation_mail"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.create_table(
        "invitation_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "update",
                "answer",
                "seat_given",
                "reminder",
                "cancellation",
                "withdrawal",
                name="mailkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reminder",
            sa.Enum("before", "at", "after", name="reminderkind", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending", "sent", "undeliverable", name="noticestate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_invitation_mail_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_invitation_mail_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_mail")),
    )
    op.create_index(
        "ix_invitation_mail_due",
        "invitation_mail",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        op.f("ix_invitation_mail_event_id_queued_at_id"),
        "invitation_mail",
        ["event_id", "queued_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_invitation_mail_invitation_id"), "invitation_mail", ["invitation_id"], unique=False
    )
    op.create_index(
        "ix_invitation_mail_pending",
        "invitation_mail",
        ["invitation_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.add_column("event", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("event", sa.Column("answers_due_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("event", "answers_due_on")
    op.drop_column("event", "changed_at")
    op.drop_index(
        "ix_invitation_mail_pending",
        table_name="invitation_mail",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(op.f("ix_invitation_mail_invitation_id"), table_name="invitation_mail")
    op.drop_index(op.f("ix_invitation_mail_event_id_queued_at_id"), table_name="invitation_mail")
    op.drop_index(
        "ix_invitation_mail_due",
        table_name="invitation_mail",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_table("invitation_mail")
