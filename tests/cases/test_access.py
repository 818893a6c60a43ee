"""Who sees a case sees all of it, and who is walled off nothing, whatever is added later."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.cases.models.cases import Case, CaseReport
from app.cases.service.access import CaseAccess
from app.core.actors import Permission, Role
from app.core.database import Sessions
from app.core.models import Grant
from app.core.places import Place
from app.web.clock import present
from tests.cases.handing import ABOVE, BESIDE, HERE, Body, Scene, accepted, offered, sees, take_over
from tests.cases.handling import handler, opened
from tests.cases.walling import declared, somebody
from tests.complaints.filing import file
from tests.people import system


async def joined(scene: Scene, case: Body) -> str:
    """A report that was put into the case, as its officer would."""
    report = (await file(scene.client))["id"]
    async with scene.sessions.begin() as session:
        row = CaseReport(case_id=UUID(case["id"]), complaint_id=UUID(report), joined_at=present())
        session.add(row)
        await session.flush()
        found = await session.get_one(Case, UUID(case["id"]))
        await CaseAccess(session, present()).settle(found)
    return str(report)


async def test_a_report_that_joins_is_walled_as_the_case_is(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    _, officer = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)
    await declared(scene.client, case, officer)

    report = await joined(scene, case)

    assert not await sees(scene.client, officer, f"/complaints/{report}")
    assert await sees(scene.client, scene.desk, f"/complaints/{report}")


async def test_a_report_that_joins_is_shown_to_a_holder_from_elsewhere(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await take_over(scene.client, case, scene.province)
    transfer = await offered(scene.client, case, scene.province, scene.offices[BESIDE])
    await accepted(scene.client, transfer, scene.neighbour)

    report = await joined(scene, case)

    assert await sees(scene.client, scene.neighbour, f"/complaints/{report}")


async def test_in_the_own_area_nothing_is_granted(scene: Scene) -> None:
    """Else the grants of an office would be as many as its cases."""
    case = await opened(scene.client, scene.desk)
    await accepted(
        scene.client,
        await offered(scene.client, case, scene.desk, scene.offices[ABOVE]),
        scene.province,
    )

    assert await grants(scene.sessions) == 0


async def grants(sessions: Sessions) -> int:
    async with sessions.begin() as session:
        return len((await session.scalars(select(Grant))).all())


async def test_a_machine_of_the_reported_persons_office_sees_nothing_either(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    machine = await system(
        scene.sessions,
        scopes={Permission.READ_COMPLAINTS},
        office_code=HERE,
        place=Place(7304, "73.04"),
    )
    path = f"/complaints/{case['complaint_id']}"
    before = await sees(scene.client, machine, path)

    await wall(scene, case)

    assert (before, await sees(scene.client, machine, path)) == (True, False)


async def wall(scene: Scene, case: Body) -> None:
    async with scene.sessions.begin() as session:
        found = await session.get_one(Case, UUID(case["id"]))
        await CaseAccess(session, present()).wall_office(found, UUID(scene.offices[HERE]))


async def test_an_office_is_walled_once_and_sees_again_when_nobody_works_there(
    scene: Scene,
) -> None:
    case = await opened(scene.client, scene.desk)
    officer = await handler(scene.sessions, scene.keys)
    await wall(scene, case)
    await wall(scene, case)

    async with scene.sessions.begin() as session:
        found = await session.get_one(Case, UUID(case["id"]))
        access = CaseAccess(session, present() + timedelta(seconds=1))
        await access.unwall_office(found, UUID(scene.offices[HERE]))

    assert await sees(scene.client, officer, f"/cases/{case['id']}")
    told = await scene.client.get(f"/cases/{case['id']}/conflicts", headers=scene.province)
    assert [each["ended_at"] is not None for each in told.json()["items"]] == [True]
