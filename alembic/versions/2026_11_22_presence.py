"""Tickets, the devices that check them, scans that failed, and how many it takes."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "event_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("bundled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_device_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_device")),
    )
    op.create_index(
        op.f("ix_event_device_event_id_registered_at_id"),
        "event_device",
        ["event_id", "registered_at", "id"],
        unique=False,
    )
    op.create_table(
        "event_quorum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "regional_head",
                "regional_secretary",
                "regional_agency",
                "personnel_agency",
                "subdistrict_head",
                "urban_village_head",
                "village_head",
                "supervisor",
                "subdistrict_supervisor",
                "election_commission",
                "military",
                "police",
                "political_party",
                "press",
                "community",
                "other",
                name="invitationcategory",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at_least", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("percent", "number", name="quorumunit", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_quorum_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_quorum")),
    )
    op.create_index(
        op.f("ix_event_quorum_event_id_category"),
        "event_quorum",
        ["event_id", "category"],
        unique=True,
    )
    op.create_table(
        "event_ticket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_ticket_event_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_event_ticket_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_ticket")),
    )
    op.create_index(op.f("ix_event_ticket_event_id"), "event_ticket", ["event_id"], unique=False)
    op.create_index(
        "ix_event_ticket_valid",
        "event_ticket",
        ["invitation_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "failed_scan",
        sa.Column("region_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column(
            "fault",
            sa.Enum(
                "unknown_ticket",
                "revoked_ticket",
                "other_event",
                "wrong_day",
                name="scanfault",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("scanned_hash", sa.String(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_failed_scan_event_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["event_session.id"], name=op.f("fk_failed_scan_session_id")
        ),
        sa.PrimaryKeyConstraint("region_id", "id", name=op.f("pk_failed_scan")),
    )
    op.create_index(
        "ix_failed_scan_captured",
        "failed_scan",
        ["region_id", "event_id", "captured_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_failed_scan_sequence",
        "failed_scan",
        ["region_id", "device_id", "sequence"],
        unique=True,
    )
    op.add_column("check_in", sa.Column("device_id", sa.Uuid(), nullable=True))
    op.add_column("check_in", sa.Column("sequence", sa.Integer(), nullable=True))
    op.add_column("check_in", sa.Column("ticket_id", sa.Uuid(), nullable=True))
    op.add_column("check_in", sa.Column("sealed", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ix_check_in_captured",
        "check_in",
        ["region_id", "event_id", "captured_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_check_in_sequence", "check_in", ["region_id", "device_id", "sequence"], unique=True
    )


def downgrade() -> None:
    op.drop_index("ix_check_in_sequence", table_name="check_in")
    op.drop_index("ix_check_in_captured", table_name="check_in")
    op.drop_column("check_in", "sealed")
    op.drop_column("check_in", "ticket_id")
    op.drop_column("check_in", "sequence")
    op.drop_column("check_in", "device_id")
    op.drop_index("ix_failed_scan_sequence", table_name="failed_scan")
    op.drop_index("ix_failed_scan_captured", table_name="failed_scan")
    op.drop_table("failed_scan")
    op.drop_index(
        "ix_event_ticket_valid",
        table_name="event_ticket",
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_index(op.f("ix_event_ticket_event_id"), table_name="event_ticket")
    op.drop_table("event_ticket")
    op.drop_index(op.f("ix_event_quorum_event_id_category"), table_name="event_quorum")
    op.drop_table("event_quorum")
    op.drop_index(op.f("ix_event_device_event_id_registered_at_id"), table_name="event_device")
    op.drop_table("event_device")
