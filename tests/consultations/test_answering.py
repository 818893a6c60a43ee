"""Officers of the area answer with articles in force; every answer stays readable."""

from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.web.clock import read_clock
from tests.consultations.asking import ANSWER, Desk, ask, receipt, told
from tests.people import officer


async def test_the_desk_reads_the_question_and_leaves_a_trace(
    client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client, name="Penanya Rekaan")

    read = await desk.read(filed)

    assert read["question"].startswith("Rekaan: bolehkah")
    assert read["name"] == "Penanya Rekaan"
    assert await desk.history(filed) == ["consultation.read", "consultation.filed"]


async def test_another_area_sees_nothing(client: AsyncClient, desk: Desk, elsewhere: Desk) -> None:
    filed = await ask(client)

    assert filed["id"] in await desk.rows()
    assert filed["id"] not in await elsewhere.rows()
    assert (await elsewhere.get(f"/consultations/{filed['id']}")).status_code == 404
    answered = await elsewhere.post(f"/consultations/{filed['id']}/answers", ANSWER)
    assert answered.status_code == 404


async def test_a_later_answer_takes_the_place_of_the_earlier_one(
    client: AsyncClient, desk: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed, text="Rekaan: jawaban pertama.")

    read = await desk.answer(filed, text="Rekaan: jawaban kedua.", articles=["uu-20-2023-24"])

    assert [each["text"] for each in read["answers"]] == [
        "Rekaan: jawaban pertama.",
        "Rekaan: jawaban kedua.",
    ]
    assert [each["number"] for each in read["answers"]] == [1, 2]


async def test_only_an_article_in_force_is_cited(client: AsyncClient, desk: Desk) -> None:
    filed = await ask(client)
    body = {**ANSWER, "articles": ["uu-20-2023-2", "uu-5-2014-2", "tidak-ada"]}

    answer = await desk.post(f"/consultations/{filed['id']}/answers", body)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/articles/1", "/articles/2"]


async def test_an_answer_keeps_how_the_article_stood(client: AsyncClient, desk: Desk) -> None:
    filed = await ask(client)

    read = await desk.answer(filed, articles=["uu-1-2015-71-1"])

    [cited] = read["answers"][0]["articles"]
    assert (cited["version"], cited["article"]) == (2, "Pasal 71 ayat (1)")
    assert (cited["valid_from"], cited["valid_to"]) == ("2024-11-14", None)
    assert cited["is_current"] is True


async def test_the_list_tells_what_waits_too_long(
    client: AsyncClient, desk: Desk, app: FastAPI
) -> None:
    asked_at = datetime(2026, 3, 2, 3, tzinfo=UTC)
    app.dependency_overrides[read_clock] = lambda: asked_at
    old, answered = await ask(client), await ask(client)
    app.dependency_overrides[read_clock] = lambda: asked_at + timedelta(days=8)
    fresh = await ask(client)
    await desk.answer(answered)

    waiting = await desk.rows(unanswered_days=7)

    app.dependency_overrides.clear()
    assert old["id"] in waiting
    assert {fresh["id"], answered["id"]}.isdisjoint(waiting)


async def test_filters_narrow_the_list(client: AsyncClient, desk: Desk) -> None:
    one, other = await ask(client, region_code="73.04.01"), await ask(client, region_code="73.04")
    await desk.answer(other)

    assert one["id"] in await desk.rows(state="submitted", region="73.04.01")
    assert other["id"] not in await desk.rows(region="73.04.01")
    assert await desk.rows(state="answered", office_id=other["holder"]["id"]) == [other["id"]]


async def test_the_public_reads_which_articles_can_be_cited(client: AsyncClient) -> None:
    asked = {"on": "2024-11-13", "law": "UU 1/2015 (UU Pilkada)"}
    page = told(await client.get("/consultations/articles", params=asked))

    found = {each["code"]: each["version"] for each in page["items"]}
    assert found["uu-1-2015-71-1"] == 1
    every = told(await client.get("/consultations/articles", params={"limit": 5}))
    rest = {"limit": 200, "cursor": every["next_cursor"]}
    assert told(await client.get("/consultations/articles", params=rest))["items"]


async def test_a_name_is_read_by_the_office_of_the_place_alone(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Desk
) -> None:
    filed = await ask(client, name="Penanya Rekaan")

    for office in ("bawaslu-73", "bawaslu-00"):
        headers = await officer(sessions, keys, role="prevention_staff", office_code=office)
        above = await Desk(client, headers).read(filed)
        assert above["question"].startswith("Rekaan: bolehkah")
        assert above["name"] is None
    assert (await desk.read(filed))["name"] == "Penanya Rekaan"


async def test_its_author_sees_which_office_answered(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await ask(client)
    headers = await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-73")

    await Desk(client, headers).answer(filed)

    own = told(await client.get("/receipt/consultation", headers=receipt(filed)))
    assert own["holder"]["name"] == "Bawaslu Kabupaten Jeneponto"
    assert own["answer"]["office"] == "Bawaslu Provinsi Sulawesi Selatan"
