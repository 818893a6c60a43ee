"""Only its author makes a complaint of a question, once, and neither desk learns which."""

from datetime import timedelta
from uuid import UUID

import pytest
from httpx import AsyncClient

from app.consultations.jobs import tell_turned
from app.consultations.rules.questions import AlreadyTurned
from app.consultations.service.turning import TurningService
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.receipts.service import receipt_holder
from app.web.clock import present
from tests.consultations.asking import ANSWER, Body, Desk, ask, receipt, told

COMPLAINT = new_id()


async def turned(sessions: Sessions, keys: Keyring, filed: Body, by: UUID = COMPLAINT) -> str:
    async with sessions.begin() as session:
        author = await receipt_holder(session, filed["receipt_code"])
        turning = TurningService(session, author, present(), keys)
        question = await turning.read()
        await turning.turn(by)
        return question.question


async def test_its_author_gets_the_question_and_the_complaint_is_noted(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Desk
) -> None:
    filed = await ask(client, question="Rekaan: apakah ini pelanggaran?")

    question = await turned(sessions, keys, filed)

    own = told(await client.get("/receipt/consultation", headers=receipt(filed)))
    assert question == "Rekaan: apakah ini pelanggaran?"
    assert (own["state"], own["turned_into"]) == ("turned", str(COMPLAINT))
    assert str(COMPLAINT) not in str(await desk.read(filed))
    assert "consultation.turned" not in await desk.history(filed)


async def test_it_becomes_one_complaint_and_no_other(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await ask(client)
    await turned(sessions, keys, filed)

    await turned(sessions, keys, filed)
    with pytest.raises(AlreadyTurned):
        await turned(sessions, keys, filed, new_id())


async def test_what_became_a_complaint_is_neither_answered_nor_published(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)
    await turned(sessions, keys, filed)

    answer = await desk.post(f"/consultations/{filed['id']}/answers", ANSWER)
    draft = await desk.draft(filed)

    assert [answer.json()["code"], draft.json()["code"]] == ["already-turned"] * 2


async def test_what_became_a_complaint_is_talked_about_no_more(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Desk
) -> None:
    filed = await ask(client)
    await turned(sessions, keys, filed)
    text = {"text": "Pesan rekaan."}

    path = f"/receipt/consultation/messages/{new_id()}"
    by_author = await client.put(path, json=text, headers=receipt(filed))
    by_desk = await desk.post(f"/consultations/{filed['id']}/messages", text)

    assert [by_author.json()["code"], by_desk.json()["code"]] == ["already-turned"] * 2
    assert told(await desk.get(f"/consultations/{filed['id']}/messages"))["items"] == []


async def test_it_waits_for_nobody_when_the_desk_is_told(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Desk
) -> None:
    filed = await ask(client)
    before = told(await desk.get("/consultations/counts"))["unanswered"]

    await turned(sessions, keys, filed)
    await tell_turned(sessions, present() + timedelta(days=1))

    assert filed["id"] not in await desk.rows(unanswered_days=0)
    assert told(await desk.get("/consultations/counts"))["unanswered"] == before - 1
