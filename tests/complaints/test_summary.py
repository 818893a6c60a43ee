"""The officer's own words about a complaint: searchable in the open, hence without any person."""

import pytest
from httpx import AsyncClient, Response

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.complaints.filing import file
from tests.complaints.searching import Headers, found, mark
from tests.people import officer

SUMMARY = "Ajakan memilih dalam apel pagi di kantor kecamatan."


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")


async def summarise(
    client: AsyncClient, desk: Headers, id: str, summary: str | None, version: int = 1
) -> Response:
    headers = {"If-Match": f'"{version}"', "Content-Type": "application/merge-patch+json"}
    body = {"summary": summary}
    return await client.patch(f"/complaints/{id}", json=body, headers=desk | headers)


async def test_a_summary_is_kept_and_found_as_plain_text(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    filed = await file(client)
    await mark(sessions, keys)

    answer = await summarise(client, desk, filed["id"], SUMMARY)
    await mark(sessions, keys)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["summary"], answer.json()["version"]) == (SUMMARY, 2)
    assert answer.headers["etag"] == '"2"'
    for text in ("ajakan kecamatan", "jeneponto laporan", '"apel pagi"', "memilih -makassar"):
        assert await found(client, desk, text=text) == [filed["id"]]
    assert await found(client, desk, text="ajakan -kecamatan") == []


async def test_a_summary_can_be_taken_away(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    filed = await file(client)
    await summarise(client, desk, filed["id"], SUMMARY)

    answer = await summarise(client, desk, filed["id"], None, version=2)
    await mark(sessions, keys)

    assert answer.json()["summary"] is None
    assert await found(client, desk, text="ajakan") == []


async def test_who_changes_it_says_what_he_read(client: AsyncClient, desk: Headers) -> None:
    filed = await file(client)
    read = await client.get(f"/complaints/{filed['id']}", headers=desk)
    await client.post(f"/complaints/{filed['id']}/review", headers=desk)

    stale = await summarise(client, desk, filed["id"], SUMMARY)
    without = await client.patch(f"/complaints/{filed['id']}", json={}, headers=desk)
    now = await client.get(f"/complaints/{filed['id']}", headers=desk)

    assert read.headers["etag"] == '"1"'
    assert now.headers["etag"] == '"2"'
    assert (stale.status_code, without.status_code) == (412, 428)


@pytest.mark.parametrize(
    "summary",
    [
        "Oleh 7304010101800001.",
        "NIK 7304 0101 0180 0001",
        "NIP 19800101 200501 1 001",
        "hubungi 0812-0000-0000",
        "hubungi +62 812 0000 0000",
        "surel petugas@contoh.example",
    ],
)
async def test_a_number_of_a_person_is_refused_and_not_repeated(
    client: AsyncClient, desk: Headers, summary: str
) -> None:
    filed = await file(client)

    answer = await summarise(client, desk, filed["id"], summary)

    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [
        ("/summary", "names-somebody")
    ]
    assert summary not in answer.text


@pytest.mark.parametrize(
    "summary",
    ["Rp 1.500.000.000 pada 04-11-2024", "Perbawaslu 9/2024 Pasal 12", "pukul 08.00-16.00"],
)
async def test_amounts_days_and_articles_are_welcome(
    client: AsyncClient, desk: Headers, summary: str
) -> None:
    filed = await file(client)

    assert (await summarise(client, desk, filed["id"], summary)).status_code == 200


async def test_who_only_may_look_changes_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    other = await officer(sessions, keys, role="handler", office_code="bawaslu-13")

    assert (await summarise(client, other, filed["id"], SUMMARY)).status_code == 404
