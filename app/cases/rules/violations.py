"""The catalogue of violations: the same act gets its class from its date (domain.md 2.2, 2.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Act(StrEnum):
    """What a person did, whatever the law of that day calls it."""

    BANNER = "banner"
    ONLINE_PROMOTION = "online_promotion"
    ATTENDANCE = "attendance"
    SOCIAL_ENGAGEMENT = "social_engagement"
    PHOTO = "photo"
    JOIN_INTRODUCTION = "join_introduction"
    SPOUSE_CAMPAIGN = "spouse_campaign"
    APPROACH_PARTY = "approach_party"
    PARTY_MEMBERSHIP = "party_membership"
    PARTISAN_ACTIVITY = "partisan_activity"
    WINNING_TEAM = "winning_team"
    ID_SUPPORT = "id_support"
    FAVOURING_DECISION = "favouring_decision"
    REASSIGNMENT = "reassignment"
    USE_OF_AUTHORITY = "use_of_authority"
    INVOLVING_OFFICIALS = "involving_officials"


class Family(StrEnum):
    ETHICS = "ethics"
    DISCIPLINE = "discipline"
    CRIMINAL = "criminal"
    VILLAGE = "village"
    MILITARY = "military"
    POLICE = "police"


class StageOfAct(StrEnum):
    """On which side of the determination of candidates in that region the act lies."""

    BEFORE = "before"
    AFTER = "after"
    ANY = "any"


class Severity(StrEnum):
    MORAL = "moral"
    LIGHT = "light"
    MODERATE = "moderate"
    SEVERE = "severe"
    DISHONOURABLE_DISMISSAL = "dishonourable_dismissal"
    CRIMINAL = "criminal"


@dataclass(frozen=True, kw_only=True)
class ViolationKind:
    """One version of a kind: `groups` are the subject groups whom it binds; none means all."""

    code: str
    version: int
    act: Act
    family: Family
    stage: StageOfAct
    severity: Severity
    name_id: str
    name_en: str
    legal_basis: tuple[str, ...]
    groups: tuple[str, ...]
    source: str
    confidence: str
    valid_from: date
    valid_to: date | None
