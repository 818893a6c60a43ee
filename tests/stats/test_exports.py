"""Large sets line by line: whole as of one fold, or plainly not whole."""

import json
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.actors import Actor, ActorKind, Permission
from app.core.database import Sessions
from app.core.errors import Invalid
from app.core.places import lies_in
from app.stats.rules.dimensions import Dimension
from app.stats.rules.units import Unit
from app.stats.schemas.feed import CellsFilter, ChangesFilter
from app.stats.service.feed import Exports
from app.stats.service.rebuilding import Rebuilder
from tests.complaints.filing import file
from tests.stats.conftest import THE_FIFTH, Headers
from tests.stats.folded import fold
from tests.stats.reading import Body, counts, read, refusal
from tests.stats.test_figures import SINJAI, filed

__all__ = ["filed"]

CHANNELS = CellsFilter(unit=Unit.COMPLAINT, by=Dimension.CHANNEL)
NATION = Actor(ActorKind.OFFICER, permissions=frozenset({Permission.READ_STATISTICS}), area="")


def lines(answer: Response) -> list[Body]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


async def rebuild(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await Rebuilder(session, THE_FIFTH).rebuild()


@pytest.fixture
def exports(sessions: Sessions) -> Exports:
    """Each piece is one row."""
    return Exports(sessions, NATION, THE_FIFTH, changes=1, cells=1)


async def rest_of(pieces: AsyncIterator[bytes]) -> list[Body]:
    return [json.loads(line) async for piece in pieces for line in piece.splitlines()]


@pytest.mark.usefixtures("filed")
async def test_changes_add_up_to_the_figures(client: AsyncClient, sulsel: Headers) -> None:
    table = await read(client, "table", sulsel, unit="complaint", by="channel")

    *changes, whole = lines(await client.get("/stats/changes", headers=sulsel))

    added = Counter[str]()
    for each in changes:
        if each["unit"] == "complaint":
            added[each["codes"]["channel"]] += each["change"]
    assert added == counts(table)
    assert all(lies_in(each["region_code"], "73") for each in changes)
    reasons = {each["reason"] for each in changes if each["unit"] == "complaint"}
    assert reasons == {"complaint.filed"}
    assert whole == {"complete_to": table["snapshot"], "lines": len(changes)}


@pytest.mark.usefixtures("filed")
async def test_changes_go_on_where_one_has_stopped(client: AsyncClient, sulsel: Headers) -> None:
    *_, before = lines(await client.get("/stats/changes", headers=sulsel))
    await file(client, event=SINJAI)
    asked = {"unit": "report", "since_fold": str(before["complete_to"])}

    *after, whole = lines(await client.get("/stats/changes", headers=sulsel, params=asked))

    assert [(each["unit"], each["region_code"], each["change"]) for each in after] == [
        ("report", "73.07", 1)
    ]
    assert whole == {"complete_to": after[0]["fold"], "lines": 1}


@pytest.mark.usefixtures("filed")
async def test_every_regency_on_every_day_comes_line_by_line(
    client: AsyncClient, sulsel: Headers
) -> None:
    asked = {"unit": "complaint", "by": "region", "across": "day"}

    about, *cells, whole = lines(await client.get("/stats/cells", headers=sulsel, params=asked))

    assert (about["unit"], about["region_code"], about["coverage"]["with_entries"]) == (
        "complaint",
        "73",
        2,
    )
    assert cells == [
        {"key": "73.04", "across": "2024-11-05", "count": 2},
        {"key": "73.07", "across": "2024-11-05", "count": 1},
    ]
    assert whole == {"complete_to": about["snapshot"], "lines": 2}


async def test_exports_keep_to_the_own_area_and_to_what_there_is(
    client: AsyncClient, sulsel: Headers
) -> None:
    cells = {"unit": "complaint", "by": "channel"}

    assert await refusal(client, "changes", sulsel, region="13") == "outside-area"
    assert await refusal(client, "cells", sulsel, region="13", **cells) == "outside-area"
    assert await refusal(client, "cells", sulsel, **(cells | {"by": "week"})) == "only-days"
    assert await refusal(client, "cells", sulsel, **(cells | {"by": "days"})) == "no-such-dimension"


@pytest.mark.usefixtures("filed")
async def test_changes_that_are_kept_no_more_are_refused(
    client: AsyncClient, sessions: Sessions, sulsel: Headers
) -> None:
    *_, before = lines(await client.get("/stats/changes", headers=sulsel))
    await rebuild(sessions)
    await file(client, event=SINJAI)

    *kept, _ = lines(await client.get("/stats/changes", headers=sulsel, params={"unit": "report"}))

    assert [(each["region_code"], each["change"]) for each in kept] == [("73.07", 1)]
    for fold_number in (0, before["complete_to"], 2**53):
        asked = {"since_fold": str(fold_number)}
        assert await refusal(client, "changes", sulsel, **asked) == "no-such-snapshot"


@pytest.mark.usefixtures("filed")
async def test_changes_are_as_of_the_fold_at_which_they_began(
    client: AsyncClient, sessions: Sessions, exports: Exports, connection: AsyncConnection
) -> None:
    await fold(sessions)
    began = await exports.check_changes(ChangesFilter(unit=Unit.REPORT))
    pieces = exports.changes(began)
    first = json.loads(await anext(pieces))
    # Between two pieces nobody holds a unit of work, however slowly they are read.
    assert not connection.in_nested_transaction()
    await file(client, event=SINJAI)
    await fold(sessions)

    *others, whole = await rest_of(pieces)

    assert whole == {"complete_to": began.asked.snapshot, "lines": 3}
    assert [each["change"] for each in (first, *others)] == [1, 1, 1]


@pytest.mark.usefixtures("filed")
async def test_counts_are_as_of_the_fold_at_which_they_began(
    client: AsyncClient, sessions: Sessions, exports: Exports, connection: AsyncConnection
) -> None:
    await fold(sessions)
    began = await exports.check_cells(CHANNELS)
    pieces = exports.cells(began)
    about, first = [json.loads(await anext(pieces)) for _ in range(2)]
    assert not connection.in_nested_transaction()
    await file(client, event=SINJAI, channel="web")
    await fold(sessions)

    second, whole = await rest_of(pieces)

    assert [(each["key"], each["count"]) for each in (first, second)] == [("app", 3), ("web", 1)]
    assert whole == {"complete_to": about["snapshot"], "lines": 2}


@pytest.mark.usefixtures("filed")
async def test_counts_that_a_rebuild_breaks_off_do_not_look_whole(
    sessions: Sessions, exports: Exports
) -> None:
    await fold(sessions)
    pieces = exports.cells(await exports.check_cells(CHANNELS))
    _, first = [json.loads(await anext(pieces)) for _ in range(2)]
    await rebuild(sessions)

    with pytest.raises(Invalid):
        await rest_of(pieces)

    assert first["key"] == "app"
