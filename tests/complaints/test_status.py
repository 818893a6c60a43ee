"""What the floors above tell the reporter of a step, and what they keep from telling."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from app.complaints.models.complaints import Complaint, StatusLine
from app.complaints.rules.procedure import Status
from app.complaints.service.status import StatusService, Told
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import NotFound
from app.core.ids import new_id
from app.correspondence.models import Notice
from app.offices.models import Office
from app.web.clock import present
from tests.complaints.filing import Body, file, receipt
from tests.people import officer

HERE = Actor(ActorKind.OFFICER, new_id(), area="73.04")
ELSEWHERE = Actor(ActorKind.OFFICER, new_id(), area="13")
DUE = date(2024, 11, 20)


@pytest.fixture
async def filed(client: AsyncClient) -> Body:
    return await file(client)


@pytest.fixture
async def addressed(client: AsyncClient, filed: Body) -> Body:
    contact = {"email": "seseorang@contoh.example", "language": "id"}
    answer = await client.put("/receipt/contact", json=contact, headers=receipt(filed))
    assert answer.status_code == 200, answer.text
    return filed


async def office_id(sessions: Sessions, code: str) -> UUID:
    async with sessions.begin() as session:
        return (await session.scalars(select(Office.id).where(Office.code == code))).one()


async def tell(sessions: Sessions, told: Told, *filed: Body, later: int = 1) -> list[Complaint]:
    async with sessions.begin() as session:
        status = StatusService(session, HERE, present() + timedelta(seconds=later))
        complaints = [await status.taken(UUID(each["id"])) for each in filed]
        await status.tell(complaints, told)
    return complaints


async def told_now(sessions: Sessions, filed: Body) -> Told:
    async with sessions.begin() as session:
        complaint = await session.get_one(Complaint, UUID(filed["id"]))
        return Told(complaint.status, complaint.office_id, complaint.next_due_on)


async def count(sessions: Sessions, table: type[StatusLine] | type[Notice]) -> int:
    async with sessions.begin() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def follow(client: AsyncClient, filed: Body) -> Body:
    answer = await client.get("/receipt", headers=receipt(filed))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def line(told: Body) -> tuple[str, str]:
    return told["status"], told["holder"]["name"]


async def test_a_step_is_shown_with_what_comes_next_and_by_when(
    client: AsyncClient, sessions: Sessions, addressed: Body
) -> None:
    now = replace(
        await told_now(sessions, addressed), status=Status.NEEDS_COMPLETION, next_due_on=DUE
    )

    [complaint] = await tell(sessions, now, addressed)

    seen = await follow(client, addressed)
    assert (seen["status"], seen["next_due_on"]) == ("needs_completion", "2024-11-20")
    assert seen["label"]["id"] == "Perlu dilengkapi"
    assert "lengkapi" in seen["next_step"]["id"]
    assert [each["status"] for each in seen["timeline"]] == ["submitted", "needs_completion"]
    assert complaint.version == 2


async def test_a_step_is_told_by_a_notice(sessions: Sessions, addressed: Body) -> None:
    now = replace(await told_now(sessions, addressed), status=Status.REGISTERED)

    await tell(sessions, now, addressed)

    assert await count(sessions, Notice) == 1


async def test_the_reports_of_one_case_are_told_together(
    client: AsyncClient, sessions: Sessions, filed: Body
) -> None:
    other = await file(client)
    now = replace(await told_now(sessions, filed), status=Status.STUDY)

    await tell(sessions, now, filed, other)

    assert [(await follow(client, each))["status"] for each in (filed, other)] == ["study"] * 2


async def test_a_hand_over_is_a_line_with_the_new_holder_and_the_first_holder_stays(
    client: AsyncClient, sessions: Sessions, addressed: Body
) -> None:
    before = await told_now(sessions, addressed)
    above = await office_id(sessions, "bawaslu-73")

    await tell(sessions, replace(before, office_id=above), addressed, later=1)
    up = await follow(client, addressed)
    await tell(sessions, before, addressed, later=2)
    back = await follow(client, addressed)

    regency, province = (
        ("submitted", f"Bawaslu {name}")
        for name in ("Kabupaten Jeneponto", "Provinsi Sulawesi Selatan")
    )
    assert [line(each) for each in up["timeline"]] == [regency, province]
    assert [line(each) for each in back["timeline"]] == [regency, province, regency]
    assert (line(up), line(back)) == (province, regency)
    assert await count(sessions, Notice) == 1


async def test_a_day_that_moves_alone_is_no_news(
    client: AsyncClient, sessions: Sessions, addressed: Body
) -> None:
    now = replace(await told_now(sessions, addressed), next_due_on=DUE)

    [complaint] = await tell(sessions, now, addressed)

    seen = await follow(client, addressed)
    assert (seen["next_due_on"], len(seen["timeline"])) == ("2024-11-20", 1)
    assert complaint.version == 2
    assert (await count(sessions, StatusLine), await count(sessions, Notice)) == (0, 0)


async def test_what_was_told_before_changes_nothing(sessions: Sessions, addressed: Body) -> None:
    [complaint] = await tell(sessions, await told_now(sessions, addressed), addressed)

    assert complaint.version == 1
    assert (await count(sessions, StatusLine), await count(sessions, Notice)) == (0, 0)


async def test_what_is_out_of_sight_cannot_be_taken(sessions: Sessions, filed: Body) -> None:
    async with sessions.begin() as session:
        with pytest.raises(NotFound):
            await StatusService(session, ELSEWHERE, present()).taken(UUID(filed["id"]))


async def test_what_is_past_the_desk_is_not_taken_up_there(
    client: AsyncClient, sessions: Sessions, keys: Keyring, filed: Body
) -> None:
    await tell(sessions, replace(await told_now(sessions, filed), status=Status.REGISTERED), filed)
    desk = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")

    answer = await client.post(f"/complaints/{filed['id']}/review", headers=desk)

    assert (answer.status_code, answer.json()["code"]) == (409, "illegal-step")


async def test_when_the_office_goes_on_after_a_withdrawal_its_next_step_is_told_again(
    client: AsyncClient, sessions: Sessions, filed: Body
) -> None:
    withdrawn = await client.post("/receipt/withdrawal", json={}, headers=receipt(filed))
    before = await told_now(sessions, filed)
    above = await office_id(sessions, "bawaslu-73")

    await tell(sessions, replace(before, office_id=above), filed, later=60)
    handed_over = await follow(client, filed)
    await tell(sessions, replace(before, status=Status.FORWARDED), filed, later=120)

    assert handed_over["next_step"] == withdrawn.json()["next_step"]
    assert (await follow(client, filed))["next_step"]["en"].startswith("Another authority decides")
