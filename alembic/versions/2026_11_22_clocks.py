"""clocks"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "calendar_revision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("preview_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_calendar_revision")),
    )
    op.create_table(
        "clock_preview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("proposal", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("open_clocks", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("earlier", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_preview")),
    )
    op.create_index(
        op.f("ix_clock_preview_proposed_at_id"),
        "clock_preview",
        ["proposed_at", "id"],
        unique=False,
    )
    op.create_table(
        "deadline_clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column(
            "regime",
            sa.Enum(
                "regional_election", "general_election", name="regime", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("rule_code", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_extension_reason", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("met", "missed", "cancelled", name="outcome", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "file_report",
                "issue_receipt",
                "initial_review",
                "completion",
                "registration",
                "handling",
                "tracing",
                "transfer_answer",
                "status_notice",
                "announcement",
                "forwarding",
                "first_discussion",
                "second_discussion",
                "investigation",
                "prosecutor_return",
                "police_resubmission",
                "submission_to_court",
                "verdict",
                "appeal",
                "appeal_verdict",
                "joint_verification",
                "bawaslu_validation",
                "staffing_authority_response",
                name="step",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_clock")),
    )
    op.create_index(
        "ix_deadline_clock_desk",
        "deadline_clock",
        ["office_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_deadline_clock_due",
        "deadline_clock",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL AND stopped_at IS NULL"),
    )
    op.create_index(
        "ix_deadline_clock_open",
        "deadline_clock",
        ["subject_id", "step"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_deadline_clock_revision",
        "deadline_clock",
        ["revision", "id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        op.f("ix_deadline_clock_subject_id"), "deadline_clock", ["subject_id"], unique=False
    )
    op.create_table(
        "holiday",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "national_holiday", "joint_leave", name="holidaykind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "confidence",
            sa.Enum(
                "primary",
                "secondary",
                "known",
                "unverified",
                name="confidence",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("since_revision", sa.Integer(), nullable=False),
        sa.Column("until_revision", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
    )
    op.create_index(
        "ix_holiday_present",
        "holiday",
        ["day", "kind", "area_code"],
        unique=True,
        postgresql_where=sa.text("until_revision IS NULL"),
    )
    op.create_table(
        "clock_due",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("calendar_revision", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "started",
                "resumed",
                "extended",
                "moved",
                "recounted",
                name="cause",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["deadline_clock.id"], name=op.f("fk_clock_due_clock_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_due")),
    )
    op.create_index(op.f("ix_clock_due_clock_id_at"), "clock_due", ["clock_id", "at"], unique=False)
    op.create_index(
        "ix_clock_due_recounted",
        "clock_due",
        ["calendar_revision", "clock_id"],
        unique=False,
        postgresql_where=sa.text("cause = 'recounted'"),
    )
    op.create_table(
        "clock_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("preview_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("new_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "file_report",
                "issue_receipt",
                "initial_review",
                "completion",
                "registration",
                "handling",
                "tracing",
                "transfer_answer",
                "status_notice",
                "announcement",
                "forwarding",
                "first_discussion",
                "second_discussion",
                "investigation",
                "prosecutor_return",
                "police_resubmission",
                "submission_to_court",
                "verdict",
                "appeal",
                "appeal_verdict",
                "joint_verification",
                "bawaslu_validation",
                "staffing_authority_response",
                name="step",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["preview_id"], ["clock_preview.id"], name=op.f("fk_clock_move_preview_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_move")),
    )
    op.create_index(
        op.f("ix_clock_move_preview_id_due_at_id"),
        "clock_move",
        ["preview_id", "due_at", "id"],
        unique=False,
    )
    op.create_table(
        "clock_pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "reason",
            sa.Enum("waiting_for_reporter", name="stopreason", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["deadline_clock.id"], name=op.f("fk_clock_pause_clock_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pause")),
    )
    op.create_index(op.f("ix_clock_pause_clock_id"), "clock_pause", ["clock_id"], unique=False)
    op.create_table(
        "clock_reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("before", "at", "after", name="reminderkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "file_report",
                "issue_receipt",
                "initial_review",
                "completion",
                "registration",
                "handling",
                "tracing",
                "transfer_answer",
                "status_notice",
                "announcement",
                "forwarding",
                "first_discussion",
                "second_discussion",
                "investigation",
                "prosecutor_return",
                "police_resubmission",
                "submission_to_court",
                "verdict",
                "appeal",
                "appeal_verdict",
                "joint_verification",
                "bawaslu_validation",
                "staffing_authority_response",
                name="step",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["deadline_clock.id"], name=op.f("fk_clock_reminder_clock_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_reminder")),
        sa.UniqueConstraint(
            "clock_id", "kind", "due_at", name=op.f("uq_clock_reminder_clock_id_kind_due_at")
        ),
    )
    op.create_index(op.f("ix_clock_reminder_at_id"), "clock_reminder", ["at", "id"], unique=False)
    op.create_index(
        op.f("ix_clock_reminder_office_id_at_id"),
        "clock_reminder",
        ["office_id", "at", "id"],
        unique=False,
    )
    # Shipped rows: the next load brings them back, with what these columns say.
    op.execute("DELETE FROM deadline_rule")
    op.execute("DELETE FROM loaded_reference WHERE name = 'clocks'")
    op.add_column(
        "deadline_rule",
        sa.Column(
            "roll_over",
            sa.Enum("none", "next_working_day", name="rollover", native_enum=False, length=40),
            nullable=False,
        ),
    )
    op.add_column(
        "deadline_rule",
        sa.Column(
            "stops_on",
            sa.Enum("waiting_for_reporter", name="stopreason", native_enum=False, length=40),
            nullable=True,
        ),
    )
    op.add_column("deadline_rule", sa.Column("extended_amount", sa.Integer(), nullable=True))
    op.add_column(
        "deadline_rule",
        sa.Column(
            "extended_unit",
            sa.Enum(
                "hour", "calendar_day", "working_day", name="unit", native_enum=False, length=40
            ),
            nullable=True,
        ),
    )
    op.add_column(
        "deadline_rule",
        sa.Column(
            "on_transfer",
            sa.Enum("continue", "restart", name="ontransfer", native_enum=False, length=40),
            nullable=False,
        ),
    )
    op.add_column(
        "deadline_rule",
        sa.Column(
            "breach",
            sa.Enum(
                "not_registered",
                "right_lapses",
                "offer_lapses",
                "control_action",
                "escalation",
                "unsettled",
                name="breach",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
    )
    op.add_column("deadline_rule", sa.Column("since_revision", sa.Integer(), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM deadline_rule")
    op.execute("DELETE FROM loaded_reference WHERE name = 'clocks'")
    op.drop_column("deadline_rule", "since_revision")
    op.drop_column("deadline_rule", "breach")
    op.drop_column("deadline_rule", "on_transfer")
    op.drop_column("deadline_rule", "extended_unit")
    op.drop_column("deadline_rule", "extended_amount")
    op.drop_column("deadline_rule", "stops_on")
    op.drop_column("deadline_rule", "roll_over")
    op.drop_index(op.f("ix_clock_reminder_office_id_at_id"), table_name="clock_reminder")
    op.drop_index(op.f("ix_clock_reminder_at_id"), table_name="clock_reminder")
    op.drop_table("clock_reminder")
    op.drop_index(op.f("ix_clock_pause_clock_id"), table_name="clock_pause")
    op.drop_table("clock_pause")
    op.drop_index(op.f("ix_clock_move_preview_id_due_at_id"), table_name="clock_move")
    op.drop_table("clock_move")
    op.drop_index(
        "ix_clock_due_recounted",
        table_name="clock_due",
        postgresql_where=sa.text("cause = 'recounted'"),
    )
    op.drop_index(op.f("ix_clock_due_clock_id_at"), table_name="clock_due")
    op.drop_table("clock_due")
    op.drop_index(
        "ix_holiday_present",
        table_name="holiday",
        postgresql_where=sa.text("until_revision IS NULL"),
    )
    op.drop_table("holiday")
    op.drop_index(op.f("ix_deadline_clock_subject_id"), table_name="deadline_clock")
    op.drop_index(
        "ix_deadline_clock_revision",
        table_name="deadline_clock",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(
        "ix_deadline_clock_open",
        table_name="deadline_clock",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(
        "ix_deadline_clock_due",
        table_name="deadline_clock",
        postgresql_where=sa.text("ended_at IS NULL AND stopped_at IS NULL"),
    )
    op.drop_index(
        "ix_deadline_clock_desk",
        table_name="deadline_clock",
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_table("deadline_clock")
    op.drop_index(op.f("ix_clock_preview_proposed_at_id"), table_name="clock_preview")
    op.drop_table("clock_preview")
    op.drop_table("calendar_revision")
