"""Personal links: a table for the organiser and QR codes on paper; names read are recorded."""

import csv
from io import StringIO

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.tables import BOM, DELIMITER
from app.declarations.service import links
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.test_checking import judge


async def export(client: AsyncClient, headers: Headers, where: Body, **wanted: object) -> Response:
    path = f"/declarations/{where['id']}/links"
    return await client.post(path, json=wanted, headers=headers)


def rows(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    # As a spreadsheet set to Indonesian opens it, like the template of a roster.
    assert answer.content.startswith(BOM.encode())
    return list(csv.DictReader(StringIO(answer.text.removeprefix(BOM)), delimiter=DELIMITER))


async def test_every_link_signs_as_its_person(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, 1, 2)

    found = rows(await export(client, sijunjung, where))

    assert [each["name"] for each in found] == ["Penanda Rekaan 1", "Penanda Rekaan 2"]
    assert all(each["link"].startswith("http://test/sign#") for each in found)
    written = found[0]["link"].partition("#")[2]
    assert (await redeem(client, written)).status_code == 201
    seen = await client.post("/signatures/lookup", json={"ticket": written})
    assert seen.json()["person"]["name"] == "Penanda Rekaan 1"


async def test_who_has_signed_can_be_left_out(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    by_ticket, by_link, _ = await invite(sessions, keys, where, 1, 2, 3)
    await redeem(client, ticket(keys, by_ticket))
    signed = await sign(client, where, signature(2))
    await judge(client, sijunjung, signed, "confirmation", stands_for=str(by_link.id))

    found = rows(await export(client, sijunjung, where, only_unsigned=True))

    assert [each["name"] for each in found] == ["Penanda Rekaan 3"]


async def test_a_long_roster_comes_whole_and_one_office_alone(
    client: AsyncClient,
    sessions: Sessions,
    keys: Keyring,
    sijunjung: Headers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(links, "_BATCH", 3)
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, *range(7))
    await invite(sessions, keys, where, *range(7, 9), region="73.07")

    whole = rows(await export(client, sijunjung, where))
    office = rows(await export(client, sijunjung, where, office="Kecamatan Rekaan"))
    nobody = rows(await export(client, sijunjung, where, office="Kecamatan Lain"))

    assert (len(whole), len({each["link"] for each in whole})) == (9, 9)
    assert (len(office), len(nobody)) == (9, 0)


async def test_the_reading_of_names_is_recorded(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers, sinjai: Headers
) -> None:
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, 1)

    await export(client, sijunjung, where)
    refused = await export(client, sinjai, where)

    assert refused.status_code == 404
    async with sessions.begin() as session:
        query = select(JournalEntry.payload).where(JournalEntry.action == "links.read")
        assert (await session.scalars(query)).all() == [{"names": 1, "on_paper": False}]


async def test_links_are_printed_to_be_cut_out(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, *range(links.ON_PAPER))

    path = f"/declarations/{where['id']}/links/paper"
    answer = await client.post(path, json={}, headers=sijunjung)

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


async def test_a_roster_too_long_for_paper_is_told_to_name_an_office(
    client: AsyncClient,
    sessions: Sessions,
    keys: Keyring,
    sijunjung: Headers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(links, "ON_PAPER", 1)
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, 1, 2)

    path = f"/declarations/{where['id']}/links/paper"
    answer = await client.post(path, json={}, headers=sijunjung)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/office")
