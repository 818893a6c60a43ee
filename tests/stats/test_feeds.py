"""A dashboard that is told when figures have moved."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.database import Sessions
from app.stats.repository.feed import Changed, FeedRepository
from app.stats.repository.reached import reached
from app.stats.rules.units import Unit
from app.stats.service.folding import Folding
from app.stats.service.watching import FigureWatch
from tests.complaints.filing import file
from tests.stats.conftest import NEVER, THE_FIFTH, Headers
from tests.stats.hearing import EVENTS, PATIENCE, SOON, events, move, seat, until
from tests.stats.reading import refusal
from tests.stats.test_figures import JENEPONTO, SIJUNJUNG, SINJAI
from tests.web.listening import listening


async def test_a_dashboard_is_told_what_moved_in_its_area(
    app: FastAPI, client: AsyncClient, sessions: Sessions, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        seat(dashboard, sulsel) as answer,
    ):
        heard = events(answer)
        first = await anext(heard)
        await move(client, sessions, watch, **SIJUNJUNG)
        elsewhere = await anext(heard)
        await move(client, sessions, watch, **JENEPONTO)
        here = await anext(heard)

        resumed = await client.get(
            "/stats/stream", headers=sulsel | {"Last-Event-ID": str(first["fold"])}
        )

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert (first["units"], elsewhere["units"]) == ([], [])
    assert {"complaint", "report"} <= {*here["units"]}
    assert first["fold"] < elsewhere["fold"] < here["fold"]
    assert resumed.json() == here


async def test_what_moves_while_others_are_told_is_told_the_next_time(
    client: AsyncClient, sessions: Sessions, watch: FigureWatch
) -> None:
    before = await _fold_now(sessions)
    await move(client, sessions, watch, **SIJUNJUNG)
    between = await _fold_now(sessions)
    await move(client, sessions, watch, **JENEPONTO)

    async with sessions.begin() as session:
        changed = await FeedRepository(session).changed(before, between)

    assert {each.region_code for each in changed} == {SIJUNJUNG["region_code"]}


async def test_a_dashboard_is_told_of_the_part_that_it_names(
    app: FastAPI, client: AsyncClient, sessions: Sessions, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        seat(dashboard, sulsel, region="73.07") as answer,
    ):
        heard = events(answer)
        await anext(heard)
        await move(client, sessions, watch, **JENEPONTO)
        elsewhere = await anext(heard)
        await move(client, sessions, watch, **SINJAI)
        here = await anext(heard)

    assert elsewhere["units"] == []
    assert {"complaint", "report"} <= {*here["units"]}
    assert await refusal(client, "stream", sulsel, region="13") == "outside-area"
    assert await refusal(client, "stream", sulsel, region="73.99") == "unknown-region"
    assert await refusal(client, "stream", sulsel, colour="red") == "extra-forbidden"


async def test_a_fault_ends_no_watch(
    app: FastAPI, client: AsyncClient, sessions: Sessions, sulsel: Headers
) -> None:
    faults: list[str] = []
    is_broken = False

    def broken_at_times() -> Sessions:
        if is_broken:
            faults.append("unexpected")
            raise LookupError
        return sessions

    app.state.watch = FigureWatch(broken_at_times, seconds=SOON, heartbeat=NEVER)
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        seat(dashboard, sulsel) as answer,
    ):
        heard = events(answer)
        first = await anext(heard)
        is_broken = True
        await until(lambda: bool(faults))
        await file(client, event=JENEPONTO)
        await Folding(sessions).fold(THE_FIFTH)
        is_broken = False
        second = await anext(heard)
        is_broken = True

    assert first["fold"] < second["fold"]


async def test_a_process_that_ends_lets_its_dashboards_go(
    app: FastAPI, client: AsyncClient, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        seat(dashboard, sulsel) as answer,
    ):
        pieces = answer.aiter_text()
        await anext(pieces)
        watch.end()

        rest = [piece async for piece in pieces]

    assert not any("event" in piece for piece in rest)
    refused = await client.get("/stats/stream", headers=sulsel | EVENTS)
    assert refused.status_code == 503


@pytest.mark.parametrize(
    ("code", "area", "is_told"),
    [
        ("73.04", "73", True),
        ("73", "73.04", True),
        ("00", "", True),
        ("13.03", "73", False),
        ("", "73", True),
    ],
)
def test_who_is_told_of_a_change(code: str, area: str, *, is_told: bool) -> None:
    assert Changed(Unit.CASE, code).lies_in(area) is is_told


async def _fold_now(sessions: Sessions) -> int:
    async with sessions.begin() as session:
        return (await reached(session)).fold
