"""The catalogue of violation kinds that we ship, one version in each row of a CSV file."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

from app.cases.rules.decisions import SubjectGroup
from app.cases.rules.violations import Act, Family, Severity, StageOfAct, ViolationKind
from app.clocks.rules.norms import Confidence
from app.core.texts import Text

KINDS: Final = Path(__file__).parent.parent / "data" / "violation_kinds.csv"


def read_kinds(file: Path = KINDS) -> list[ViolationKind]:
    """Read every version; a row that is not understood is named by its line (ValueError)."""
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        try:
            return [_kind(row) for row in rows]
        except (ValueError, TypeError, KeyError) as wrong:
            raise ValueError(f"{file.name}, line {rows.line_num}: {wrong}") from wrong


def _kind(row: dict[str, str]) -> ViolationKind:
    return ViolationKind(
        code=row["code"],
        version=int(row["version"]),
        act=Act(row["act"]),
        family=Family(row["family"]),
        stage=StageOfAct(row["stage"]),
        severity=Severity(row["severity"]) if row["severity"] else None,
        name=Text(row["name_id"], row["name_en"]),
        penalty=Text(row["penalty_id"], row["penalty_en"]),
        legal_basis=tuple(row["legal_basis"].split("|")),
        groups=tuple(SubjectGroup(each) for each in row["groups"].split("|") if each),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
