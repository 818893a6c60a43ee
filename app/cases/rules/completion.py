"""What a reporter is told to bring, and what of his counts as bringing it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.cases.rules.requirements import REQUIREMENTS, Requirement

LONGEST_NOTE: Final = 2_000


def letter(
    missing: Collection[Requirement], note: str | None, due_at: datetime | None, zone: ZoneInfo
) -> str:
    """The message to the reporter in both languages; `due_at` is the first moment too late."""
    labels = [REQUIREMENTS[each] for each in Requirement if each in missing]
    until = f"{due_at.astimezone(zone):%d-%m-%Y %H:%M %Z}" if due_at else None
    parts = [
        "Laporan Anda belum lengkap. Yang masih kurang:",
        *(f"- {each.id}" for each in labels),
        *([f"Mohon dilengkapi sebelum {until}."] if until else ["Mohon segera dilengkapi."]),
        "",
        "Your report is not complete yet. What is missing:",
        *(f"- {each.en}" for each in labels),
        *([f"Please complete it before {until}."] if until else ["Please complete it soon."]),
        *(["", note] if note else []),
    ]
    return "\n".join(parts)


def answers(missing: Collection[Requirement], *, is_file: bool) -> bool:
    """Whether what the reporter sends can be what was asked for: words always, and a file where
    evidence is missing."""
    return not is_file or Requirement.EVIDENCE in missing
