"""Ids are made by phones: whoever takes that of another thing opens nothing of it."""

from dataclasses import dataclass
from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import func, select

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.correspondence.models import Contact, Message, Notice
from app.correspondence.rules.messages import Side
from app.correspondence.rules.notices import NoticeState
from app.receipts.models import Receipt
from app.receipts.rules import ReceiptKind
from app.web.clock import present
from tests.complaints.filing import complaint, file
from tests.complaints.filing import put as put_complaint
from tests.consultations.asking import Body, Desk, ask, put, question, receipt, told


@dataclass
class Thing:
    id: UUID
    region_id: int
    region_code: str = "73.04"


async def receipt_of(sessions: Sessions, filed: Body) -> Receipt:
    async with sessions.begin() as session:
        query = select(Receipt).where(Receipt.subject_id == UUID(filed["id"]))
        return (await session.scalars(query)).one()


async def test_a_question_under_the_id_of_a_complaint_is_refused(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await file(client)

    answer = await put(client, question(), UUID(filed["id"]))

    assert (answer.status_code, answer.json()["code"]) == (409, "conflicting-body")
    assert (await desk.get(f"/consultations/{filed['id']}")).status_code == 404
    assert (await receipt_of(sessions, filed)).kind is ReceiptKind.COMPLAINT


async def test_a_complaint_under_the_id_of_a_question_is_refused(
    client: AsyncClient, sessions: Sessions
) -> None:
    filed = await ask(client)

    answer = await put_complaint(client, complaint(), UUID(filed["id"]))

    assert (answer.status_code, answer.json()["code"]) == (409, "conflicting-body")
    assert (await receipt_of(sessions, filed)).kind is ReceiptKind.CONSULTATION


async def test_messages_and_addresses_of_another_kind_are_not_there(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Desk
) -> None:
    filed = await ask(client)
    mine = await receipt_of(sessions, filed)
    place = {"region_id": mine.region_id, "region_code": mine.region_code}
    about: Body = {"subject_id": mine.subject_id, "kind": ReceiptKind.COMPLAINT} | place
    message, contact = new_id(), new_id()
    async with sessions.begin() as session:
        sealed = keys.seal(b"Rekaan.", message)
        session.add(
            Message(id=message, side=Side.OFFICE, sealed=sealed, sent_at=present(), **about)
        )
        email = keys.seal(b"pelapor@contoh.example", contact)
        session.add(Contact(id=contact, sealed=email, language="id", left_at=present(), **about))
        session.add(Notice(due_at=present(), state=NoticeState.UNDELIVERABLE, **about))

    headers = receipt(filed)
    own = told(await client.get("/receipt/consultation", headers=headers))
    read = told(await client.get("/receipt/consultation/messages", headers=headers))
    address = told(await client.get("/receipt/consultation/contact", headers=headers))
    told(await client.delete("/receipt/consultation/contact", headers=headers))
    told(await desk.get(f"/consultations/{filed['id']}/messages"))
    up_to = {"up_to": str(message)}
    path = "/receipt/consultation/messages/read"
    marked = await client.post(path, json=up_to, headers=headers)

    assert (own["unread_messages"], read["items"], address["email"]) == (0, [], None)
    assert marked.status_code == 422
    assert (await desk.read(filed))["notice_undeliverable"] is False
    async with sessions.begin() as session:
        for kept in (Message, Contact, Notice):
            mine_only = kept.subject_id == mine.subject_id
            assert await session.scalar(select(func.count()).where(mine_only)) == 1


async def test_the_history_of_a_question_shows_no_acts_on_another_thing(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await ask(client)
    mine = await receipt_of(sessions, filed)
    async with sessions.begin() as session:
        case = Thing(mine.subject_id, mine.region_id)
        await Journal(session, SYSTEM, present()).record("case.decided", case)

    assert await desk.history(filed) == ["consultation.filed"]
