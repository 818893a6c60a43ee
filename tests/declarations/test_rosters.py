"""Who should sign: imported whole or not at all, seen by the organiser alone."""

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.workbooks import MEDIA_TYPE as XLSX
from app.declarations.models.declarations import Target
from app.declarations.models.rosters import RosterImport, RosterPiece
from app.declarations.rules.rosters import LIMITS, MOST_ATTEMPTS
from tests.declarations.declaring import Headers, opened, plan, published, sign, signature, take
from tests.declarations.enlisting import (
    CSV,
    add,
    cells,
    coverage,
    imported,
    person,
    send,
    table,
    targets,
    workbook,
    worked_off,
)
from tests.declarations.inviting import redeem, ticket
from tests.declarations.rosters import Somebody, list_of


async def on_roster(sessions: Sessions) -> int:
    async with sessions.begin() as session:
        query = select(func.count()).select_from(Target)
        return await session.scalar(query, execution_options={"fan_out": True}) or 0


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (table(person(1), person(2, group="Kepala desa (wali nagari, keuchik, …)")), CSV),
        (workbook(cells(person(1)), cells(person(2))), XLSX),
    ],
    ids=["csv", "xlsx"],
)
async def test_a_table_becomes_a_roster(
    client: AsyncClient, sijunjung: Headers, data: bytes, kind: str
) -> None:
    where = await plan(client, sijunjung)

    report = await imported(client, sijunjung, where, data, kind)

    listed = await targets(client, sijunjung, where)
    assert (report["state"], report["rows"], report["good_rows"]) == ("imported", 2, 2)
    assert (report["progress"], report["faults"]) == (2, [])
    assert sorted(each["person"]["name"] for each in listed) == [
        "Penanda Rekaan 1",
        "Penanda Rekaan 2",
    ]
    assert {each["has_signed"] for each in listed} == {False}
    assert await coverage(client, where) == (0, 2)


async def test_a_single_bad_row_keeps_all_out(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions
) -> None:
    where = await plan(client, sijunjung)
    await add(client, sijunjung, where, name="Sudah Terdaftar")
    rows = (
        person(1),
        person(2, region_code="13.99"),
        person(3, region_code="73.07"),
        person(4, group="raja"),
        person(1),
        person(5, name="=HYPERLINK()"),
        person(6, nip="123"),
        person(7, role="wakil"),
        person(8, name="Sudah Terdaftar"),
        person(9, office=""),
    )

    report = await imported(client, sijunjung, where, table(*rows))

    assert report["state"] == "refused"
    assert [(each["line"], each["column"], each["code"]) for each in report["faults"]] == [
        (3, "region_code", "unknown-region"),
        (4, "region_code", "outside-declaration"),
        (5, "group", "unknown-group"),
        (6, None, "row-twice"),
        (7, "name", "formula"),
        (8, "nip", "not-an-employee-number"),
        (9, "represents", "represents-somebody"),
        (10, None, "already-on-roster"),
        (11, "office", "missing"),
    ]
    assert (report["rows"], report["good_rows"], report["bad_rows"]) == (10, 1, 9)
    assert await on_roster(sessions) == 1
    assert await coverage(client, where) == (0, 1)


async def test_a_dry_run_says_what_would_be_and_keeps_nothing(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions
) -> None:
    where = await plan(client, sijunjung)

    report = await imported(client, sijunjung, where, table(person()), validate_only="true")

    assert (report["state"], report["is_dry_run"], report["good_rows"]) == ("checked", True, 1)
    assert await on_roster(sessions) == 0


async def test_the_table_itself_is_erased_once_it_was_read(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions
) -> None:
    where = await plan(client, sijunjung)
    data = table(*(person(number) for number in range(5_000)))
    await send(client, sijunjung, where, data)

    async def pieces() -> list[bytes]:
        async with sessions.begin() as session:
            return list(await session.scalars(select(RosterPiece.sealed)))

    waiting = await pieces()
    second = await send(client, sijunjung, where, data)
    state = client._transport.app.state  # type: ignore[attr-defined]
    await worked_off(sessions, state.keys)

    assert len(waiting) > 1
    assert not any(b"Rekaan" in each for each in waiting)
    assert second.json()["code"] == "roster-import-waiting"
    assert await pieces() == []
    assert await coverage(client, where) == (0, 5_000)


async def test_a_table_that_ends_its_worker_again_and_again_is_given_up(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await plan(client, sijunjung)
    sent = (await send(client, sijunjung, where, table(person()))).json()
    async with sessions.begin() as session:
        for row in await session.scalars(select(RosterImport)):
            row.attempts = MOST_ATTEMPTS

    await worked_off(sessions, keys)

    path = f"/declarations/{where['id']}/roster-imports/{sent['id']}"
    assert (await client.get(path, headers=sijunjung)).json()["state"] == "failed"
    assert await on_roster(sessions) == 0


async def test_what_is_no_table_is_told_in_words(client: AsyncClient, sijunjung: Headers) -> None:
    where = await plan(client, sijunjung)

    reports = [
        await imported(client, sijunjung, where, data, kind)
        for data, kind in (
            (b"", CSV),
            (b"\xff\xfe\x00", CSV),
            (b"nama;alamat\nA;B\n", CSV),
            (b"PK\x03\x04", XLSX),
            (table(person()), XLSX),
            (workbook(), XLSX),
        )
    ]
    picture = await send(client, sijunjung, where, b"x", "image/png")

    assert {each["state"] for each in reports} == {"refused"}
    assert [each["faults"][0]["code"] for each in reports] == [
        "no-rows",
        "not-utf-8",
        "unknown-column",
        "not-a-workbook",
        "not-a-workbook",
        "no-rows",
    ]
    assert picture.status_code == 415


async def test_twenty_mebibytes_are_the_most(client: AsyncClient, sijunjung: Headers) -> None:
    where = await plan(client, sijunjung)

    larger = await send(client, sijunjung, where, b" " * (LIMITS.bytes + 1))
    as_large = await send(client, sijunjung, where, b" " * LIMITS.bytes)

    assert (larger.status_code, as_large.status_code) == (413, 201)


async def test_only_the_organiser_sees_who_has_not_signed(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers
) -> None:
    where = await opened(client, sijunjung)
    added = (await add(client, sijunjung, where)).json()
    await add(client, sijunjung, where, number=2, office="Dinas Rekaan")
    await sign(client, where, signature(1))
    await published(client)
    path = f"/declarations/{where['id']}"

    waiting = await targets(client, sijunjung, where, has_signed="false")
    done = await targets(client, sijunjung, where, has_signed="true")
    offices = await client.get(f"{path}/coverage/offices", headers=sijunjung)
    others = [
        await client.get(f"{path}/{what}", headers=sinjai)
        for what in ("targets", "coverage/offices")
    ]

    assert [each["id"] for each in done] == [added["id"]]
    assert [each["person"]["name"] for each in waiting] == ["Penanda Rekaan 2"]
    assert [
        (each["office"], each["signed"], each["targets"]) for each in offices.json()["items"]
    ] == [("Dinas Rekaan", 0, 1), ("Kecamatan Rekaan", 1, 1)]
    assert [each.status_code for each in others] == [404, 404]
    assert (await client.get(f"{path}/targets")).status_code == 401
    assert await coverage(client, where) == (1, 2)


async def test_a_roster_is_filtered_and_paged(client: AsyncClient, sijunjung: Headers) -> None:
    where = await plan(client, sijunjung)
    rows = [person(number, office=f"Dinas {number % 3}") for number in range(9)]
    await imported(client, sijunjung, where, table(*rows, person(9, group="TNI")))
    path = f"/declarations/{where['id']}"

    async def all_of(what: str) -> list[str]:
        found: list[str] = []
        query = {"limit": "4"}
        while True:
            page = (await client.get(f"{path}/{what}", params=query, headers=sijunjung)).json()
            found += [each["office"] for each in page["items"]]
            if page["next_cursor"] is None:
                return found
            query["cursor"] = page["next_cursor"]

    assert await all_of("targets") == sorted([*[row["office"] for row in rows], "Kecamatan Rekaan"])
    assert await all_of("coverage/offices") == ["Dinas 0", "Dinas 1", "Dinas 2", "Kecamatan Rekaan"]
    assert len(await targets(client, sijunjung, where, group="tni")) == 1
    assert len(await targets(client, sijunjung, where, office="Dinas 1")) == 3
    assert len(await targets(client, sijunjung, where, region="13.03", limit=200)) == 10


async def test_a_post_without_a_name_can_be_listed(client: AsyncClient, sijunjung: Headers) -> None:
    where = await plan(client, sijunjung)

    answer = await add(client, sijunjung, where, name=None, position="Kepala Dinas")
    twice = await add(client, sijunjung, where, name=None, position="Kepala Dinas")

    assert answer.status_code == 201, answer.text
    assert (answer.json()["person"]["name"], answer.json()["person"]["position"]) == (
        "",
        "Kepala Dinas",
    )
    assert twice.json()["code"] == "already-on-roster"


async def test_who_has_signed_stays_on_the_roster(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await opened(client, sijunjung)
    first, second = [
        (await add(client, sijunjung, where, number=number)).json() for number in (1, 2)
    ]
    await sign(client, where, signature(1))
    path = f"/declarations/{where['id']}/targets"

    kept = await client.delete(f"{path}/{first['id']}", headers=sijunjung)
    removed = await client.delete(f"{path}/{second['id']}", headers=sijunjung)
    again = await client.delete(f"{path}/{second['id']}", headers=sijunjung)

    await published(client)
    assert (kept.status_code, kept.json()["code"]) == (409, "target-has-signed")
    assert (removed.status_code, again.status_code) == (200, 404)
    assert await coverage(client, where) == (1, 1)


async def test_a_closed_declaration_takes_no_roster(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await opened(client, sijunjung)
    sent = (await send(client, sijunjung, where, table(person()))).json()
    await take(client, sijunjung, where, "closing")

    late = await send(client, sijunjung, where, table(person()))
    added = await add(client, sijunjung, where)
    await worked_off(sessions, keys)

    path = f"/declarations/{where['id']}/roster-imports/{sent['id']}"
    report = (await client.get(path, headers=sijunjung)).json()
    assert [each.json()["code"] for each in (late, added)] == ["roster-fixed"] * 2
    assert (report["state"], report["faults"][0]["code"]) == ("refused", "declaration-ended")


async def test_who_signed_before_the_roster_came_is_covered_by_it(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await opened(client, sijunjung)
    await sign(client, where, signature(1))
    await published(client)

    await imported(client, sijunjung, where, table(person(1), person(2)))

    assert await coverage(client, where) == (1, 2)


async def test_an_import_looks_at_its_own_rows_alone(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    """Not at all who have not signed yet: of a whole country, seconds under the counts' lock."""
    where = await opened(client, sijunjung)
    for number in (1, 2):
        await sign(client, where, signature(number))
    await published(client)
    await list_of(sessions, keys, where, Somebody("Penanda Rekaan 2"))

    await imported(client, sijunjung, where, table(person(1), person(3)))

    marks = {
        each["person"]["name"]: each["has_signed"]
        for each in await targets(client, sijunjung, where)
    }
    assert marks == {
        "Penanda Rekaan 1": True,
        "Penanda Rekaan 2": False,
        "Penanda Rekaan 3": False,
    }
    assert await coverage(client, where) == (1, 2)


async def test_a_target_signs_by_ticket_and_the_declaration_becomes_complete(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await opened(client, sijunjung)
    await imported(client, sijunjung, where, table(person(1), person(2)))
    async with sessions.begin() as session:
        query = select(Target).order_by(Target.id).execution_options(fan_out=True)
        listed = (await session.scalars(query)).all()
    states = [(await take(client, sijunjung, where, "holding")).json()["status"]]

    for each in listed:
        signed = await redeem(client, ticket(keys, each))
        assert signed.status_code == 201, signed.text
        await published(client)
        states.append((await client.get(f"/declarations/{where['id']}")).json()["status"])
    added = await add(client, sijunjung, where, number=3)
    states.append((await client.get(f"/declarations/{where['id']}")).json()["status"])

    assert added.status_code == 201
    assert states == ["held", "partly_signed", "complete", "partly_signed"]
    assert await coverage(client, where) == (2, 3)
