"""Pledge texts: published once, checked by anybody."""

import pytest
from httpx import AsyncClient

from app.core.database import Sessions
from app.declarations import files
from app.declarations.models.declarations import PledgeText
from app.declarations.rules.persons import content_hash
from app.declarations.service.texts import PledgeTextService
from tests.declarations.declaring import TEXT, Headers


async def test_anybody_can_check_the_hash_of_a_text(client: AsyncClient) -> None:
    answer = await client.get("/pledge-texts")

    text = answer.json()["items"][0]
    signed = ("code", "version", "title", "opening", "points", "legal_basis")
    assert len(text["points"]) == 4
    assert text["content_hash"] == content_hash({name: text[name] for name in signed})


async def test_a_text_is_kept_by_who_has_it(client: AsyncClient) -> None:
    first = await client.get(f"/pledge-texts/{TEXT}")

    again = await client.get(
        f"/pledge-texts/{TEXT}", headers={"If-None-Match": first.headers["etag"]}
    )

    assert first.status_code == 200
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert again.status_code == 304


async def test_only_texts_in_force_are_listed_for_a_day(client: AsyncClient) -> None:
    before = await client.get("/pledge-texts?on=2022-09-21")
    after = await client.get("/pledge-texts?on=2022-09-22")

    assert (len(before.json()["items"]), len(after.json()["items"])) == (0, 1)


async def test_a_published_text_cannot_get_other_words(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        text = await session.get_one(PledgeText, files.read_texts()[0].id)
        text.content_hash = content_hash({"points": ["something else"]})

    with pytest.raises(ValueError, match="make a new version"):
        async with sessions.begin() as session:
            await PledgeTextService(session).load(lambda done, whole: None)


async def test_the_head_office_publishes_versions_of_a_text(
    client: AsyncClient, national: Headers, sijunjung: Headers
) -> None:
    said = {"id": "Kami berikrar (rekaan).", "en": "We pledge (invented)."}
    body = {
        "code": "rekaan",
        "title": said,
        "opening": said,
        "points": [said],
        "legal_basis": ["UU 20/2023"],
        "valid_from": "2024-01-01",
        "source": "Rekaan",
    }

    first = await client.post("/pledge-texts", json=body, headers=national)
    second = await client.post("/pledge-texts", json=body, headers=national)
    regional = await client.post("/pledge-texts", json=body, headers=sijunjung)

    path = f"/pledge-texts/{first.json()['id']}"
    assert (first.status_code, regional.status_code) == (201, 403)
    assert [each.json()["version"] for each in (first, second)] == [1, 2]
    assert first.json()["content_hash"] != second.json()["content_hash"]
    assert (await client.get(path)).json() == first.json()
