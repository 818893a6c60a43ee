"""Rows of many tables, gathered and then copied in one go for each table."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from asyncpg import Connection

Row: TypeAlias = tuple[object, ...]

COLUMNS: Final[Mapping[str, str]] = {
    "matter": "id",
    "complaint": (
        "id region_id region_code kind channel status office_id election_code occurred_on known_on"
        " submitted_at officially_received_at next_due_on filed_late reported_count matter_id"
        " received_at version"
    ),
    "complaint_content": "id sealed",
    "complaint_person": "id complaint_id part position sealed",
    "complaint_status_line": "id complaint_id at status office_id next_due_on",
    "case": (
        "id region_id region_code office_id regime election_code kind state occurred_on received_at"
        " opened_at persons reports next_due_at next_due_on registered_at not_registered_reason"
        " decided_at closed_at version"
    ),
    "case_report": "id case_id complaint_id joined_at",
    "case_person": (
        "id case_id named_at complaint_id complaint_person_id subject_group position_group version"
    ),
    "custody": "id case_id office_id reason since",
    "classification": (
        "id case_id person_id act violation_kind kind_version acted_on determination classified_at"
    ),
    "plenary": (
        "id case_id office_id held_on minutes_number members present dissenting result recorded_at"
        " sealed"
    ),
    "decided_category": "plenary_id category case_id violation_kinds person_ids",
    "deadline_clock": (
        "id subject_id region_id region_code office_id time_zone regime step rule_code"
        " rule_version started_at due_at due_on revision extended_at ended_at outcome"
    ),
    "clock_due": (
        "id clock_id at due_at due_on rule_version calendar_revision cause started_at time_zone"
        " region_code extended"
    ),
    "referral": (
        "id case_id region_id region_code regime category authority_code authority_version flow"
        " instrument from_office_id office_id letter_number letter_on violation_kinds"
        " sealed_dossier dossier_sha256 forwarded_at persons state next_due_at next_due_on"
        " acknowledged_at relayed_at concluded_at version"
    ),
    "case_belonging": "id case_id",
    "grant": "id subject_id office_id since",
    "referral_person": "id referral_id person_id subject_group status",
    "follow_up": "id referral_id person_id status side at",
    "ruling": (
        "id referral_id person_id sanction_code sanction_version months decree_number decree_on"
        " effective_on side at"
    ),
    "declaration": (
        "id office_id office_name region_id region_code election_code pledge_text_id kind title"
        " place local_points held_on led_by witnesses legal_basis text_hash open_link status"
        " created_at version"
    ),
    "target": (
        "region_id id declaration_id region_code office group role key_id person_key salt"
        " person_hash sealed needs_name"
    ),
    "coverage": "region_id declaration_id region_code office targets signed",
    "signature": (
        "region_id id declaration_id region_code group role method key_id person_key captured_at"
        " recorded_at leaf_index state check"
    ),
    "ledger_leaf": "log index data region_id subject_id",
    "event": (
        "id region_id region_code office_id office_name kinds level mode title purpose venue"
        " venue_region_code starts_on ends_on time_zone election_code is_stage target_groups"
        " drafted_at stage published_at sequence version"
    ),
    "check_in": (
        "region_id id region_code event_id office_name post direction mode captured_at recorded_at"
    ),
    "circular": (
        "id region_id region_code time_zone office_id office_name kind issuer signer_post"
        " signer_name number dated_on nature subject body legal_basis addressees attachments ends"
        " copies_to drafted_at state version issued_at"
    ),
    "consultation": "id region_id region_code office_id asker state asked_at answer_id answered_at",
    "consultation_question": "id sealed",
    "consultation_answer": "id consultation_id number sealed office_id answered_at",
}
"""The columns that are filled, in the order of the tables' keys to each other."""


class Sheets:
    """What is to be written, table by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}

    def add(self, table: str, *row: object) -> None:
        self.rows[table].append(row)

    @property
    def filled(self) -> Sequence[tuple[str, list[Row]]]:
        return [(table, rows) for table, rows in self.rows.items() if rows]

    async def copy(self, connection: "Connection[Any]") -> int:
        """Write all of it, in the order of the keys; return how many rows there were."""
        for table, rows in self.filled:
            columns = COLUMNS[table].split()
            await connection.copy_records_to_table(table, columns=columns, records=rows)
        return sum(len(rows) for _, rows in self.filled)
