"""Who sees a case sees all of it, and who is walled off nothing, whatever is added later."""

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
from tests.cases.handling import member, opened
from tests.cases.walling import conflicts, declared, ended, named, somebody
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


async def test_while_a_reported_person_works_there_the_office_is_walled_off(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    path, office = f"/cases/{case['id']}", scene.offices[ABOVE]
    first = await named(scene.client, case, scene.desk, office)
    await named(scene.client, case, scene.desk, office)
    before = await sees(scene.client, scene.province, path)

    for person in await persons(scene, case):
        if person["office_id"] == office:
            removal = f"{path}/persons/{person['id']}/removal"
            body = {"reason": "Rekaan: orang lain."}
            told = await scene.client.post(removal, json=body, headers=scene.desk)
            assert told.status_code == 200, told.text

    assert first["office_id"] == office
    assert (before, await sees(scene.client, scene.province, path)) == (False, True)


async def test_a_wall_that_members_took_down_stays_down(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    await named(scene.client, case, scene.desk, scene.offices[ABOVE])
    await end_wall(scene, case)

    await named(scene.client, case, scene.desk)

    assert await sees(scene.client, scene.province, f"/cases/{case['id']}")


async def test_it_stands_again_when_a_further_person_of_that_office_is_named(scene: Scene) -> None:
    """What was decided of one person was not decided of the next."""
    case = await opened(scene.client, scene.desk)
    await named(scene.client, case, scene.desk, scene.offices[ABOVE])
    await end_wall(scene, case)

    await named(scene.client, case, scene.desk, scene.offices[ABOVE])

    assert not await sees(scene.client, scene.province, f"/cases/{case['id']}")


async def end_wall(scene: Scene, case: Body) -> None:
    """Before the only office that is walled off."""
    other = await member(scene.sessions, scene.keys, HERE)
    [conflict] = await conflicts(scene.client, case, scene.desk)
    await ended(scene.client, case, conflict, scene.desk, other)


async def persons(scene: Scene, case: Body) -> list[Body]:
    told = await scene.client.get(f"/cases/{case['id']}/persons", headers=scene.desk)
    return list(told.json()["items"])


async def test_whoever_walls_off_the_last_officer_of_the_holder_is_warned(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    before = await named(scene.client, case, scene.desk, scene.offices[BESIDE])

    after = await named(scene.client, case, scene.desk, scene.offices[HERE])

    assert (before["officers_left"], before["warning"]) == (1, None)
    assert after["officers_left"] == 0
    assert "mengambil alih" in after["warning"]["id"]
    assert (await take_over(scene.client, case, scene.province)).status_code == 200


async def test_a_correction_of_the_office_warns_as_well(scene: Scene) -> None:
    case = await opened(scene.client, scene.desk)
    person = await named(scene.client, case, scene.desk)

    told = await scene.client.patch(
        f"/cases/{case['id']}/persons/{person['id']}",
        json={"office_id": scene.offices[HERE]},
        headers=scene.desk | {"If-Match": '"1"', "Content-Type": "application/merge-patch+json"},
    )

    assert told.json()["warning"] is not None, told.text


async def test_what_has_ended_here_does_not_come_back_with_the_next_report(scene: Scene) -> None:
    case, other = [await opened(scene.client, scene.desk) for _ in range(2)]
    _, officer = await somebody(scene.sessions, scene.keys, Role.HANDLER, HERE)
    await declared(scene.client, other, officer)
    await join(scene, case, other["complaint_id"])
    before = await sees(scene.client, officer, f"/cases/{case['id']}")
    [conflict] = await conflicts(scene.client, case, scene.desk)
    await ended(scene.client, case, conflict, scene.desk, scene.province)

    report = (await file(scene.client))["id"]
    await join(scene, case, report)

    paths = [
        f"/cases/{case['id']}",
        *(f"/complaints/{each}" for each in (case["complaint_id"], other["complaint_id"], report)),
    ]
    assert before is False
    assert [await sees(scene.client, officer, each) for each in paths] == [True] * 4


async def join(scene: Scene, case: Body, complaint_id: str) -> None:
    told = await scene.client.post(
        f"/cases/{case['id']}/reports", json={"complaint_id": complaint_id}, headers=scene.desk
    )
    assert told.status_code in (200, 201), told.text
