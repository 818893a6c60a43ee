"""Large sets line by line, and a dashboard that is told when figures have moved."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.core.database import Sessions
from app.stats.repository.feed import Changed
from app.stats.rules.units import Unit
from app.stats.service.folding import Folding
from app.stats.service.watching import FigureWatch
from tests.complaints.filing import file
from tests.stats.conftest import THE_FIFTH, Headers
from tests.stats.reading import Body
from tests.stats.test_figures import JENEPONTO, SIJUNJUNG, filed
from tests.web.listening import listening

__all__ = ["filed"]

NEVER = 3_600.0
SOON = 0.3
PATIENCE = 10
"""Seconds: only a stream that never ends takes so long."""
EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture
def watch(app: FastAPI) -> FigureWatch:
    """It looks when the test says so."""
    app.state.watch = FigureWatch(lambda: app.state.sessions, seconds=NEVER, heartbeat=NEVER)
    watch: FigureWatch = app.state.watch
    return watch


async def events(answer: Response) -> AsyncIterator[Body]:
    """The events of a stream, each as its data."""
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


async def move(client: AsyncClient, sessions: Sessions, watch: FigureWatch, **event: str) -> None:
    await file(client, event=event)
    await Folding(sessions).fold(THE_FIFTH)
    await watch.look()


async def test_a_dashboard_is_told_what_moved_in_its_area(
    app: FastAPI, client: AsyncClient, sessions: Sessions, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        dashboard.stream("GET", "/stats/stream", headers=sulsel | EVENTS) as answer,
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


async def test_a_dashboard_is_let_go_when_its_token_ends(
    app: FastAPI, client: AsyncClient, sulsel: Headers
) -> None:
    app.state.watch = FigureWatch(lambda: app.state.sessions, seconds=NEVER, heartbeat=SOON)
    async with (
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        dashboard.stream("GET", "/stats/stream", headers=sulsel | EVENTS) as answer,
    ):
        pieces = answer.aiter_text()
        assert "event: figures" in await anext(pieces)
        assert ": masih di sini" in await anext(pieces)
        token = sulsel["Authorization"].removeprefix("Bearer ")
        await client.post("/auth/revoke", data={"token": token})

        async with asyncio.timeout(PATIENCE):
            rest = [piece async for piece in pieces]

    assert not any("event" in piece for piece in rest)


async def test_figures_that_move_keep_nobody_whose_token_has_ended(
    app: FastAPI, client: AsyncClient, sessions: Sessions, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        dashboard.stream("GET", "/stats/stream", headers=sulsel | EVENTS) as answer,
    ):
        pieces = answer.aiter_text()
        assert "event: figures" in await anext(pieces)
        token = sulsel["Authorization"].removeprefix("Bearer ")
        await client.post("/auth/revoke", data={"token": token})
        watch.heartbeat = 0.0
        await move(client, sessions, watch, **JENEPONTO)

        async with asyncio.timeout(PATIENCE):
            rest = [piece async for piece in pieces]

    assert not any("event" in piece for piece in rest)


async def test_a_process_that_ends_lets_its_dashboards_go(
    app: FastAPI, client: AsyncClient, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        dashboard.stream("GET", "/stats/stream", headers=sulsel | EVENTS) as answer,
    ):
        pieces = answer.aiter_text()
        await anext(pieces)
        watch.end()

        async with asyncio.timeout(PATIENCE):
            rest = [piece async for piece in pieces]

    assert not any("event" in piece for piece in rest)
    refused = await client.get("/stats/stream", headers=sulsel | EVENTS)
    assert refused.status_code == 503


async def test_beyond_its_listeners_a_process_says_when_to_come_back(
    app: FastAPI, client: AsyncClient, sulsel: Headers
) -> None:
    app.state.watch = FigureWatch(lambda: app.state.sessions, most=0)

    answer = await client.get("/stats/stream", headers=sulsel | EVENTS)

    assert (answer.status_code, answer.json()["code"]) == (503, "too-many-listeners")
    assert answer.headers["retry-after"] == "30"


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
