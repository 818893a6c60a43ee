"""minutes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "attendance_closing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("totals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_attendance_closing_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_closing")),
    )
    op.create_index(
        op.f("ix_attendance_closing_event_id_number"),
        "attendance_closing",
        ["event_id", "number"],
        unique=True,
    )
    op.create_table(
        "event_follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("organiser_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("decision_number", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("office_name", sa.String(), nullable=False),
        sa.Column("office_region_code", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "in_progress",
                "done",
                "cancelled",
                name="eventfollowupstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_follow_up_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_event_follow_up_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["organiser_id"], ["office.id"], name=op.f("fk_event_follow_up_organiser_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_follow_up")),
    )
    op.create_index(
        op.f("ix_event_follow_up_code_hash"), "event_follow_up", ["code_hash"], unique=True
    )
    op.create_index(
        op.f("ix_event_follow_up_due_at_id"), "event_follow_up", ["due_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_event_follow_up_event_id_number"),
        "event_follow_up",
        ["event_id", "number"],
        unique=True,
    )
    op.create_index(
        "ix_event_follow_up_office",
        "event_follow_up",
        ["office_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('open', 'in_progress')"),
    )
    op.create_table(
        "event_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "terms_of_reference",
                "assignment_letter",
                "invitation_letter",
                "presentation",
                "photo",
                "attendance_list",
                "joint_commitment",
                "press_release",
                "other",
                name="materialkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "public", "invited", "organiser", name="audience", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_material_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_event_material_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_material")),
    )
    op.create_index(
        op.f("ix_event_material_event_id_added_at_id"),
        "event_material",
        ["event_id", "added_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_event_material_standing",
        "event_material",
        ["evidence_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "published_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("minutes_version", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_published_decision_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_decision")),
    )
    op.create_index(
        "ix_published_decision_standing",
        "published_decision",
        ["event_id", "number"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "carried_follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_carried_follow_up_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["event_follow_up.id"], name=op.f("fk_carried_follow_up_follow_up_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["event_session.id"],
            name=op.f("fk_carried_follow_up_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carried_follow_up")),
    )
    op.create_index(
        op.f("ix_carried_follow_up_event_id_follow_up_id"),
        "carried_follow_up",
        ["event_id", "follow_up_id"],
        unique=True,
    )
    op.create_table(
        "event_follow_up_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("before", "at", "after", name="reminderkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["event_follow_up.id"],
            name=op.f("fk_event_follow_up_reminder_follow_up_id"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_event_follow_up_reminder_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_follow_up_reminder")),
    )
    op.create_index(
        op.f("ix_event_follow_up_reminder_at_id"),
        "event_follow_up_reminder",
        ["at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_event_follow_up_reminder_follow_up_id_kind"),
        "event_follow_up_reminder",
        ["follow_up_id", "kind"],
        unique=True,
    )
    op.create_table(
        "event_follow_up_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "in_progress",
                "done",
                "cancelled",
                name="eventfollowupstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_event_follow_up_report_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["event_follow_up.id"],
            name=op.f("fk_event_follow_up_report_follow_up_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_follow_up_report")),
    )
    op.create_index(
        op.f("ix_event_follow_up_report_follow_up_id_reported_at"),
        "event_follow_up_report",
        ["follow_up_id", "reported_at"],
        unique=False,
    )
    op.create_table(
        "minutes_approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("minutes_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_approval_minutes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_approval")),
    )
    op.create_index(
        op.f("ix_minutes_approval_minutes_id"), "minutes_approval", ["minutes_id"], unique=True
    )
    op.add_column("minutes", sa.Column("written_by", sa.Uuid(), nullable=True))
    # Files could not be added to events that were drafted before.
    op.execute(
        "INSERT INTO evidence_subject (id, kind, region_id, region_code)"
        " SELECT id, 'event', region_id, region_code FROM event"
    )


def downgrade() -> None:
    op.execute("DELETE FROM evidence_subject WHERE kind = 'event'")
    op.drop_column("minutes", "written_by")
    op.drop_index(op.f("ix_minutes_approval_minutes_id"), table_name="minutes_approval")
    op.drop_table("minutes_approval")
    op.drop_index(
        op.f("ix_event_follow_up_report_follow_up_id_reported_at"),
        table_name="event_follow_up_report",
    )
    op.drop_table("event_follow_up_report")
    op.drop_index(
        op.f("ix_event_follow_up_reminder_follow_up_id_kind"), table_name="event_follow_up_reminder"
    )
    op.drop_index(op.f("ix_event_follow_up_reminder_at_id"), table_name="event_follow_up_reminder")
    op.drop_table("event_follow_up_reminder")
    op.drop_index(
        op.f("ix_carried_follow_up_event_id_follow_up_id"), table_name="carried_follow_up"
    )
    op.drop_table("carried_follow_up")
    op.drop_index(
        "ix_published_decision_standing",
        table_name="published_decision",
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_table("published_decision")
    op.drop_index(
        "ix_event_material_standing",
        table_name="event_material",
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(op.f("ix_event_material_event_id_added_at_id"), table_name="event_material")
    op.drop_table("event_material")
    op.drop_index(
        "ix_event_follow_up_office",
        table_name="event_follow_up",
        postgresql_where=sa.text("state IN ('open', 'in_progress')"),
    )
    op.drop_index(op.f("ix_event_follow_up_event_id_number"), table_name="event_follow_up")
    op.drop_index(op.f("ix_event_follow_up_due_at_id"), table_name="event_follow_up")
    op.drop_index(op.f("ix_event_follow_up_code_hash"), table_name="event_follow_up")
    op.drop_table("event_follow_up")
    op.drop_index(op.f("ix_attendance_closing_event_id_number"), table_name="attendance_closing")
    op.drop_table("attendance_closing")
