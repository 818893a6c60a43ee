"""When a rule changes, the answers that cite it are listed for review."""

from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import update

from app.consultations.files.articles import read_articles
from app.consultations.models.answers import StoredArticle
from app.consultations.repository.articles import ArticleRepository
from app.consultations.rules.articles import overlapping
from app.core.database import Sessions
from tests.consultations.asking import Desk, ask, publish, receipt, told

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
        for article in read_articles():
            await ArticleRepository(session).put(article)

    assert await desk.rows(stale=True) == []


def test_no_two_versions_of_an_article_hold_on_one_day() -> None:
    assert overlapping(read_articles()) == set()
