"""Behind a wall the case does not exist: each place where it could show through."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.cases.models.cases import Case
from app.cases.service.access import CaseAccess
from app.clocks.jobs.running import remind
from app.core.actors import Role
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.models import Wall
from app.web.clock import present
from tests.cases.handing import HERE, Scene, offered
from tests.cases.handling import opened
from tests.cases.walling import declared, ended, somebody
from tests.complaints.identity.asking import asked
from tests.complaints.searching import found, mark
from tests.people import office_id

Body = dict[str, Any]
WORDS = "rekaan apel pagi"


@dataclass
class Near:
    """An officer who is near to a case that he can see until it is said."""

    client: AsyncClient
    id: str
    headers: dict[str, str]
    case: Body

    async def sees(self, path: str) -> bool:
        answer = await self.client.get(path, headers=self.headers)
        assert answer.status_code in (200, 404), answer.text
        return answer.status_code == 200

    async def items(self, path: str) -> list[Body]:
        answer = await self.client.get(path, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    async def counts(self) -> dict[str, int]:
        """How many each saved queue holds."""
        return {each["id"]: each["count"] for each in await self.items("/queues")}


@pytest.fixture
async def near(scene: Scene) -> Near:
    id, headers = await somebody(scene.sessions, scene.keys, Role.MEMBER, HERE)
    return Near(scene.client, id, headers, await opened(scene.client, scene.desk))


@pytest.mark.parametrize(
    "path",
    ["", "/history", "/actions", "/deadlines", "/custody", "/transfers", "/conflicts"],
)
async def test_the_case_itself_is_out_of_sight(scene: Scene, near: Near, *, path: str) -> None:
    whole = f"/cases/{near.case['id']}{path}"
    assert await near.sees(whole)

    await declared(scene.client, near.case, near.headers)

    assert not await near.sees(whole)


@pytest.mark.parametrize(
    "path",
    ["", *("/history", "/evidence", "/messages", "/links"), *("/holds", "/identity-requests")],
)
async def test_its_report_is_out_of_sight(scene: Scene, near: Near, *, path: str) -> None:
    whole = f"/complaints/{near.case['complaint_id']}{path}"
    assert await near.sees(whole)

    await declared(scene.client, near.case, near.headers)

    assert not await near.sees(whole)


async def test_it_is_in_no_list_and_no_total(scene: Scene, near: Near) -> None:
    await opened(scene.client, scene.desk)
    lists = [
        "/cases?count=exact",
        f"/cases?complaint_id={near.case['complaint_id']}&count=exact",
        "/complaints?count=exact",
    ]
    before = [await total(near, each) for each in lists]

    await declared(scene.client, near.case, near.headers)

    assert [await total(near, each) for each in lists] == [each - 1 for each in before]


async def total(near: Near, path: str) -> int:
    answer = (await near.client.get(path, headers=near.headers)).json()
    assert answer["total"] == len(answer["items"])
    return int(answer["total"])


async def test_no_search_finds_it(scene: Scene, near: Near) -> None:
    await mark(scene.sessions, scene.keys)
    assert await found(scene.client, near.headers, words=WORDS) == [near.case["complaint_id"]]

    await declared(scene.client, near.case, near.headers)

    assert await found(scene.client, near.headers, words=WORDS) == []


async def test_no_saved_queue_counts_it(scene: Scene, near: Near) -> None:
    queue = {"name": "Antrean rekaan", "filter": {"status": "initial_review"}, "is_shared": True}
    saved = await scene.client.post("/queues", json=queue, headers=near.headers)
    before = await near.counts()

    await declared(scene.client, near.case, near.headers)

    assert (before[saved.json()["id"]], (await near.counts())[saved.json()["id"]]) == (1, 0)


async def test_no_link_of_another_report_leads_to_it(scene: Scene, near: Near) -> None:
    other = (await opened(scene.client, scene.desk))["complaint_id"]
    path = f"/complaints/{other}/links"
    put = f"{path}/{near.case['complaint_id']}"
    linked = await scene.client.put(put, json={"state": "confirmed"}, headers=scene.desk)
    assert linked.status_code == 200, linked.text
    before = (await scene.client.get(path, headers=near.headers)).json()

    await declared(scene.client, near.case, near.headers)

    after = (await scene.client.get(path, headers=near.headers)).json()
    assert [each["id"] for each in before["cluster"]] == [near.case["complaint_id"]]
    assert (after["cluster"], after["candidates"], after["rejected"]) == ([], [], [])


async def test_nothing_can_be_done_with_its_files_or_messages(scene: Scene, near: Near) -> None:
    await declared(scene.client, near.case, near.headers)
    report = f"/complaints/{near.case['complaint_id']}"

    written = await scene.client.post(
        f"{report}/messages", json={"text": "Rekaan."}, headers=near.headers
    )
    held = await scene.client.post(
        f"{report}/holds", json={"reason": "Rekaan."}, headers=near.headers
    )

    assert (written.status_code, held.status_code) == (404, 404)


async def test_a_custodian_behind_it_is_not_asked(scene: Scene, near: Near) -> None:
    id, custodian = await somebody(scene.sessions, scene.keys, Role.CUSTODIAN, HERE)
    await asked(scene.client, near.case["complaint_id"], scene.desk)
    listing = "/identity-requests"
    before = (await scene.client.get(listing, headers=custodian)).json()["items"]

    await declared(scene.client, near.case, scene.desk, of=id)

    after = (await scene.client.get(listing, headers=custodian)).json()["items"]
    assert (len(before), len(after)) == (1, 0)


async def test_no_list_of_transfers_names_it(scene: Scene, near: Near) -> None:
    await offered(scene.client, near.case, scene.desk, scene.offices["bawaslu-73"])
    assert len(await near.items("/transfers")) == 1

    await declared(scene.client, near.case, near.headers)

    assert await near.items("/transfers") == []


async def test_no_reminder_speaks_of_it(scene: Scene, near: Near) -> None:
    await offered(scene.client, near.case, scene.desk, scene.offices["bawaslu-73"])
    for days in (0, 2, 4):
        await remind(scene.sessions, present() + timedelta(days=days))
    assert len(await near.items("/clocks/reminders")) >= 2

    await declared(scene.client, near.case, near.headers)

    assert await near.items("/clocks/reminders") == []


async def test_what_a_floor_above_made_of_it_is_walled_as_well(scene: Scene, near: Near) -> None:
    await declared(scene.client, near.case, near.headers)
    referral = new_id()

    async with scene.sessions.begin() as session:
        case = await session.get_one(Case, UUID(near.case["id"]))
        await CaseAccess(session, present()).attach(case, referral)

    assert referral in await walled(scene.sessions, near.id)


async def test_everybody_of_the_reported_persons_office_is_walled_off(
    scene: Scene, near: Near
) -> None:
    async with scene.sessions.begin() as session:
        case = await session.get_one(Case, UUID(near.case["id"]))
        office = await office_id(scene.sessions, HERE)
        await CaseAccess(session, present()).wall_office(case, office)

    assert not await near.sees(f"/cases/{near.case['id']}")
    [told] = (
        await scene.client.get(f"/cases/{near.case['id']}/conflicts", headers=scene.province)
    ).json()["items"]
    assert (told["origin"], told["office_id"]) == ("same_office", str(office))


async def test_the_wall_comes_down_with_its_reason(scene: Scene, near: Near) -> None:
    conflict = await declared(scene.client, near.case, near.headers)

    told = await ended(scene.client, near.case, conflict, scene.desk, scene.province)

    assert told["ending_reason"] == "Rekaan: keliru."
    assert await near.sees(f"/cases/{near.case['id']}")
    assert await near.sees(f"/complaints/{near.case['complaint_id']}")
    assert await walled(scene.sessions, near.id) == set()


async def walled(sessions: Sessions, officer_id: str) -> set[UUID]:
    async with sessions.begin() as session:
        return set(
            await session.scalars(select(Wall.subject_id).where(Wall.officer_id == officer_id))
        )
