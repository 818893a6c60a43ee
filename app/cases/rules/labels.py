"""What the codes of cases mean, in both languages."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.cases.rules.allowed import OBJECTIONS
from app.cases.rules.conflicts import GLASS_STATES, ORIGINS
from app.cases.rules.decisions import CATEGORIES, POSITION_GROUPS, RESULTS, SUBJECT_GROUPS
from app.cases.rules.documents import DOCUMENT_KINDS
from app.cases.rules.hearings import PARTIES
from app.cases.rules.numbers import ELECTION_TYPES
from app.cases.rules.plenaries import VOTES
from app.cases.rules.requirements import PROPOSALS, REASONS, REQUIREMENTS
from app.cases.rules.states import KINDS, STATES
from app.cases.rules.steps import STEPS
from app.cases.rules.transfers import CUSTODY_REASONS, OFFER_STATES
from app.cases.rules.violation_labels import LABELS as VIOLATIONS
from app.core.texts import Text

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "case_kind": KINDS,
    "case_state": STATES,
    "case_step": STEPS,
    "case_objection": OBJECTIONS,
    "requirement": REQUIREMENTS,
    "review_proposal": PROPOSALS,
    "not_registered_reason": REASONS,
    "election_type": ELECTION_TYPES,
    "clarification_party": PARTIES,
    "case_document_kind": DOCUMENT_KINDS,
    "decision_result": RESULTS,
    "violation_category": CATEGORIES,
    "plenary_vote": VOTES,
    "subject_group": SUBJECT_GROUPS,
    "position_group": POSITION_GROUPS,
    "custody_reason": CUSTODY_REASONS,
    "transfer_offer_state": OFFER_STATES,
    "conflict_origin": ORIGINS,
    "break_glass_state": GLASS_STATES,
    **VIOLATIONS,
}
