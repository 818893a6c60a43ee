"""When a rule changes, the answers that cite it are listed for review."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import update

from app.consultations.files.articles import read_articles
from app.consultations.jobs import note_reviews, tell_turned
from app.consultations.models.answers import StoredArticle
from app.consultations.rules.articles import overlapping
from app.consultations.service.catalogue import CatalogueService
from app.consultations.service.turning import TurningService
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.receipts.service import receipt_holder
from app.web.clock import present
from tests.consultations.asking import ANSWER, Desk, ask, publish, receipt, told

CODE = "uu-20-2023-2"


async def change(sessions: Sessions, **values: Any) -> None:
    """A later release knows the article otherwise."""
    async with sessions.begin() as session:
        mine = (StoredArticle.code == CODE, StoredArticle.version == 1)
        await session.execute(update(StoredArticle).where(*mine).values(**values))


@pytest.mark.parametrize(
    "changed", [{"valid_to": date(2025, 1, 1)}, {"about_id": "Rekaan", "digest": "lain"}]
)
async def test_an_answer_is_stale_when_its_article_changes(
    client: AsyncClient, sessions: Sessions, desk: Desk, second: Desk, changed: dict[str, Any]
) -> None:
    filed = await publish(client, desk, second)
    untouched = await ask(client)
    await desk.answer(untouched, articles=["pp-42-2004-11-c"])
    assert filed["id"] not in await desk.rows(stale=True)

    await change(sessions, **changed)

    assert await desk.rows(stale=True) == [filed["id"]]
    assert untouched["id"] in await desk.rows(stale=False)
    shown = told(await client.get(f"/consultations/published/{filed['publication_id']}"))
    assert shown["is_stale"] is True
    assert [each["is_current"] for each in shown["articles"]] == [False, True]
    own = told(await client.get("/receipt/consultation", headers=receipt(filed)))
    assert own["answer"]["is_stale"] is True


async def test_it_is_listed_until_answer_and_text_are_new(
    client: AsyncClient, sessions: Sessions, desk: Desk, second: Desk
) -> None:
    filed = await publish(client, desk, second)
    await change(sessions, valid_to=date(2025, 1, 1))

    await desk.answer(filed, articles=["uu-20-2023-24"])
    between = await desk.rows(stale=True)
    newer = await desk.drafted(filed)
    told(await second.step(filed, newer, "approval"))

    assert between == [filed["id"]]
    assert await desk.rows(stale=True) == []
    assert (await desk.read(filed))["is_stale"] is False


async def test_loading_the_same_rows_again_makes_nothing_stale(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)

    async with sessions.begin() as session:
        await CatalogueService(session).replace(read_articles())

    assert await desk.rows(stale=True) == []


async def test_an_article_that_left_the_file_makes_its_answers_stale(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)
    others = [each for each in read_articles() if each.code != CODE]

    async with sessions.begin() as session:
        await CatalogueService(session).replace(others)

    assert await desk.rows(stale=True) == [filed["id"]]
    cited = await desk.post(f"/consultations/{filed['id']}/answers", ANSWER)
    assert cited.json()["errors"][0]["pointer"] == "/articles/0"


async def test_two_versions_on_one_day_are_not_loaded(sessions: Sessions) -> None:
    [one] = [each for each in read_articles() if each.code == CODE]
    twice = [one, replace(one, version=2, valid_from=date(2024, 1, 1))]

    async with sessions() as session:
        with pytest.raises(ValueError, match=CODE):
            await CatalogueService(session).replace(twice)


async def test_a_text_on_a_replaced_answer_is_to_be_reviewed(
    client: AsyncClient, desk: Desk, second: Desk
) -> None:
    filed = await publish(client, desk, second)
    path = f"/consultations/published/{filed['publication_id']}"

    await desk.answer(filed, text="Rekaan: jawaban yang lama keliru.")

    shown = told(await client.get(path))
    assert (shown["is_stale"], shown["is_superseded"]) == (True, True)
    assert [each["is_current"] for each in shown["articles"]] == [True, True]
    assert await desk.rows(stale=True) == [filed["id"]]
    newer = await desk.drafted(filed)
    told(await second.step(filed, newer, "approval"))
    assert await desk.rows(stale=True) == []


async def test_of_what_became_a_complaint_only_the_text_is_reviewed(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Desk, second: Desk
) -> None:
    answered, published = await ask(client), await publish(client, desk, second)
    await desk.answer(answered)
    for filed in (answered, published):
        async with sessions.begin() as session:
            author = await receipt_holder(session, filed["receipt_code"])
            await TurningService(session, author, present(), keys).turn(new_id())
    await tell_turned(sessions, present() + timedelta(days=1))

    await change(sessions, valid_to=date(2025, 1, 1))

    assert await desk.rows(stale=True) == [published["id"]]
    told(await desk.step(published, published["publication_id"], "withdrawal"))
    assert await desk.rows(stale=True) == []


async def test_that_the_list_has_grown_is_told_once_each_time(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    filed = await ask(client)
    await desk.answer(filed)
    await note_reviews(sessions, present())
    await change(sessions, valid_to=date(2025, 1, 1))

    for _ in range(2):
        await note_reviews(sessions, present())

    told_of = [each for each in await desk.history(filed) if each == "consultation.review_due"]
    assert len(told_of) == 1
    assert told(await desk.get("/consultations/counts"))["stale"] == 1
    [row] = told(await desk.get("/consultations", stale=True))["items"]
    assert row["stale_since"] is not None
    await desk.answer(filed, articles=["uu-20-2023-24"])
    await note_reviews(sessions, present())
    assert (await desk.read(filed))["stale_since"] is None
    await change(sessions, valid_to=None)
    await desk.answer(filed)
    await change(sessions, valid_to=date(2025, 1, 1))
    await note_reviews(sessions, present())
    assert (await desk.history(filed)).count("consultation.review_due") == 2


def test_no_two_versions_of_an_article_hold_on_one_day() -> None:
    assert overlapping(read_articles()) == set()
