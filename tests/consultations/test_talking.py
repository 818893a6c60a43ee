"""Whoever asked and the office write to each other, and nobody else reads along."""

from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import select

from app.core.database import Sessions
from app.core.ids import new_id
from app.correspondence.models import Notice
from app.correspondence.rules.notices import NoticeState
from tests.complaints.filing import file
from tests.consultations.asking import Body, Desk, ask, receipt, told


async def write(client: AsyncClient, filed: Body, text: str = "Pesan rekaan.") -> str:
    id = str(new_id())
    path = f"/receipt/consultation/messages/{id}"
    told(await client.put(path, json={"text": text}, headers=receipt(filed)), 201)
    return id


async def test_both_sides_read_what_was_written(client: AsyncClient, desk: Desk) -> None:
    filed = await ask(client)
    path = f"/consultations/{filed['id']}/messages"

    await write(client, filed, "Rekaan: maksud saya akun pribadi.")
    told(await desk.post(path, {"text": "Rekaan: baik."}), 201)

    own = await client.get("/receipt/consultation/messages", headers=receipt(filed))
    assert [each["side"] for each in told(own)["items"]] == ["office", "reporter"]
    assert "officer_id" not in own.text
    assert len(told(await desk.get(path))["items"]) == 2


async def test_the_desk_sees_that_somebody_waits(client: AsyncClient, desk: Desk) -> None:
    filed = await ask(client)
    last = await write(client, filed)
    waiting = await desk.rows(unread=True)

    told(await desk.post(f"/consultations/{filed['id']}/messages/read", {"up_to": last}))

    assert waiting == [filed["id"]]
    assert await desk.rows(unread=True) == []


async def test_the_door_of_questions_opens_no_messages_of_a_complaint(
    client: AsyncClient, desk: Desk
) -> None:
    complaint = await file(client)

    answer = await desk.get(f"/consultations/{complaint['id']}/messages")

    assert answer.status_code == 404


async def test_news_is_told_to_the_address_that_was_left(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await ask(client)
    path = "/receipt/consultation/contact"
    body = {"email": "penanya@contoh.example", "language": "id"}

    left = told(await client.put(path, json=body, headers=receipt(filed)))
    await desk.answer(filed)
    async with sessions.begin() as session:
        waiting = select(Notice.state).where(Notice.subject_id == UUID(filed["id"]))
        state = await session.scalar(waiting)
    gone = told(await client.delete(path, headers=receipt(filed)))

    assert state is NoticeState.PENDING
    assert left["email"] == "p***@c***.example"
    assert gone["email"] is None
