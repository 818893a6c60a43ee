"""papers"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_table(
        "event_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_report_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_report")),
    )
    op.create_index(
        op.f("ix_event_report_event_id_version"),
        "event_report",
        ["event_id", "version"],
        unique=True,
    )
    op.create_table(
        "submitted_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("office_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_submitted_form_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_submitted_form_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submitted_form")),
    )
    op.create_index(op.f("ix_submitted_form_event_id"), "submitted_form", ["event_id"], unique=True)
    op.create_index(
        op.f("ix_submitted_form_office_id_year_sequence"),
        "submitted_form",
        ["office_id", "year", "sequence"],
        unique=True,
    )
    op.create_table(
        "attendance_approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("closing_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["closing_id"],
            ["attendance_closing.id"],
            name=op.f("fk_attendance_approval_closing_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_approval")),
    )
    op.create_index(
        op.f("ix_attendance_approval_closing_id"),
        "attendance_approval",
        ["closing_id"],
        unique=True,
    )
    op.create_table(
        "attendance_certificate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("check_in_id", sa.Uuid(), nullable=True),
        sa.Column("office_name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("represents", sa.String(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "organiser",
                "opener",
                "speaker",
                "moderator",
                "participant",
                "guest",
                "minute_taker",
                "media",
                name="participantrole",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "presence",
            sa.Enum(
                "present",
                "represented",
                "excused",
                "absent",
                name="presence",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "valid",
                "waiting",
                "withdrawn",
                "invalidated",
                "revoked",
                "replaced",
                name="paperstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_attendance_certificate_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_attendance_certificate_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["attendance_certificate.id"],
            name=op.f("fk_attendance_certificate_replaces_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_certificate")),
    )
    op.create_index(
        op.f("ix_attendance_certificate_event_id_issued_at_id"),
        "attendance_certificate",
        ["event_id", "issued_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_attendance_certificate_invited",
        "attendance_certificate",
        ["invitation_id"],
        unique=True,
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.create_index(
        op.f("ix_attendance_certificate_number"), "attendance_certificate", ["number"], unique=True
    )
    op.create_index(
        "ix_attendance_certificate_walk_in",
        "attendance_certificate",
        ["check_in_id"],
        unique=True,
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.create_table(
        "event_follow_up_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["event_follow_up.id"], name=op.f("fk_event_follow_up_address_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_follow_up_address")),
    )
    op.add_column(
        "event_follow_up_reminder",
        sa.Column(
            "mail_state",
            sa.Enum(
                "pending", "sent", "undeliverable", name="noticestate", native_enum=False, length=40
            ),
            nullable=True,
        ),
    )
    op.add_column(
        "event_follow_up_reminder",
        sa.Column("mail_due_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "event_follow_up_reminder",
        sa.Column("mail_tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
    op.create_index(
        "ix_event_follow_up_reminder_mail",
        "event_follow_up_reminder",
        ["mail_due_at"],
        unique=False,
        postgresql_where=sa.text("mail_state = 'pending'"),
    )
    op.add_column("evidence_subject", sa.Column("office_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_evidence_subject_office_id"), "evidence_subject", "office", ["office_id"], ["id"]
    )
    op.execute(
        "UPDATE evidence_subject SET office_id = event.office_id FROM event"
        " WHERE event.id = evidence_subject.id"
    )
    # Proofs could not be added to follow-ups that were planned before.
    op.execute(
        "INSERT INTO evidence_subject (id, kind, region_id, region_code)"
        " SELECT id, 'follow_up', region_id, region_code FROM event_follow_up"
    )


def downgrade() -> None:
    op.execute("DELETE FROM evidence_subject WHERE kind = 'follow_up'")
    op.drop_constraint(
        op.f("fk_evidence_subject_office_id"), "evidence_subject", type_="foreignkey"
    )
    op.drop_column("evidence_subject", "office_id")
    op.drop_index(
        "ix_event_follow_up_reminder_mail",
        table_name="event_follow_up_reminder",
        postgresql_where=sa.text("mail_state = 'pending'"),
    )
    op.drop_column("event_follow_up_reminder", "mail_tries")
    op.drop_column("event_follow_up_reminder", "mail_due_at")
    op.drop_column("event_follow_up_reminder", "mail_state")
    op.drop_table("event_follow_up_address")
    op.drop_index(
        "ix_attendance_certificate_walk_in",
        table_name="attendance_certificate",
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.drop_index(op.f("ix_attendance_certificate_number"), table_name="attendance_certificate")
    op.drop_index(
        "ix_attendance_certificate_invited",
        table_name="attendance_certificate",
        postgresql_where=sa.text("state = 'valid'"),
    )
    op.drop_index(
        op.f("ix_attendance_certificate_event_id_issued_at_id"), table_name="attendance_certificate"
    )
    op.drop_table("attendance_certificate")
    op.drop_index(op.f("ix_attendance_approval_closing_id"), table_name="attendance_approval")
    op.drop_table("attendance_approval")
    op.drop_index(op.f("ix_submitted_form_office_id_year_sequence"), table_name="submitted_form")
    op.drop_index(op.f("ix_submitted_form_event_id"), table_name="submitted_form")
    op.drop_table("submitted_form")
    op.drop_index(op.f("ix_event_report_event_id_version"), table_name="event_report")
    op.drop_table("event_report")
