"""Dashboards that listen, for the tests; none of them is waited for without end."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from httpx import AsyncClient, Response

from app.core.database import Sessions
from app.stats.service.folding import Folding
from app.stats.service.watching import FigureWatch
from tests.complaints.filing import file
from tests.stats.conftest import THE_FIFTH, Headers
from tests.stats.reading import Body

SOON = 0.3
PATIENCE = 10
"""Seconds: only a stream that never ends takes so long."""
EVENTS = {"Accept": "text/event-stream"}


def seat(
    dashboard: AsyncClient, headers: Headers, **asked: str
) -> AbstractAsyncContextManager[Response]:
    return dashboard.stream("GET", "/stats/stream", headers=headers | EVENTS, params=asked)


async def until(is_so: Callable[[], bool]) -> None:
    """It happens in another task; the test has a time limit of its own."""
    while not is_so():  # noqa: ASYNC110  nothing tells of it
        await asyncio.sleep(0.01)


async def events(answer: Response) -> AsyncIterator[Body]:
    """The events of a stream, each as its data."""
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


async def move(client: AsyncClient, sessions: Sessions, watch: FigureWatch, **event: str) -> None:
    await file(client, event=event)
    await Folding(sessions).fold(THE_FIFTH)
    await watch.look()
