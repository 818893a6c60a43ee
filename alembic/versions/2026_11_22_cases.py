"""cases"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "regime",
            sa.Enum(
                "regional_election", "general_election", name="regime", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("election_code", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "report",
                "finding",
                "initial_information",
                name="casekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "initial_review",
                "needs_completion",
                "not_registered",
                "tracing",
                "finding",
                "registered",
                "clarification",
                "study",
                "violation",
                "not_violation",
                "discontinued",
                "forwarded",
                "returned",
                "followed_up",
                "not_followed_up",
                "closed",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "not_registered_reason",
            sa.Enum(
                "formal_unmet",
                "material_unmet",
                "out_of_time",
                "reporter_not_entitled",
                "not_election_violation",
                "handled_elsewhere",
                "withdrawn",
                "completion_expired",
                name="notregisteredreason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["case.id"], name=op.f("fk_case_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    op.create_index(op.f("ix_case_merged_into_id"), "case", ["merged_into_id"], unique=False)
    op.create_index(
        "ix_case_next_due_at_id_waiting",
        "case",
        ["next_due_at", "id"],
        unique=False,
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_case_number"),
        "case",
        ["number"],
        unique=False,
        postgresql_where=sa.text("number IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_case_office_id_next_due_at_id"),
        "case",
        ["office_id", "next_due_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_case_opened_at_id"), "case", ["opened_at", "id"], unique=False)
    op.create_index(
        "ix_case_region_code_next_due_at_waiting",
        "case",
        ["region_code", "next_due_at"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_case_region_code_prefix",
        "case",
        ["region_code", "opened_at"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_index(
        op.f("ix_case_state_next_due_at_id"), "case", ["state", "next_due_at", "id"], unique=False
    )
    op.create_table(
        "registration_counter",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("LP", "TM", name="numberkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "election",
            sa.Enum(
                "PG", "PB", "PW", "PP", "PL", name="electiontype", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "office_id", "kind", "election", "year", name=op.f("pk_registration_counter")
        ),
    )
    op.create_table(
        "violation_kind",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "banner",
                "online_promotion",
                "attendance",
                "social_engagement",
                "photo",
                "join_introduction",
                "spouse_campaign",
                "approach_party",
                "party_membership",
                "partisan_activity",
                "winning_team",
                "id_support",
                "favouring_decision",
                "reassignment",
                "use_of_authority",
                "involving_officials",
                name="act",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "family",
            sa.Enum(
                "ethics",
                "discipline",
                "criminal",
                "village",
                "military",
                "police",
                name="family",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum("before", "after", "any", name="stageofact", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum(
                "moral",
                "light",
                "moderate",
                "severe",
                "dishonourable_dismissal",
                "criminal",
                name="severity",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("penalty_id", sa.String(), nullable=False),
        sa.Column("penalty_en", sa.String(), nullable=False),
        sa.Column("legal_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("groups", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_violation_kind")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "report",
                "finding",
                "initial_information",
                name="casekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "regime",
            sa.Enum(
                "regional_election", "general_election", name="regime", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("election_code", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "initial_review",
                "needs_completion",
                "not_registered",
                "tracing",
                "finding",
                "registered",
                "clarification",
                "study",
                "violation",
                "not_violation",
                "discontinued",
                "forwarded",
                "returned",
                "followed_up",
                "not_followed_up",
                "closed",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "violation",
                "not_violation",
                "discontinued",
                name="result",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "not_registered_reason",
            sa.Enum(
                "formal_unmet",
                "material_unmet",
                "out_of_time",
                "reporter_not_entitled",
                "not_election_violation",
                "handled_elsewhere",
                "withdrawn",
                "completion_expired",
                name="notregisteredreason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("categories", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_announcement_case_id")),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["announcement.id"], name=op.f("fk_announcement_follows_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(
        op.f("ix_announcement_announced_at_id"),
        "announcement",
        ["announced_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_announcement_case_id_announced_at"),
        "announcement",
        ["case_id", "announced_at"],
        unique=False,
    )
    op.create_index(op.f("ix_announcement_follows_id"), "announcement", ["follows_id"], unique=True)
    op.create_index(
        "ix_announcement_region_code_prefix",
        "announcement",
        ["region_code", "announced_at"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_table(
        "break_glass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_break_glass_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    op.create_index(
        op.f("ix_break_glass_case_id_asked_at_id"),
        "break_glass",
        ["case_id", "asked_at", "id"],
        unique=False,
    )
    op.create_table(
        "case_belonging",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_belonging_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_belonging")),
    )
    op.create_index(op.f("ix_case_belonging_case_id"), "case_belonging", ["case_id"], unique=False)
    op.create_table(
        "case_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "completion_notice",
                "refusal",
                "conversion",
                "tracing_report",
                "study",
                "status_notice",
                "announcement",
                name="documentkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("form_code", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_document_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_document")),
    )
    op.create_index(
        op.f("ix_case_document_case_id_written_at_id"),
        "case_document",
        ["case_id", "written_at", "id"],
        unique=False,
    )
    op.create_table(
        "case_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=True),
        sa.Column("complaint_person_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "subject_group",
            sa.Enum(
                "pns",
                "pppk",
                "pppk_part_time",
                "non_asn",
                "tni",
                "polri",
                "village_head",
                "village_official",
                "village_council",
                "state_official",
                "regional_official",
                "state_company",
                "election_organiser",
                "other",
                name="subjectgroup",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("same_as_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_removal_reason", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_person_case_id")),
        sa.ForeignKeyConstraint(
            ["same_as_id"], ["case_person.id"], name=op.f("fk_case_person_same_as_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_person")),
    )
    op.create_index(op.f("ix_case_person_case_id"), "case_person", ["case_id"], unique=False)
    op.create_table(
        "case_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("separated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_report_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_report")),
    )
    op.create_index(op.f("ix_case_report_case_id"), "case_report", ["case_id"], unique=False)
    op.create_index(
        "ix_case_report_complaint_id_present",
        "case_report",
        ["complaint_id"],
        unique=True,
        postgresql_where=sa.text("separated_at IS NULL"),
    )
    op.create_table(
        "conflict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "declared",
                "said",
                "same_office",
                name="conflictorigin",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("sealed_ending", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_conflict_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    op.create_index(
        op.f("ix_conflict_case_id_declared_at_id"),
        "conflict",
        ["case_id", "declared_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_conflict_case_id_office_id_present",
        "conflict",
        ["case_id", "office_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND office_id IS NOT NULL"),
    )
    op.create_index(
        "ix_conflict_case_id_officer_id_present",
        "conflict",
        ["case_id", "officer_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND officer_id IS NOT NULL"),
    )
    op.create_table(
        "custody",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "opened",
                "transferred",
                "taken_over",
                name="custodyreason",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("follows", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter_number", sa.String(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("follows = since", name=op.f("ck_custody_no_gap")),
        sa.CheckConstraint("until > since", name=op.f("ck_custody_takes_time")),
        sa.ForeignKeyConstraint(
            ["case_id", "follows"], ["custody.case_id", "custody.until"], name="fk_custody_follows"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_custody_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody")),
        sa.UniqueConstraint("case_id", "follows", name=op.f("uq_custody_case_id_follows")),
        sa.UniqueConstraint("case_id", "until", name=op.f("uq_custody_case_id_until")),
    )
    op.create_index(
        "ix_custody_case_id_first",
        "custody",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("follows IS NULL"),
    )
    op.create_index(
        "ix_custody_case_id_present",
        "custody",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "plenary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes_number", sa.String(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("dissenting", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "violation",
                "not_violation",
                "discontinued",
                name="result",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_plenary_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plenary")),
    )
    op.create_index(
        op.f("ix_plenary_case_id_held_on_id"), "plenary", ["case_id", "held_on", "id"], unique=False
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("LP", "TM", name="numberkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "election",
            sa.Enum(
                "PG", "PB", "PW", "PP", "PL", name="electiontype", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("office_code", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["case.id"], name=op.f("fk_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint(
            "office_id",
            "kind",
            "election",
            "year",
            "sequence",
            name=op.f("uq_registration_office_id_kind_election_year_sequence"),
        ),
    )
    op.create_index(op.f("ix_registration_printed"), "registration", ["printed"], unique=False)
    op.create_table(
        "requirement_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "requirement",
            sa.Enum(
                "reporter_identity",
                "voting_right",
                "reported_party",
                "in_time",
                "time_and_place",
                "account",
                "evidence",
                name="requirement",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_requirement_check_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_check")),
    )
    op.create_index(
        op.f("ix_requirement_check_case_id_requirement"),
        "requirement_check",
        ["case_id", "requirement"],
        unique=True,
    )
    op.create_table(
        "transfer_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("from_office_id", sa.Uuid(), nullable=False),
        sa.Column("to_office_id", sa.Uuid(), nullable=False),
        sa.Column("letter_number", sa.String(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "accepted",
                "rejected",
                "retracted",
                "expired",
                name="offerstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_transfer_offer_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_offer")),
    )
    op.create_index(
        op.f("ix_transfer_offer_case_id_offered_at_id"),
        "transfer_offer",
        ["case_id", "offered_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_transfer_offer_case_id_open",
        "transfer_offer",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index(
        "ix_transfer_offer_expires_at_open",
        "transfer_offer",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index(
        op.f("ix_transfer_offer_from_office_id_offered_at_id"),
        "transfer_offer",
        ["from_office_id", "offered_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_transfer_offer_to_office_id_offered_at_id"),
        "transfer_offer",
        ["to_office_id", "offered_at", "id"],
        unique=False,
    )
    op.create_table(
        "clarification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "reporter",
                "finder",
                "reported",
                "witness",
                "expert",
                name="party",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_number", sa.String(), nullable=False),
        sa.Column("sealed_invitation", sa.LargeBinary(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_number", sa.String(), nullable=True),
        sa.Column("sealed_minutes", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clarification_case_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["case_person.id"], name=op.f("fk_clarification_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clarification")),
    )
    op.create_index(
        op.f("ix_clarification_case_id_planned_at_id"),
        "clarification",
        ["case_id", "planned_at", "id"],
        unique=False,
    )
    op.create_table(
        "classification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "banner",
                "online_promotion",
                "attendance",
                "social_engagement",
                "photo",
                "join_introduction",
                "spouse_campaign",
                "approach_party",
                "party_membership",
                "partisan_activity",
                "winning_team",
                "id_support",
                "favouring_decision",
                "reassignment",
                "use_of_authority",
                "involving_officials",
                name="act",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("violation_kind", sa.String(), nullable=False),
        sa.Column("kind_version", sa.Integer(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column(
            "determination",
            sa.Enum(
                "before", "same_day", "after", name="determination", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("classified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversed_by", sa.Uuid(), nullable=True),
        sa.Column("sealed_reversal", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_classification_case_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["case_person.id"], name=op.f("fk_classification_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classification")),
    )
    op.create_index(
        op.f("ix_classification_case_id_classified_at_id"),
        "classification",
        ["case_id", "classified_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_classification_case_id_present",
        "classification",
        ["case_id", "person_id", "violation_kind", "acted_on"],
        unique=True,
        postgresql_where=sa.text("reversed_at IS NULL"),
    )
    op.create_table(
        "decided_category",
        sa.Column("plenary_id", sa.Uuid(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "administrative",
                "administrative_tsm",
                "criminal",
                "organiser_ethics",
                "other_law",
                name="category",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("violation_kinds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("person_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decided_category_case_id")),
        sa.ForeignKeyConstraint(
            ["plenary_id"], ["plenary.id"], name=op.f("fk_decided_category_plenary_id")
        ),
        sa.PrimaryKeyConstraint("plenary_id", "category", name=op.f("pk_decided_category")),
    )
    op.create_index(
        op.f("ix_decided_category_case_id"), "decided_category", ["case_id"], unique=False
    )
    op.add_column(
        "office", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )
    op.create_index(
        "ix_office_own_code_bawaslu",
        "office",
        ["own_code"],
        unique=True,
        postgresql_where=sa.text("kind = 'bawaslu'"),
    )
    op.add_column("wall", sa.Column("office_id", sa.Uuid(), nullable=True))
    op.add_column("wall", sa.Column("lifted_until", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("wall", "officer_id", existing_type=sa.UUID(), nullable=True)
    op.drop_index(op.f("ix_wall_officer_id_subject_id"), table_name="wall")
    op.create_index(
        op.f("ix_wall_officer_id_subject_id"), "wall", ["officer_id", "subject_id"], unique=False
    )
    op.create_index(
        op.f("ix_wall_office_id_subject_id"), "wall", ["office_id", "subject_id"], unique=False
    )
    op.create_index(op.f("ix_wall_subject_id"), "wall", ["subject_id"], unique=False)
    op.create_check_constraint(
        op.f("ck_wall_one_side"), "wall", "(officer_id IS NULL) <> (office_id IS NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_wall_one_side"), "wall")
    op.drop_index(op.f("ix_wall_subject_id"), table_name="wall")
    op.drop_index(op.f("ix_wall_office_id_subject_id"), table_name="wall")
    op.drop_index(op.f("ix_wall_officer_id_subject_id"), table_name="wall")
    op.create_index(
        op.f("ix_wall_officer_id_subject_id"), "wall", ["officer_id", "subject_id"], unique=True
    )
    op.alter_column("wall", "officer_id", existing_type=sa.UUID(), nullable=False)
    op.drop_column("wall", "lifted_until")
    op.drop_column("wall", "office_id")
    op.drop_index(
        "ix_office_own_code_bawaslu",
        table_name="office",
        postgresql_where=sa.text("kind = 'bawaslu'"),
    )
    op.drop_column("office", "version")
    op.drop_index(op.f("ix_decided_category_case_id"), table_name="decided_category")
    op.drop_table("decided_category")
    op.drop_index(
        "ix_classification_case_id_present",
        table_name="classification",
        postgresql_where=sa.text("reversed_at IS NULL"),
    )
    op.drop_index(op.f("ix_classification_case_id_classified_at_id"), table_name="classification")
    op.drop_table("classification")
    op.drop_index(op.f("ix_clarification_case_id_planned_at_id"), table_name="clarification")
    op.drop_table("clarification")
    op.drop_index(op.f("ix_transfer_offer_to_office_id_offered_at_id"), table_name="transfer_offer")
    op.drop_index(
        op.f("ix_transfer_offer_from_office_id_offered_at_id"), table_name="transfer_offer"
    )
    op.drop_index(
        "ix_transfer_offer_expires_at_open",
        table_name="transfer_offer",
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.drop_index(
        "ix_transfer_offer_case_id_open",
        table_name="transfer_offer",
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.drop_index(op.f("ix_transfer_offer_case_id_offered_at_id"), table_name="transfer_offer")
    op.drop_table("transfer_offer")
    op.drop_index(op.f("ix_requirement_check_case_id_requirement"), table_name="requirement_check")
    op.drop_table("requirement_check")
    op.drop_index(op.f("ix_registration_printed"), table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_plenary_case_id_held_on_id"), table_name="plenary")
    op.drop_table("plenary")
    op.drop_index(
        "ix_custody_case_id_present",
        table_name="custody",
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index(
        "ix_custody_case_id_first",
        table_name="custody",
        postgresql_where=sa.text("follows IS NULL"),
    )
    op.drop_table("custody")
    op.drop_index(
        "ix_conflict_case_id_officer_id_present",
        table_name="conflict",
        postgresql_where=sa.text("ended_at IS NULL AND officer_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_conflict_case_id_office_id_present",
        table_name="conflict",
        postgresql_where=sa.text("ended_at IS NULL AND office_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_conflict_case_id_declared_at_id"), table_name="conflict")
    op.drop_table("conflict")
    op.drop_index(
        "ix_case_report_complaint_id_present",
        table_name="case_report",
        postgresql_where=sa.text("separated_at IS NULL"),
    )
    op.drop_index(op.f("ix_case_report_case_id"), table_name="case_report")
    op.drop_table("case_report")
    op.drop_index(op.f("ix_case_person_case_id"), table_name="case_person")
    op.drop_table("case_person")
    op.drop_index(op.f("ix_case_document_case_id_written_at_id"), table_name="case_document")
    op.drop_table("case_document")
    op.drop_index(op.f("ix_case_belonging_case_id"), table_name="case_belonging")
    op.drop_table("case_belonging")
    op.drop_index(op.f("ix_break_glass_case_id_asked_at_id"), table_name="break_glass")
    op.drop_table("break_glass")
    op.drop_index(
        "ix_announcement_region_code_prefix",
        table_name="announcement",
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.drop_index(op.f("ix_announcement_follows_id"), table_name="announcement")
    op.drop_index(op.f("ix_announcement_case_id_announced_at"), table_name="announcement")
    op.drop_index(op.f("ix_announcement_announced_at_id"), table_name="announcement")
    op.drop_table("announcement")
    op.drop_table("violation_kind")
    op.drop_table("registration_counter")
    op.drop_index(op.f("ix_case_state_next_due_at_id"), table_name="case")
    op.drop_index(
        "ix_case_region_code_prefix",
        table_name="case",
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.drop_index(
        "ix_case_region_code_next_due_at_waiting",
        table_name="case",
        postgresql_ops={"region_code": "text_pattern_ops"},
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_case_opened_at_id"), table_name="case")
    op.drop_index(op.f("ix_case_office_id_next_due_at_id"), table_name="case")
    op.drop_index(
        op.f("ix_case_number"), table_name="case", postgresql_where=sa.text("number IS NOT NULL")
    )
    op.drop_index(
        "ix_case_next_due_at_id_waiting",
        table_name="case",
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_case_merged_into_id"), table_name="case")
    op.drop_table("case")
