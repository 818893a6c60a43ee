"""Subjects, desks and clocks for tests, plainly invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Desk
from app.clocks.service.keeper import ClockKeeper
from app.core.actors import SYSTEM
from app.core.ids import new_id
from app.elections.rules import Regime

ZONES: Final[Mapping[str, str]] = {
    "WIB": "Asia/Jakarta",
    "WITA": "Asia/Makassar",
    "WIT": "Asia/Jayapura",
}


def desk(zone: str = "WIB", office_id: UUID | None = None) -> Desk:
    return Desk(office_id or new_id(), ZONES[zone])


@dataclass
class Thing:
    """Something that clocks run on, and the desk that has to act."""

    id: UUID = field(default_factory=new_id)
    region_id: int = 7
    region_code: str = "13.03"
    desk: Desk = field(default_factory=desk)


def keeper(session: AsyncSession, now: datetime) -> ClockKeeper:
    return ClockKeeper(session, SYSTEM, now)


async def started(
    session: AsyncSession,
    step: Step,
    at: datetime,
    *,
    subject: Thing | None = None,
    regime: Regime = Regime.REGIONAL_ELECTION,
) -> DeadlineClock:
    thing = subject or Thing()
    clock = await keeper(session, at).start(thing, step, regime, at, thing.desk)
    assert clock is not None
    await session.flush()
    return clock
