"""What leaves the house belongs to its case: behind a wall it does not exist either."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import select

from app.cases.models.cases import Case
from app.cases.rules.transfers import CustodyReason
from app.cases.service.access import CaseAccess
from app.cases.service.custody import CustodyService, Handed
from app.clocks.jobs.running import remind
from app.core.actors import Role
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.models import Wall
from app.web.clock import present
from tests.cases import handling
from tests.cases.advancing import today
from tests.cases.handing import ABOVE, BESIDE, HERE
from tests.cases.handling import Body, Headers
from tests.cases.walling import declared, somebody
from tests.people import office_id
from tests.referrals.forwarding import (
    Cast,
    answer,
    answered,
    decided,
    forward,
    forwarded,
    listed,
    machine,
)

PARTS = ("", "/actions", "/history", "/deadlines", "/follow-ups", "/bkn-actions")


class Near(NamedTuple):
    """An officer who is too near to a matter that was forwarded."""

    id: str
    headers: dict[str, str]
    case: Body
    referral: Body


async def to_bkn(cast: Cast, case: Body) -> Body:
    return await forwarded(cast, case, office_id=str(await office_id(cast.sessions, "bkn")))


@pytest.fixture(params=[(Role.MEMBER, HERE), (Role.BKN_AUDITOR, "bkn")], ids=["house", "agency"])
async def near(cast: Cast, request: pytest.FixtureRequest) -> Near:
    """Walled off after it was forwarded."""
    role, office = request.param
    id, headers = await somebody(cast.sessions, cast.keys, role, office)
    case = await decided(cast)
    return Near(id, headers, case, await to_bkn(cast, case))


async def wall(cast: Cast, near: Near) -> None:
    await declared(cast.client, near.case, cast.member, of=near.id)


async def status(cast: Cast, who: Headers, path: str) -> int:
    return (await cast.client.get(path, headers=dict(who))).status_code


@pytest.mark.parametrize("part", PARTS)
async def test_the_referral_is_out_of_sight(cast: Cast, near: Near, *, part: str) -> None:
    path = f"/referrals/{near.referral['id']}{part}"
    before = await status(cast, near.headers, path)

    await wall(cast, near)

    assert (before, await status(cast, near.headers, path)) == (200, 404)


async def test_nothing_can_be_done_with_it(cast: Cast, near: Near) -> None:
    await wall(cast, near)

    refused = await answer(cast, near.referral, "acknowledgement", near.headers)

    assert refused.status_code == 404


async def test_it_is_in_no_list_and_no_total(
    cast: Cast, near: Near, in_days: Callable[[int], None]
) -> None:
    in_days(60)
    paths = ["/referrals?count=exact", "/referrals?overdue=true&count=exact"]
    before = [await total(cast, near, each) for each in paths]

    await wall(cast, near)

    assert before == [1, 1]
    assert [await total(cast, near, each) for each in paths] == [0, 0]


async def total(cast: Cast, near: Near, path: str) -> int:
    told = (await cast.client.get(path, headers=near.headers)).json()
    assert told["total"] == len(told["items"])
    return int(told["total"])


async def test_no_reminder_speaks_of_it(cast: Cast) -> None:
    """Only officers of Bawaslu read reminders; the wall stands before the id of the referral."""
    id, headers = await somebody(cast.sessions, cast.keys, Role.MEMBER, HERE)
    case = await decided(cast)
    referral = await to_bkn(cast, case)
    for days in range(12):
        await remind(cast.sessions, present() + timedelta(days=days))
    before = await reminded_of(cast, headers)

    await declared(cast.client, case, cast.member, of=id)

    assert referral["id"] in before
    # Cases that other tests committed for good have reminders of their own.
    assert not {referral["id"], case["id"]} & await reminded_of(cast, headers)


async def reminded_of(cast: Cast, who: Headers) -> set[str]:
    told = await cast.client.get("/clocks/reminders", headers=dict(who))
    assert told.status_code == 200, told.text
    return {each["subject_id"] for each in told.json()["items"]}


@pytest.mark.parametrize("what", ["file", "bundle"])
async def test_nobody_behind_it_takes_the_file_out(cast: Cast, *, what: str) -> None:
    id, headers = await somebody(cast.sessions, cast.keys, Role.MEMBER, HERE)
    case = await decided(cast)
    await declared(cast.client, case, cast.member, of=id)

    assert await status(cast, headers, f"/cases/{case['id']}/{what}") == 404


@pytest.mark.parametrize(("role", "office"), [(Role.MEMBER, HERE), (Role.BKN_AUDITOR, "bkn")])
async def test_what_is_forwarded_behind_a_wall_is_walled_at_once(
    cast: Cast, *, role: Role, office: str
) -> None:
    id, headers = await somebody(cast.sessions, cast.keys, role, office)
    case = await decided(cast)
    await declared(cast.client, case, cast.member, of=id)

    referral = await to_bkn(cast, case)

    assert await status(cast, headers, f"/referrals/{referral['id']}") == 404
    assert await listed(cast, headers) == []
    assert UUID(referral["id"]) in await walled(cast.sessions, id)


async def walled(sessions: Sessions, officer_id: str) -> set[UUID]:
    query = select(Wall.subject_id).where(Wall.officer_id == officer_id)
    async with sessions.begin() as session:
        return set(await session.scalars(query))


async def test_who_cannot_see_the_case_forwards_nothing_of_it(cast: Cast) -> None:
    case = await decided(cast)
    await declared(cast.client, case, cast.member)

    assert (await forward(cast, case)).status_code == 404


async def test_where_a_reported_person_works_nothing_is_forwarded_to(cast: Cast) -> None:
    """It would lie there unseen, and its time would run out."""
    case = await decided(cast)
    await wall_agency(cast, case)

    refused = await forward(cast, case, authority="staffing-authority", office_id=cast.agency)
    on_paper = await forward(cast, case, authority="staffing-authority")

    assert [each["code"] for each in refused.json()["errors"]] == ["walled-off"]
    assert on_paper.status_code == 201


async def test_nor_is_anything_relayed_there(cast: Cast) -> None:
    case = await decided(cast)
    await wall_agency(cast, case)
    referral = await to_bkn(cast, case)
    await answered(cast, referral, "acknowledgement", cast.bkn)
    relay = {"letter_number": "B-77/BKN/2024", "letter_on": today(), "to_office_id": cast.agency}

    refused = await answer(cast, referral, "relay", cast.bkn, **relay)

    assert [each["code"] for each in refused.json()["errors"]] == ["walled-off"]
    assert await listed(cast, cast.ppk) == []


async def wall_agency(cast: Cast, case: Body) -> None:
    """After the decision nobody is named any more; the wall stands all the same."""
    async with cast.sessions.begin() as session:
        row = await session.get_one(Case, UUID(case["id"]))
        await CaseAccess(session, present()).wall_office(row, UUID(cast.agency))


async def test_a_machine_of_an_office_that_is_walled_off_sees_nothing(cast: Cast) -> None:
    case = await decided(cast)
    referral = await forwarded(cast, case, authority="staffing-authority", office_id=cast.agency)
    system = await machine(cast.sessions, "personnel-agency-73.04")
    path = f"/referrals/{referral['id']}"
    before = [await status(cast, each, path) for each in (cast.ppk, system)]

    await wall_agency(cast, case)

    assert before == [200, 200]
    assert [await status(cast, each, path) for each in (cast.ppk, system)] == [404, 404]


async def test_a_holder_from_elsewhere_sees_the_referrals_while_he_holds_the_case(
    cast: Cast,
) -> None:
    case = await decided(cast)
    referral = await to_bkn(cast, case)
    neighbour = await handling.member(cast.sessions, cast.keys, BESIDE)
    path = f"/referrals/{referral['id']}"
    seen = [await status(cast, neighbour, path)]

    for office in (BESIDE, ABOVE):
        await hand_over(cast, case, office)
        seen.append(await status(cast, neighbour, path))

    assert seen == [404, 200, 404]
    assert await status(cast, cast.bkn, path) == 200


async def test_what_a_holder_from_elsewhere_forwards_is_seen_by_him(cast: Cast) -> None:
    case = await decided(cast)
    await hand_over(cast, case, BESIDE)
    neighbour = await handling.member(cast.sessions, cast.keys, BESIDE)

    referral = await to_bkn(replace(cast, member=neighbour), case)

    assert await status(cast, neighbour, f"/referrals/{referral['id']}") == 200


async def hand_over(cast: Cast, case: Body, office: str) -> None:
    """As when a case changes hands; a decided one is not offered any more."""
    to = await office_id(cast.sessions, office)
    handed = Handed(to, CustodyReason.TAKEN_OVER, "012/XI/2024", new_id())
    async with cast.sessions.begin() as session:
        row = await session.get_one(Case, UUID(case["id"]))
        await CustodyService(session, present()).hand_over(row, handed)
