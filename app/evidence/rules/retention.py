"""How long evidence is kept at least, by rules that are data; and what stops its ending.

UU 27/2022 Art. 43 and 44 demand erasure when retention ends; the periods are those of the archive
schedule (JRA). Nothing is ever deleted by this service: it only says from when it may be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.clocks.rules.norms import Confidence
from app.core.errors import Conflict
from app.core.texts import Text

_WIB: Final = ZoneInfo("Asia/Jakarta")


class EvidenceClass(StrEnum):
    """What the evidence belongs to."""

    REPORT = "report"
    INITIAL_INFORMATION = "initial_information"
    FINDING = "finding"


class RetentionStart(StrEnum):
    """From when the years count."""

    RECEIVED = "received"
    CASE_CLOSED = "case_closed"


@dataclass(frozen=True)
class RetentionRule:
    """One version of a period; on the day on which it starts to count, the rule must be valid."""

    code: str
    version: int
    evidence_class: EvidenceClass
    years: int
    start_event: RetentionStart
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Retention:
    """Until when evidence is kept at least; no day where its start has not come yet."""

    rule: RetentionRule
    until: date | None


class HoldReleased(Conflict):
    code = "hold-released"
    text = Text("Penahanan ini sudah dilepas.", "This hold was released before.")


def retention_of(
    evidence_class: EvidenceClass, received_at: datetime, rules: Iterable[RetentionRule]
) -> Retention | None:
    """Say by which rule and until when it is kept; the newest version that applies decides."""
    day = received_at.astimezone(_WIB).date()
    of_class = [rule for rule in rules if rule.evidence_class is evidence_class]
    valid = [rule for rule in of_class if rule.is_valid_on(day)]
    if not valid:
        return None
    rule = max(valid, key=lambda rule: (rule.valid_from, rule.version))
    starts = {RetentionStart.RECEIVED: day}
    start = starts.get(rule.start_event)
    return Retention(rule, years_after(start, rule.years) if start else None)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of the 29th of February the day before."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "evidence_class": {
        EvidenceClass.REPORT: Text("Bukti laporan", "Evidence of a report"),
        EvidenceClass.INITIAL_INFORMATION: Text(
            "Bukti informasi awal", "Evidence of initial information"
        ),
        EvidenceClass.FINDING: Text("Bukti temuan", "Evidence of a finding"),
    },
    "retention_start": {
        RetentionStart.RECEIVED: Text("Sejak diterima", "Received"),
        RetentionStart.CASE_CLOSED: Text("Sejak perkara ditutup", "Case closed"),
    },
}
