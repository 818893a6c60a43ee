"""The complaints of the demo: invented, and marked so wherever anybody reads them."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.rules.procedure import Capacity, PhoneChannel
from app.complaints.schemas.filing import (
    ComplaintIn,
    ReportedEventIn,
    ReportedPersonIn,
    ReporterIn,
    WitnessIn,
)
from app.complaints.service.desk import DeskService
from app.complaints.service.filing import FilingService
from app.core.actors import PUBLIC, SYSTEM
from app.core.crypto import Keyring
from app.core.ids import new_id

COMPLAINTS: Final = Path(__file__).parent / "data" / "demo_complaints.csv"
ELECTION: Final = "pilkada-2024"
MARK: Final = "Rekaan:"

Row: TypeAlias = Mapping[str, str]


async def file_complaints(session: AsyncSession, keys: Keyring) -> dict[int, UUID]:
    """File each on its day, and take up those for which the data names a moment; return their ids
    by their numbers in the data."""
    with COMPLAINTS.open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): await _file(session, keys, row) for row in csv.DictReader(file)}


async def _file(session: AsyncSession, keys: Keyring, row: Row) -> UUID:
    filed_at = datetime.fromisoformat(row["filed_at"])
    form = _form(row, int(row["number"]))
    filed = await FilingService(session, PUBLIC, filed_at, keys).file(new_id(), form)
    if row["taken_up_at"]:
        office = replace(SYSTEM, office_id=filed.answer.holder.id)
        taken_up_at = datetime.fromisoformat(row["taken_up_at"])
        await DeskService(session, office, taken_up_at, keys).begin_review(filed.answer.id)
    return filed.answer.id


def _form(row: Row, number: int) -> ComplaintIn:
    return ComplaintIn(
        channel=PhoneChannel(row["channel"]),
        election_code=ELECTION,
        event=_event(row),
        reported_persons=_reported(row, number),
        witnesses=[
            WitnessIn(name=f"Saksi rekaan {number}.{each}")
            for each in range(1, int(row["witnesses"]) + 1)
        ],
        evidence_notes=[f"{MARK} {row['evidence']}"] if row["evidence"] else [],
        reporter=_reporter(row, number) if row["capacity"] else None,
        statement_of_truth=True,
    )


def _event(row: Row) -> ReportedEventIn:
    return ReportedEventIn(
        what=f"{MARK} {row['what']}",
        region_code=row["region_code"],
        place=row["place"],
        occurred_on=date.fromisoformat(row["occurred_on"]),
        known_on=date.fromisoformat(row["known_on"]),
        account=f"{MARK} {row['account']}",
    )


def _reported(row: Row, number: int) -> list[ReportedPersonIn]:
    posts = row["posts"].split("; ")
    return [
        ReportedPersonIn(
            name=f"Terlapor rekaan {number}.{each}", position=post, office=row["office"]
        )
        for each, post in enumerate(posts, start=1)
    ]


def _reporter(row: Row, number: int) -> ReporterIn:
    return ReporterIn(
        name=f"Pelapor rekaan {number}",
        capacity=Capacity(row["capacity"]),
        address=f"Jalan Rekaan {number}",
    )
