"""The author of a question, and nobody else, makes one complaint of it, and stays as unknown."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.consultations.jobs import tell_turned
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.receipts.models import Receipt
from app.web.clock import present
from tests.complaints.filing import complaint, file
from tests.complaints.filing import receipt as complaint_receipt
from tests.consultations.asking import Body, Desk, ask, question, receipt, told
from tests.consultations.asking import put as put_question
from tests.people import officer

DRAFT = "/receipt/consultation/complaint"


def form(**changes: Any) -> Body:
    return complaint(reporter=None, **changes)


async def turn(
    client: AsyncClient, filed: Body, body: Body | None = None, id: UUID | None = None, **asked: Any
) -> Response:
    sent = {"complaint_id": str(id or new_id())} | (body or form())
    return await client.put(DRAFT, json=sent, headers=receipt(filed), params=asked)


@pytest.fixture
async def desk(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    headers = await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-73.04")
    return Desk(client, headers)


@pytest.fixture
async def handler(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    headers = await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    return Desk(client, headers)


async def test_the_form_begins_with_the_question_and_nothing_of_the_answer(
    client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client, question="Rekaan: bolehkah atasan begitu?", name="Penanya Rekaan")
    await desk.answer(filed, text="Rekaan: tidak boleh.")
    before = await desk.history(filed)

    answer = await client.get(DRAFT, headers=receipt(filed))

    draft = told(answer)
    assert draft["event"] == {"region_code": "73.04", "account": "Rekaan: bolehkah atasan begitu?"}
    assert (draft["asked_at"], draft["turned_into"]) == (filed["asked_at"], None)
    assert "Penanya" not in answer.text
    assert "tidak boleh" not in answer.text
    assert await desk.history(filed) == before


async def test_it_becomes_a_complaint_with_a_receipt_of_its_own(
    client: AsyncClient, desk: Desk, handler: Desk
) -> None:
    filed = await ask(client, name="Penanya Rekaan")

    made = told(await turn(client, filed), 201)

    own = told(await client.get("/receipt/consultation", headers=receipt(filed)))
    assert (own["state"], own["turned_into"]) == ("turned", made["id"])
    followed = told(await client.get("/receipt", headers=complaint_receipt(made)))
    assert (followed["id"], followed["kind"]) == (made["id"], "initial_information")
    assert made["receipt_code"] != filed["receipt_code"]
    refused = await client.get("/receipt", headers=receipt(filed))
    assert refused.status_code == 403


async def test_neither_desk_learns_what_became_of_what(
    client: AsyncClient, sessions: Sessions, desk: Desk, handler: Desk
) -> None:
    filed = await ask(client, name="Penanya Rekaan")

    made = told(await turn(client, filed), 201)

    asked = str(await desk.read(filed)) + str(told(await desk.get(_history(filed))))
    assert made["id"] not in asked
    complained = await handler.get(f"/complaints/{made['id']}")
    history = await handler.get(f"/complaints/{made['id']}/history")
    async with sessions.begin() as session:
        ids = select(Receipt.id).where(Receipt.subject_id == UUID(filed["id"]))
        of_question = str((await session.scalars(ids)).one())
        entries = select(JournalEntry).where(JournalEntry.subject_id == UUID(made["id"]))
        [first] = (await session.scalars(entries)).all()[:1]
    for read in (complained.text, history.text):
        assert filed["id"] not in read
        assert of_question not in read
        assert "Penanya Rekaan" not in read
    assert (first.actor_kind, first.actor_id) == ("public", None)


def _history(filed: Body) -> str:
    return f"/consultations/{filed['id']}/history"


async def test_a_repeat_gets_the_first_answer(client: AsyncClient) -> None:
    filed, body, id = await ask(client), form(), new_id()

    first, again = [await turn(client, filed, body, id) for _ in range(2)]

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()


async def test_it_becomes_one_complaint_and_no_other(client: AsyncClient) -> None:
    filed, other = await ask(client), new_id()
    told(await turn(client, filed), 201)

    refused = await turn(client, filed, form(), other)

    assert (refused.status_code, refused.json()["code"]) == (409, "already-turned")
    assert told(await _filed_again(client, other), 201)["id"] == str(other)


async def _filed_again(client: AsyncClient, id: UUID) -> Response:
    return await client.put(f"/complaints/{id}", json=complaint())


async def test_where_the_complaint_is_refused_the_question_stays_open(
    client: AsyncClient, desk: Desk
) -> None:
    filed, others = await ask(client), await file(client)
    wrong = form(event={"region_code": "99.99"})

    refused = [
        await turn(client, filed, wrong),
        await turn(client, filed, form(), UUID(others["id"])),
        await turn(client, filed, form(), UUID(filed["id"])),
    ]

    assert [each.status_code for each in refused] == [422, 409, 409]
    own = told(await client.get("/receipt/consultation", headers=receipt(filed)))
    assert (own["state"], own["turned_into"]) == ("submitted", None)
    await desk.answer(filed)


async def test_the_secret_of_the_question_is_not_used_again(client: AsyncClient) -> None:
    secret = secrets.token_hex(16)
    filed = told(await put_question(client, question(receipt_secret=secret)), 201)

    refused = await turn(client, filed, form(receipt_secret=secret))

    assert refused.json()["errors"][0]["code"] == "secret-of-the-question"


async def test_a_rehearsal_leaves_the_question_open(client: AsyncClient) -> None:
    filed, id = await ask(client), new_id()

    rehearsed = await turn(client, filed, form(), id, validate_only=True)

    assert rehearsed.status_code == 204
    own = told(await client.get("/receipt/consultation", headers=receipt(filed)))
    assert own["state"] == "submitted"


async def test_nobody_but_its_author_turns_it(
    client: AsyncClient, desk: Desk, handler: Desk
) -> None:
    other = complaint_receipt(await file(client))
    body = form() | {"complaint_id": str(new_id())}

    for headers, status in ((None, 401), (other, 403), (desk.headers, 403), (handler.headers, 403)):
        assert (await client.get(DRAFT, headers=headers)).status_code == status
        refused = await client.put(DRAFT, json=body, headers=headers)
        assert refused.status_code == status


async def test_who_gives_a_name_makes_a_report_of_it(client: AsyncClient) -> None:
    made = told(await turn(client, await ask(client), complaint()), 201)

    assert made["kind"] == "report"


async def test_the_desk_hears_of_a_turn_when_its_day_is_over(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await ask(client)
    made = told(await turn(client, filed), 201)

    before = await desk.read(filed)
    assert (before["state"], await _turned_at(desk, filed)) == ("submitted", [])
    assert filed["id"] in await desk.rows(unanswered_days=0)
    await tell_turned(sessions, present())
    assert await _turned_at(desk, filed) == []

    await tell_turned(sessions, present() + timedelta(days=1))
    await tell_turned(sessions, present() + timedelta(days=1, hours=1))

    assert (await desk.read(filed))["state"] == "turned"
    [at] = await _turned_at(desk, filed)
    assert datetime.fromisoformat(at) - datetime.fromisoformat(made["submitted_at"]) >= timedelta(
        hours=23
    )


async def _turned_at(desk: Desk, filed: Body) -> list[str]:
    entries = told(await desk.get(_history(filed)))["items"]
    return [each["at"] for each in entries if each["action"] == "consultation.turned"]
