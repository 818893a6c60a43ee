"""The whole way of a question, from looking first to an answer under a changed rule; and that of
another, which its author makes a complaint of."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from app.consultations.files.articles import read_articles
from app.consultations.jobs import note_reviews
from app.consultations.service.catalogue import CatalogueService
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.web.clock import present
from tests.complaints.filing import complaint
from tests.complaints.filing import receipt as complaint_receipt
from tests.consultations.asking import Desk, ask, receipt, told
from tests.people import officer

CHANGED = "uu-20-2023-2"
BODY = {
    "question": "Bolehkah ASN menyukai unggahan bakal calon di media sosial?",
    "answer": "Tidak. Menyukai unggahan untuk memenangkan bakal calon melanggar kode etik.",
}


async def desk_of(client: AsyncClient, sessions: Sessions, keys: Keyring, role: str) -> Desk:
    return Desk(client, await officer(sessions, keys, role=role, office_code="bawaslu-73.04"))


@pytest.fixture
async def one(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    return await desk_of(client, sessions, keys, "prevention_staff")


@pytest.fixture
async def other(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    return await desk_of(client, sessions, keys, "secretariat")


async def similar(client: AsyncClient, question: str) -> list[dict[str, Any]]:
    path = "/consultations/published/search"
    items: list[dict[str, Any]] = told(await client.post(path, json={"question": question}))[
        "items"
    ]
    return items


async def own(client: AsyncClient, filed: dict[str, Any]) -> dict[str, Any]:
    return told(await client.get("/receipt/consultation", headers=receipt(filed)))


async def the_law_changes(sessions: Sessions) -> None:
    """A release knows that the article has ended, and what holds in its place."""
    articles = read_articles()
    [before] = [each for each in articles if each.code == CHANGED]
    ended = replace(before, valid_to=date(2025, 6, 30))
    later = replace(before, version=2, valid_from=date(2025, 7, 1), article="Pasal 2 (baru)")
    others = [each for each in articles if each.code != CHANGED]
    async with sessions.begin() as session:
        await CatalogueService(session).replace([*others, ended, later])
    await note_reviews(sessions, present())


async def test_a_question_is_answered_published_and_answered_anew_when_the_rule_changes(
    client: AsyncClient, sessions: Sessions, one: Desk, other: Desk
) -> None:
    about = "Rekaan: bolehkah menyukaii unggahan sepupu saya yang bakal calon?"
    assert await similar(client, about) == []
    filed = await ask(client, question=about)
    assert filed["id"] in await one.rows(unanswered_days=0, state="submitted")

    await one.answer(filed)
    publication_id = await one.drafted(filed, **BODY)
    assert (await one.step(filed, publication_id, "approval")).json()["code"] == "own-text"
    told(await other.step(filed, publication_id, "approval"))

    [shown] = await similar(client, "Tetangga saya menyukaii foto bakal calon, itu bagaimana?")
    assert (shown["answer"], shown["is_stale"]) == (BODY["answer"], False)
    answered = (await own(client, filed))["answer"]
    assert [each["code"] for each in answered["articles"]] == [CHANGED, "pp-42-2004-11-c"]

    await the_law_changes(sessions)

    assert (await own(client, filed))["answer"]["is_stale"] is True
    assert (await similar(client, about))[0]["is_stale"] is True
    assert told(await one.get("/consultations/counts"))["stale"] == 1
    assert await one.rows(stale=True) == [filed["id"]]
    assert "consultation.review_due" in await one.history(filed)

    await one.answer(filed, text="Rekaan: tetap tidak, dengan dasar yang baru.")
    newer = await one.drafted(filed, **BODY)
    told(await other.step(filed, newer, "approval"))

    now = (await own(client, filed))["answer"]
    assert (now["is_stale"], now["articles"][0]["version"]) == (False, 2)
    assert await one.rows(stale=True) == []
    [shown] = await similar(client, about)
    assert (shown["id"], shown["is_stale"]) == (newer, False)
    rating = {"helpful": True}
    told(await client.put("/receipt/consultation/rating", json=rating, headers=receipt(filed)))
    assert (await one.read(filed))["helpful"] is True


async def test_another_author_makes_a_complaint_of_his_question_and_follows_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring, one: Desk
) -> None:
    account = "Rekaan: atasan saya meminta kami menyukai unggahan bakal calon, bolehkah?"
    filed = await ask(client, question=account)
    await one.answer(filed, text="Rekaan: tidak boleh.")
    draft = told(await client.get("/receipt/consultation/complaint", headers=receipt(filed)))

    event = draft["event"] | {"occurred_on": "2024-11-04", "known_on": "2024-11-05"}
    body = complaint(reporter=None, event=event) | {"complaint_id": str(new_id())}
    path = "/receipt/consultation/complaint"
    made = told(await client.put(path, json=body, headers=receipt(filed)), 201)

    ended = await own(client, filed)
    assert (ended["state"], ended["turned_into"]) == ("turned", made["id"])
    following = told(await client.get("/receipt", headers=complaint_receipt(made)))
    assert (following["status"], following["kind"]) == ("received", "initial_information")
    handler = await desk_of(client, sessions, keys, "handler")
    read = told(await handler.get(f"/complaints/{made['id']}"))
    assert read["account"] == account
    assert "tidak boleh" not in str(read)
    note = {"text": "Rekaan: mohon keterangan."}
    told(await handler.post(f"/complaints/{made['id']}/messages", note), 201)
    headers = complaint_receipt(made)
    heard = told(await client.get("/receipt/messages", headers=headers))["items"]
    assert [each["text"] for each in heard] == [note["text"]]
    asked = told(await client.get("/receipt/consultation/messages", headers=receipt(filed)))
    assert asked["items"] == []
