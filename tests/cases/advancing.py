"""Cases brought, without their desk, to the state in which the handling begins."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from httpx import AsyncClient
from sqlalchemy import select

from app.cases.models.cases import CasePerson
from app.cases.rules.decisions import SubjectGroup
from app.cases.rules.states import State
from app.cases.rules.steps import StepName
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import SYSTEM
from app.core.database import Sessions
from app.web.clock import present
from tests.cases.handling import Body, Headers, opened, stepped
from tests.cases.reviewing import REASON

MAKASSAR: Final = ZoneInfo("Asia/Makassar")
JAKARTA: Final = ZoneInfo("Asia/Jakarta")
STUDY: Final[Body] = {"text": "Rekaan: uraian fakta dan kesimpulan."}
THREE = [
    {"name": "Anggota Rekaan Satu", "vote": "agree"},
    {"name": "Anggota Rekaan Dua", "vote": "agree"},
    {"name": "Anggota Rekaan Tiga", "vote": "dissent", "opinion": "Rekaan: bukti kurang."},
]


async def registered(
    client: AsyncClient,
    sessions: Sessions,
    officer: Headers,
    ago: timedelta = timedelta(0),
    **changes: Any,
) -> Body:
    """A report with a number, whose time of handling runs; it says `person_id` as well."""
    case = await opened(client, officer, **changes)
    id = UUID(case["id"])
    async with sessions.begin() as session:
        steps = Stepping(session, SYSTEM, present() - ago)
        held = await steps.cases.held(id)
        held.number = f"{id.int % 1000:03d}/REG/LP/PB/Kab/16.09/XI/2024"
        held.registered_at = steps.now
        await steps.cancel_clocks(held)
        await steps.start_clock(held, Step.HANDLING)
        await steps.finish(held, StepName.REGISTER, State.REGISTERED)
    return case | {"number": held.number, "person_id": str(await person_of(sessions, id))}


async def studied(
    client: AsyncClient, sessions: Sessions, officer: Headers, **changes: Any
) -> Body:
    case = await registered(client, sessions, officer, **changes)
    return case | await stepped(client, case, "study", officer, STUDY)


async def refused(client: AsyncClient, officer: Headers) -> Body:
    """A report that was not registered."""
    case = await opened(client, officer)
    return case | await stepped(client, case, "refusal", officer, REASON)


async def decided(
    client: AsyncClient, sessions: Sessions, officer: Headers, member: Headers, **changes: Any
) -> Body:
    case = await studied(client, sessions, officer)
    return case | await stepped(client, case, "decision", member, decision(**changes))


def decision(**changes: Any) -> Body:
    return {
        "held_on": today(),
        "minutes_number": "017/BA-PLENO/XI/2024",
        "members": 5,
        "present": THREE,
        "result": "not_violation",
        "reasoning": "Rekaan: unsur tidak terbukti.",
    } | changes


def invitation(**changes: object) -> Body:
    return {
        "party": "witness",
        "name": "Saksi Rekaan",
        "planned_at": (present() + timedelta(days=1)).isoformat(),
        "place": "Kantor rekaan",
        "letter_number": "012/PP/XI/2024",
    } | changes


def violation(case: Body, *categories: Body) -> Body:
    """A decision that these categories concern the one person of the case."""
    found = [{"person_ids": [case["person_id"]]} | each for each in categories]
    return decision(result="violation", categories=found)


def today(days_ago: int = 0, zone: ZoneInfo = MAKASSAR) -> str:
    """Where an office is: that of Jeneponto, where nothing else is said."""
    day = present().astimezone(zone).date() - timedelta(days=days_ago)
    return day.isoformat()


async def person_of(sessions: Sessions, case_id: UUID) -> UUID:
    async with sessions.begin() as session:
        query = select(CasePerson.id).where(CasePerson.case_id == case_id)
        return (await session.scalars(query.order_by(CasePerson.id))).one()


async def grouped(sessions: Sessions, person_id: str, group: str) -> None:
    """Say to which group a reported person belongs."""
    async with sessions.begin() as session:
        person = await session.get_one(CasePerson, UUID(person_id))
        person.subject_group = SubjectGroup(group)
