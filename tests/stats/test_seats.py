"""Who may listen to the figures, how many at once, and until when."""

import asyncio
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import update

from app.accounts.models import Officer
from app.core.actors import Role
from app.core.database import Sessions
from app.stats.service.watching import FigureWatch
from tests.stats.conftest import NEVER, Headers
from tests.stats.hearing import EVENTS, PATIENCE, SOON, events, move, seat, until
from tests.stats.test_figures import JENEPONTO
from tests.web.listening import listening


async def test_beyond_its_listeners_a_process_says_when_to_come_back(
    app: FastAPI, client: AsyncClient, sulsel: Headers
) -> None:
    app.state.watch = FigureWatch(lambda: app.state.sessions, most=0)

    answer = await client.get("/stats/stream", headers=sulsel | EVENTS)

    assert (answer.status_code, answer.json()["code"]) == (503, "too-many-listeners")
    assert answer.headers["retry-after"] == "30"


async def test_one_account_takes_only_some_of_the_seats(
    app: FastAPI, client: AsyncClient, sulsel: Headers, sumbar: Headers
) -> None:
    app.state.watch = FigureWatch(lambda: app.state.sessions, seconds=NEVER, most_of_one=1)
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboards,
    ):
        async with seat(dashboards, sulsel) as first:
            heard = events(first)
            await anext(heard)
            refused = await client.get("/stats/stream", headers=sulsel | EVENTS)
            async with seat(dashboards, sumbar) as of_another:
                await anext(events(of_another))
        await until(lambda: not app.state.watch.listeners)
        async with seat(dashboards, sulsel) as again:
            await anext(events(again))

    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-listeners-of-one")
    assert refused.headers["retry-after"] == "30"


async def test_a_dashboard_is_let_go_when_its_token_ends(
    app: FastAPI, client: AsyncClient, sulsel: Headers
) -> None:
    app.state.watch = FigureWatch(lambda: app.state.sessions, seconds=NEVER, heartbeat=SOON)
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        seat(dashboard, sulsel) as answer,
    ):
        pieces = answer.aiter_text()
        assert "event: figures" in await anext(pieces)
        assert ": masih di sini" in await anext(pieces)
        token = sulsel["Authorization"].removeprefix("Bearer ")
        await client.post("/auth/revoke", data={"token": token})

        rest = [piece async for piece in pieces]

    assert not any("event" in piece for piece in rest)


async def test_figures_that_move_keep_nobody_whose_token_has_ended(
    app: FastAPI, client: AsyncClient, sessions: Sessions, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        seat(dashboard, sulsel) as answer,
    ):
        pieces = answer.aiter_text()
        assert "event: figures" in await anext(pieces)
        token = sulsel["Authorization"].removeprefix("Bearer ")
        await client.post("/auth/revoke", data={"token": token})
        watch.heartbeat = 0.0
        await move(client, sessions, watch, **JENEPONTO)

        rest = [piece async for piece in pieces]

    assert not any("event" in piece for piece in rest)


async def test_a_dashboard_is_let_go_when_its_rights_change(
    app: FastAPI, client: AsyncClient, sessions: Sessions, sulsel: Headers, watch: FigureWatch
) -> None:
    async with (
        asyncio.timeout(PATIENCE),
        listening(app) as url,
        AsyncClient(base_url=url) as dashboard,
        seat(dashboard, sulsel) as answer,
    ):
        pieces = answer.aiter_text()
        assert "event: figures" in await anext(pieces)
        me = (await client.get("/auth/me", headers=sulsel)).json()
        async with sessions.begin() as session:
            role = update(Officer).where(Officer.id == UUID(me["id"]))
            await session.execute(role.values(role=Role.MEMBER))
        watch.heartbeat = 0.0
        await move(client, sessions, watch, **JENEPONTO)
        rest = [piece async for piece in pieces]

    assert not any("event" in piece for piece in rest)
