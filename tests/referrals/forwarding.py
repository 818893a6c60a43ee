"""Invented cases that a plenary decided, and what officers and authorities do with them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from httpx import AsyncClient, Response
from sqlalchemy import select

from app.cases.models.cases import CasePerson
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.rules.decisions import Category, Result, SubjectGroup
from app.cases.rules.states import State
from app.cases.rules.steps import StepName
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import SYSTEM, Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.offices.models import Office
from app.offices.rules import OfficeKind
from app.regions.rules import Level
from app.web.clock import present
from tests.cases import handling
from tests.cases.handling import Body, Headers
from tests.people import office_id, officer, system

MAKASSAR: Final = ZoneInfo("Asia/Makassar")
REASONING: Final = "Rekaan: unsur keberpihakan terbukti."
PERSONNEL_AGENCY: Final = "personnel-agency-73.04"
ANSWERS: Final = {Permission.READ_REFERRALS, Permission.ANSWER_REFERRALS}


@dataclass(frozen=True)
class Cast:
    """Who takes part: an officer and a member of Bawaslu Jeneponto, an auditor of BKN, and an
    officer of the personnel agency there, whose office is `agency`."""

    client: AsyncClient
    sessions: Sessions
    keys: Keyring
    desk: Headers
    member: Headers
    bkn: Headers
    ppk: Headers
    agency: str


async def cast_of(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Cast:
    agency = await personnel_agency(sessions)
    return Cast(
        client,
        sessions,
        keys,
        await handling.handler(sessions, keys),
        await handling.member(sessions, keys),
        await officer(sessions, keys, role=Role.BKN_AUDITOR, office_code="bkn"),
        await officer(sessions, keys, role=Role.PPK_OFFICER, office_code=PERSONNEL_AGENCY),
        agency,
    )


def today() -> str:
    """In the zone of the office of Jeneponto."""
    return present().astimezone(MAKASSAR).date().isoformat()


async def decided(
    cast: Cast,
    categories: Sequence[Category] = (Category.OTHER_LAW,),
    group: SubjectGroup | None = SubjectGroup.PNS,
    **changes: Any,
) -> Body:
    """A registered report in which a plenary found a violation; it says `person_ids` as well."""
    case = await handling.opened(cast.client, cast.desk, **changes)
    id = UUID(case["id"])
    async with cast.sessions.begin() as session:
        steps = Stepping(session, SYSTEM, present())
        held = await steps.cases.held(id)
        held.number = f"{id.int % 1000:03d}/REG/LP/PB/Kab/16.09/XI/2024"
        held.registered_at = held.decided_at = steps.now
        persons = list(await session.scalars(select(CasePerson).where(CasePerson.case_id == id)))
        for person in persons:
            person.subject_group = group
        plenary = _plenary(held.id, held.office_id, cast.keys)
        session.add(plenary)
        await session.flush()
        ids = [str(person.id) for person in persons]
        session.add_all(
            DecidedCategory(
                plenary_id=plenary.id,
                category=each,
                case_id=id,
                violation_kinds=["D06_SOCIAL_ENGAGEMENT"],
                person_ids=ids if each is not Category.ADMINISTRATIVE else [],
            )
            for each in categories
        )
        await steps.cancel_clocks(held)
        await steps.start_clock(held, Step.FORWARDING)
        await steps.finish(held, StepName.DECIDE, State.VIOLATION)
    return case | {"number": held.number, "person_ids": sorted(ids)}


def _plenary(case_id: UUID, office: UUID, keys: Keyring) -> Plenary:
    said = json.dumps({"present": [], "reasoning": REASONING}).encode()
    return Plenary(
        id=(id := new_id()),
        case_id=case_id,
        office_id=office,
        held_on=date.fromisoformat(today()),
        minutes_number="017/BA-PLENO/XI/2024",
        members=5,
        present=5,
        dissenting=0,
        result=Result.VIOLATION,
        recorded_at=present(),
        officer_id=None,
        sealed=keys.seal(said, id),
    )


def letter(**changes: Any) -> Body:
    return {
        "category": "other_law",
        "authority": "bkn",
        "letter_number": "112/PP.00.02/K.SN-08/11/2024",
        "letter_on": today(),
    } | changes


async def forward(cast: Cast, case: Body, **changes: Any) -> Response:
    path = f"/cases/{case['id']}/referrals"
    return await cast.client.post(path, json=letter(**changes), headers=dict(cast.member))


async def forwarded(cast: Cast, case: Body, **changes: Any) -> Body:
    answer = await forward(cast, case, **changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def answer(cast: Cast, referral: Body, step: str, who: Headers, **body: Any) -> Response:
    return await cast.client.post(
        f"/referrals/{referral['id']}/{step}", json=body, headers=dict(who)
    )


async def answered(cast: Cast, referral: Body, step: str, who: Headers, **body: Any) -> Body:
    """Take a step that must succeed; return the referral as it is then."""
    reply = await answer(cast, referral, step, who, **body)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def read(cast: Cast, referral: Body, who: Headers, path: str = "") -> Body:
    reply = await cast.client.get(f"/referrals/{referral['id']}{path}", headers=dict(who))
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def state_of(cast: Cast, case: Body) -> str:
    reply = await cast.client.get(f"/cases/{case['id']}", headers=dict(cast.desk))
    return str(reply.json()["state"])


async def personnel_agency(
    sessions: Sessions, code: str = PERSONNEL_AGENCY, region: str = "73.04"
) -> str:
    """The BKPSDM of Jeneponto, added to the directory; returns its id."""
    async with sessions.begin() as session:
        query = select(Office).where(Office.code == f"bawaslu-{region}")
        beside = (await session.scalars(query)).one()
        session.add(
            Office(
                code=code,
                kind=OfficeKind.PERSONNEL_AGENCY,
                level=Level.REGENCY,
                name="BKPSDM Rekaan",
                time_zone=beside.time_zone,
                region_id=beside.region_id,
                region_code=beside.region_code,
                added_at=present(),
            )
        )
    return str(await office_id(sessions, code))


async def listed(cast: Cast, who: Headers, **filters: str | bool) -> list[Body]:
    reply = await cast.client.get("/referrals", params=filters, headers=dict(who))
    assert reply.status_code == 200, reply.text
    return list(reply.json()["items"])


async def machine(sessions: Sessions, office_code: str = "bkn") -> dict[str, str]:
    return await system(sessions, scopes=set(ANSWERS), office_code=office_code)


def decree(case: Body, sanctions: Sequence[Mapping[str, Any]], **changes: Any) -> Body:
    """A decree about every person of the case."""
    ruling = {"sanctions": list(sanctions)}
    if sanctions:
        ruling |= {"effective_on": today()}
    return {
        "decree_number": "800/112/BKPSDM/2024",
        "decree_on": today(),
        "rulings": [{"person_id": each} | ruling for each in case["person_ids"]],
    } | changes
