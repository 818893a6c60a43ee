"""A question is asked once, by nobody we know, and answered by the office of the place."""

from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.consultations.models.questions import ConsultationQuestion
from app.core.database import Sessions
from app.core.ids import new_id
from tests.complaints.filing import file
from tests.complaints.filing import receipt as complaint_receipt
from tests.consultations.asking import Desk, ask, put, question, receipt, told


async def test_the_office_of_the_place_answers(client: AsyncClient) -> None:
    filed = await ask(client, region_code="73.04.01")

    assert filed["holder"]["name"] == "Bawaslu Kabupaten Jeneponto"
    assert filed["state"] == "submitted"
    assert "number" not in filed


async def test_a_repeat_gets_the_first_answer(client: AsyncClient) -> None:
    id, body = new_id(), question()
    first = await put(client, body, id)

    again = await put(client, body, id)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


async def test_another_body_under_the_same_id_is_refused(client: AsyncClient) -> None:
    id, body = new_id(), question()
    await put(client, body, id)

    other = await put(client, body | {"question": "Rekaan: pertanyaan lain?"}, id)

    assert other.status_code == 409
    assert other.json()["code"] == "conflicting-body"


async def test_without_an_id_of_its_own_a_key_makes_it_repeatable(client: AsyncClient) -> None:
    headers = {"Idempotency-Key": f"rekaan-{new_id()}"}
    body = question()

    first = await client.post("/consultations", json=body, headers=headers)
    again = await client.post("/consultations", json=body, headers=headers)

    assert told(first, 201) == told(again, 201)


async def test_an_unknown_place_is_told(client: AsyncClient) -> None:
    answer = await put(client, question(region_code="99.99"))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/region_code"


async def test_a_rehearsal_leaves_nothing(client: AsyncClient) -> None:
    id, body = new_id(), question()
    path = f"/consultations/{id}"

    rehearsed = await client.put(path, json=body, params={"validate_only": True})

    assert rehearsed.status_code == 204
    assert (await put(client, body, id)).status_code == 201


async def test_what_was_asked_lies_sealed(client: AsyncClient, sessions: Sessions) -> None:
    filed = await ask(client, question="Rekaan: kata-sandi-unik-92?", name="Penanya Unikrekaan")

    async with sessions.begin() as session:
        stored = await session.get_one(ConsultationQuestion, UUID(filed["id"]))
        entries = select(JournalEntry).where(JournalEntry.subject_id == UUID(filed["id"]))
        [entry] = (await session.scalars(entries)).all()

    assert b"unik" not in stored.sealed.lower()
    assert entry.action == "consultation.filed"
    assert entry.payload == {"asker": "civil_servant"}


async def test_its_author_reads_the_answer_without_the_officer(
    client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client)
    before = told(await client.get("/receipt/consultation", headers=receipt(filed)))

    await desk.answer(filed)

    after = told(await client.get("/receipt/consultation", headers=receipt(filed)))
    assert before["answer"] is None
    assert after["state"] == "answered"
    assert after["answer"]["text"].startswith("Rekaan: menyukai")
    assert [each["law"] for each in after["answer"]["articles"]] == ["UU 20/2023", "PP 42/2004"]
    assert "officer_id" not in after["answer"]


async def test_its_author_says_once_whether_it_helped(client: AsyncClient, desk: Desk) -> None:
    filed = await ask(client)
    path = "/receipt/consultation/rating"
    early = await client.put(path, json={"helpful": True}, headers=receipt(filed))
    await desk.answer(filed)

    told(await client.put(path, json={"helpful": True}, headers=receipt(filed)))
    told(await client.put(path, json={"helpful": False}, headers=receipt(filed)))

    assert early.json()["code"] == "not-answered"
    assert (await desk.read(filed))["helpful"] is False


@pytest.mark.parametrize("path", ["/receipt", "/receipt/messages"])
async def test_its_receipt_opens_no_complaint(client: AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=receipt(await ask(client)))

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/receipt/consultation", "/receipt/consultation/messages"])
async def test_the_receipt_of_a_complaint_opens_no_question(client: AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=complaint_receipt(await file(client)))

    assert answer.status_code == 403
