"""The retention rules that we ship, one row of a CSV file each."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

from app.clocks.rules.norms import Confidence
from app.evidence.rules.retention import EvidenceClass, RetentionRule, RetentionStart

RULES: Final = Path(__file__).parent.parent / "data" / "retention_rules.csv"


def read_rules(file: Path = RULES) -> list[RetentionRule]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        try:
            return [_rule(row) for row in rows]
        except (ValueError, TypeError, KeyError) as wrong:
            raise ValueError(f"{file.name}, line {rows.line_num}: {wrong}") from wrong


def _rule(row: dict[str, str]) -> RetentionRule:
    return RetentionRule(
        code=row["code"],
        version=int(row["version"]),
        evidence_class=EvidenceClass(row["evidence_class"]),
        years=int(row["years"]),
        start_event=RetentionStart(row["start_event"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
