"""Invented cases that a plenary decided, and what officers and authorities do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from httpx import AsyncClient, Response
from sqlalchemy import select

from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.places import NATIONAL, Place
from app.offices.models import Office
from app.offices.rules import OfficeKind
from app.regions.rules import Level
from app.web.clock import present
from tests.cases import advancing, handling
from tests.cases.advancing import today
from tests.cases.handling import Body, Headers
from tests.people import office_id, officer, system

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


async def decided(
    cast: Cast, *categories: str, group: str | None = "pns", held_on: str = "", **changes: Any
) -> Body:
    """A case in which a plenary found a violation; it says `person_ids` as well."""
    case = await advancing.studied(cast.client, cast.sessions, cast.desk, **changes)
    if group is not None:
        await advancing.grouped(cast.sessions, case["person_id"], group)
    found = [_found(each) for each in categories or ("other_law",)]
    decision = advancing.violation(case, *found) | {"reasoning": REASONING}
    decision["held_on"] = held_on or decision["held_on"]
    await handling.stepped(cast.client, case, "decision", cast.member, decision)
    return case | {"person_ids": [case["person_id"]]}


def _found(category: str) -> Body:
    kinds = {"other_law": ["D06_SOCIAL_ENGAGEMENT"]}
    concerned: Body = {"person_ids": []} if category == "administrative" else {}
    return {"category": category, "violation_kinds": kinds.get(category, [])} | concerned


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


async def machine(
    sessions: Sessions, office_code: str = "bkn", place: Place = NATIONAL
) -> dict[str, str]:
    return await system(sessions, scopes=set(ANSWERS), office_code=office_code, place=place)


def decree(case: Body, sanctions: Sequence[Mapping[str, Any]], **changes: Any) -> Body:
    """A decree about every person of the case."""
    ruling: Body = {"sanctions": list(sanctions)}
    if sanctions:
        ruling |= {"effective_on": today()}
    return {
        "decree_number": "800/112/BKPSDM/2024",
        "decree_on": today(),
        "rulings": [{"person_id": each} | ruling for each in case["person_ids"]],
    } | changes
