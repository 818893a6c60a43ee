"""Whoever forwards sees what came of it: by a link, and as an office without an area."""

from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.database import Sessions
from tests.circulars.circulating import TO_DISTRICTS, answer, codes, issue
from tests.rakor.meeting import Desk, told

UNITS = {"category": "other", "region_code": "73.07", "names": ["UPTD A", "UPTD B"]}


async def test_a_link_shows_the_rates_of_what_it_forwarded_and_of_nothing_else(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])
    one, two, *_ = sorted((await codes(sinjai, issued)).values())
    for code in (one, two):
        region = (await answer(client, "reading", code))["addressee"]["region_code"]
        lines = [{"category": "other", "region_code": region, "names": ["UPTD A", "UPTD B"]}]
        await answer(client, "forwarding", code, addressees=lines)
    [below, _] = (await answer(client, "addressees", one))["items"]
    lines = [{"category": "other", "region_code": below["region_code"], "names": ["Pos A"]}]
    await answer(client, "forwarding", below["code"], addressees=lines)

    mine = await answer(client, "reach", one)
    other = await answer(client, "reach", two)

    first, second = mine["levels"]
    assert (first["depth"], first["addressed"], first["acknowledged"]) == (2, 2, 1)
    assert (second["depth"], second["addressed"]) == (3, 1)
    assert other["total"]["addressed"] == 2


async def test_an_office_without_area_sees_all_that_came_of_what_it_forwarded(
    client: AsyncClient, sinjai: Desk, personnel: Desk
) -> None:
    issued = await issue(sinjai)
    [task] = told(await personnel.get("/addressed-circulars?own=true"), 200)["items"]
    circular = f"/circulars/{issued['id']}"
    path = f"{circular}/addressees/{task['id']}/forwarding"
    told(await personnel.post(path, {"addressees": [UNITS]}), 200)
    links = await codes(personnel, issued, parent=task["id"])
    lines = [UNITS | {"names": ["Pos A"]}]
    await answer(client, "forwarding", links["UPTD A"], addressees=lines)

    seen = told(await personnel.get(f"{circular}/addressees"), 200)["items"]
    whole = told(await personnel.get(f"{circular}/reach"), 200)
    below = told(await personnel.get(f"{circular}/reach?parent={task['id']}"), 200)

    names = {each["office_name"] for each in seen}
    assert names == {"BKPSDM Rekaan", "UPTD A", "UPTD B", "Pos A"}
    assert [each["addressed"] for each in whole["levels"]] == [1, 2, 1]
    assert [each["addressed"] for each in below["levels"]] == [2, 1]


async def test_it_is_journalled_how_many_codes_were_read_by_a_link(
    client: AsyncClient, sinjai: Desk, sessions: Sessions
) -> None:
    issued = await issue(sinjai)
    one, *_ = (await codes(sinjai, issued)).values()
    await answer(client, "forwarding", one, addressees=[UNITS])

    await answer(client, "addressees", one)

    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == "addressee.codes_read")
        entry = (await session.scalars(query)).one()
    assert entry.payload == {"circular": issued["id"], "codes": 2}
