"""The authorities and the kinds of sanctions that we ship, one row of a CSV file each."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from app.cases.rules.decisions import Category, SubjectGroup
from app.cases.rules.violations import Severity
from app.clocks.rules.norms import Confidence
from app.offices.rules import OfficeKind
from app.referrals.rules.authorities import Authority, Flow, Instrument
from app.referrals.rules.sanctions import Ladder, SanctionKind

DATA: Final = Path(__file__).parent.parent / "data"
AUTHORITIES: Final = DATA / "authorities.csv"
SANCTION_KINDS: Final = DATA / "sanction_kinds.csv"

T = TypeVar("T")


def read_authorities(file: Path = AUTHORITIES) -> list[Authority]:
    return _read(file, _authority)


def read_sanction_kinds(file: Path = SANCTION_KINDS) -> list[SanctionKind]:
    return _read(file, _sanction_kind)


def _read(file: Path, of: Callable[[dict[str, str]], T]) -> list[T]:
    with file.open(encoding="utf-8", newline="") as text:
        rows = csv.DictReader(text)
        try:
            return [of(row) for row in rows]
        except (ValueError, TypeError, KeyError, AttributeError) as wrong:
            raise ValueError(f"{file.name}, line {rows.line_num}: {wrong}") from wrong


def _authority(row: dict[str, str]) -> Authority:
    return Authority(
        code=row["code"],
        version=int(row["version"]),
        name_id=row["name_id"],
        name_en=row["name_en"],
        flow=Flow(row["flow"]),
        instrument=Instrument(row["instrument"]),
        categories=tuple(Category(each) for each in _parts(row["categories"])),
        groups=_groups(row),
        office_kind=OfficeKind(row["office_kind"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_last_day(row),
    )


def _sanction_kind(row: dict[str, str]) -> SanctionKind:
    return SanctionKind(
        code=row["code"],
        version=int(row["version"]),
        ladder=Ladder(row["ladder"]),
        severity=Severity(row["severity"]),
        name_id=row["name_id"],
        name_en=row["name_en"],
        least_months=int(row["least_months"]) if row["least_months"] else None,
        most_months=int(row["most_months"]) if row["most_months"] else None,
        groups=_groups(row),
        instrument=row["instrument"],
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_last_day(row),
    )


def _groups(row: dict[str, str]) -> tuple[SubjectGroup, ...]:
    return tuple(SubjectGroup(each) for each in _parts(row["groups"]))


def _parts(text: str) -> list[str]:
    return text.split("|") if text else []


def _last_day(row: dict[str, str]) -> date | None:
    return date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
