"""referrals"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "authority",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column(
            "flow",
            sa.Enum(
                "asn_oversight",
                "staffing_authority",
                "enforcement",
                "other",
                name="flow",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "instrument",
            sa.Enum(
                "forwarding",
                "recommendation",
                "decision",
                name="instrument",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("categories", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("groups", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "office_kind",
            sa.Enum(
                "bawaslu",
                "bkn",
                "kpu",
                "gakkumdu",
                "kemendagri",
                "personnel_agency",
                "other",
                name="officekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_authority")),
    )
    op.create_table(
        "sanction_kind",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "ladder",
            sa.Enum(
                "pns_ethics",
                "pns_discipline",
                "pns_dismissal",
                "pppk",
                "village",
                "non_asn",
                name="ladder",
                native_enum=False,
                length=40,
            ),
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
            nullable=False,
        ),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("least_months", sa.Integer(), nullable=True),
        sa.Column("most_months", sa.Integer(), nullable=True),
        sa.Column("groups", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
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
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_sanction_kind")),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column(
            "regime",
            sa.Enum(
                "regional_election", "general_election", name="regime", native_enum=False, length=40
            ),
            nullable=False,
        ),
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
        sa.Column("authority_code", sa.String(), nullable=False),
        sa.Column("authority_version", sa.Integer(), nullable=False),
        sa.Column(
            "flow",
            sa.Enum(
                "asn_oversight",
                "staffing_authority",
                "enforcement",
                "other",
                name="flow",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "instrument",
            sa.Enum(
                "forwarding",
                "recommendation",
                "decision",
                name="instrument",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_office_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("letter_number", sa.String(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=False),
        sa.Column(
            "recommended_severity",
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
        sa.Column("violation_kinds", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sealed_dossier", sa.LargeBinary(), nullable=False),
        sa.Column("dossier_sha256", sa.String(), nullable=False),
        sa.Column("forwarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("forwarded_by", sa.Uuid(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "forwarded",
                "acknowledged",
                "relayed",
                "returned",
                "followed_up",
                "not_followed_up",
                name="referralstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledgement_number", sa.String(), nullable=True),
        sa.Column("relayed_to_id", sa.Uuid(), nullable=True),
        sa.Column("relayed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("relay_letter_number", sa.String(), nullable=True),
        sa.Column("relay_letter_on", sa.Date(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_return_reason", sa.LargeBinary(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_result", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_referral_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(
        op.f("ix_referral_authority_code_next_due_at_id"),
        "referral",
        ["authority_code", "next_due_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_referral_case_id_forwarded_at_id"),
        "referral",
        ["case_id", "forwarded_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_referral_next_due_at_id"), "referral", ["next_due_at", "id"], unique=False
    )
    op.create_index(
        "ix_referral_region_code_prefix",
        "referral",
        ["region_code", "next_due_at"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_index(
        op.f("ix_referral_state_next_due_at_id"),
        "referral",
        ["state", "next_due_at", "id"],
        unique=False,
    )
    op.create_table(
        "control_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "reprimand", "block", "unblock", name="controlkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("letter_number", sa.String(), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "addressee", "staffing", "holder", name="referralside", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_control_action_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_action")),
    )
    op.create_index(
        op.f("ix_control_action_referral_id_at_id"),
        "control_action",
        ["referral_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "awaiting_bkn_verification",
                "awaiting_staffing_authority",
                "left_service",
                "not_proven",
                "cancelled",
                "rejected",
                "sanctioned",
                name="followupstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "addressee", "staffing", "holder", name="referralside", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_follow_up_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index(
        op.f("ix_follow_up_referral_id_at_id"),
        "follow_up",
        ["referral_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "referral_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
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
        sa.Column(
            "status",
            sa.Enum(
                "awaiting_bkn_verification",
                "awaiting_staffing_authority",
                "left_service",
                "not_proven",
                "cancelled",
                "rejected",
                "sanctioned",
                name="followupstatus",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("idis_number", sa.String(), nullable=True),
        sa.Column("idis_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["case_person.id"], name=op.f("fk_referral_person_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_person_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_person")),
    )
    op.create_index(
        op.f("ix_referral_person_referral_id_person_id"),
        "referral_person",
        ["referral_id", "person_id"],
        unique=True,
    )
    op.create_table(
        "referral_stage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "jointly_verified",
                "validated_by_bawaslu",
                "first_discussion_held",
                "second_discussion_held",
                "investigation_ordered",
                "investigation_ended",
                "file_submitted",
                "file_returned",
                "file_resubmitted",
                "file_complete",
                "submitted_to_court",
                "verdict_given",
                "appealed",
                "appeal_verdict_given",
                name="authoritystage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "addressee", "staffing", "holder", name="referralside", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_stage_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_stage")),
    )
    op.create_index(
        op.f("ix_referral_stage_referral_id_at_id"),
        "referral_stage",
        ["referral_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "ruling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sanction_code", sa.String(), nullable=True),
        sa.Column("sanction_version", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("decree_number", sa.String(), nullable=False),
        sa.Column("decree_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column(
            "side",
            sa.Enum(
                "addressee", "staffing", "holder", name="referralside", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_ruling_referral_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    op.create_index(
        op.f("ix_ruling_referral_id_at_id"), "ruling", ["referral_id", "at", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_ruling_referral_id_at_id"), table_name="ruling")
    op.drop_table("ruling")
    op.drop_index(op.f("ix_referral_stage_referral_id_at_id"), table_name="referral_stage")
    op.drop_table("referral_stage")
    op.drop_index(op.f("ix_referral_person_referral_id_person_id"), table_name="referral_person")
    op.drop_table("referral_person")
    op.drop_index(op.f("ix_follow_up_referral_id_at_id"), table_name="follow_up")
    op.drop_table("follow_up")
    op.drop_index(op.f("ix_control_action_referral_id_at_id"), table_name="control_action")
    op.drop_table("control_action")
    op.drop_index(op.f("ix_referral_state_next_due_at_id"), table_name="referral")
    op.drop_index(
        "ix_referral_region_code_prefix",
        table_name="referral",
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.drop_index(op.f("ix_referral_next_due_at_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_case_id_forwarded_at_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_authority_code_next_due_at_id"), table_name="referral")
    op.drop_table("referral")
    op.drop_table("sanction_kind")
    op.drop_table("authority")
