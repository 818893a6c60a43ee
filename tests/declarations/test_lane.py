"""The lane answers what the framework's own route answers: status, headers and body."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.router import signing
from app.web.front import REQUESTS
from app.web.lane import Lane, WithLane
from app.web.limits import Limits
from tests.declarations.asking import PATH, Asked, Asker, Told, ask
from tests.declarations.declaring import Headers, opened
from tests.declarations.inviting import invite, redeem, ticket

REQUESTED = 10_000
AT_ONCE = 100
ROSTER = 300
# The share of a caller fills with the time, and who comes first is a matter of chance.
PASSING = re.compile(rb'(?<="leaf_index":)\d+|(?<="recorded_at":")[^"]+|(?<=;[rt]=)\d+')


@pytest.fixture
async def tickets(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> list[str]:
    targets = await invite(sessions, keys, await opened(client, sijunjung), *range(ROSTER))
    return [ticket(keys, each) for each in targets]


@pytest.fixture
def short(app: FastAPI) -> Lane[Any]:
    """The lane of the application."""
    assert isinstance(app, WithLane)
    assert app.lane is not None
    return app.lane


@asynccontextmanager
async def world(connection: AsyncConnection) -> AsyncIterator[None]:
    """What happens in here is undone, so that it can happen again in another way."""
    point = await connection.begin_nested()
    moments = (datetime(2026, 2, 1, tzinfo=UTC) + timedelta(microseconds=n) for n in count(1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "present", lambda: next(moments))
        yield
    await point.rollback()


async def in_turns(app: FastAPI, draws: Sequence[list[Asked]]) -> list[Told]:
    """All of a draw at once, draw after draw."""
    told: list[Told] = []
    for draw in draws:
        told += await asyncio.gather(*(ask(app, each) for each in draw))
    return told


async def both(
    app: FastAPI, connection: AsyncConnection, short: Lane[Any], draws: Sequence[list[Asked]]
) -> tuple[list[Told], list[Told]]:
    """What the lane says, and what the route says without it."""
    async with world(connection):
        lane = await in_turns(app, draws)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(short, "path", "")
        async with world(connection):
            return lane, await in_turns(app, draws)


def plain(told: Told) -> Told:
    headers = {name: PASSING.sub(b"", value) for name, value in told.headers.items()}
    body = PASSING.sub(b"", told.body)
    headers.pop(b"content-length", None)
    return Told(told.status, headers, body)


async def test_ten_thousand_requests_good_and_bad_get_the_same_answers(
    app: FastAPI, connection: AsyncConnection, short: Lane[Any], tickets: list[str]
) -> None:
    asker = Asker(tickets, seed=5)
    draws = [asker.draw(AT_ONCE) for _ in range(REQUESTED // AT_ONCE)]

    lane, route = await both(app, connection, short, draws)

    asked = [each for draw in draws for each in draw]
    for one, by_lane, by_route in zip(asked, lane, route, strict=True):
        assert plain(by_lane) == plain(by_route), one
    statuses = Counter(each.status for each in lane)
    assert {200, 201, 400, 404, 405, 409, 413, 422} == statuses.keys(), statuses


async def test_one_after_the_other_the_answers_are_the_same_to_the_byte(
    app: FastAPI, connection: AsyncConnection, short: Lane[Any], tickets: list[str]
) -> None:
    asker = Asker(tickets, seed=6)
    draws = [asker.draw(1) for _ in range(300)]

    lane, route = await both(app, connection, short, draws)

    for by_lane, by_route in zip(lane, route, strict=True):
        assert by_lane.status == by_route.status
        assert by_lane.body == by_route.body
        assert by_lane.headers.get(b"content-length") == by_route.headers.get(b"content-length")


@pytest.mark.parametrize("said", [b"Bearer x", b"Receipt x", b"", b"x"])
async def test_a_credential_that_opens_nothing_is_refused_by_both(
    app: FastAPI, connection: AsyncConnection, short: Lane[Any], tickets: list[str], said: bytes
) -> None:
    asked = Asker(tickets[:1], seed=7).of_everybody(authorization=said)

    (by_lane,), (by_route,) = await both(app, connection, short, [asked])

    assert by_lane.status == 401
    assert plain(by_lane) == plain(by_route)


async def test_the_lane_takes_the_plain_shape_and_nothing_else(
    app: FastAPI, short: Lane[Any], tickets: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[int] = []

    async def count_passed(*_: object) -> None:
        passed.append(1)

    monkeypatch.setattr(short, "app", count_passed)
    (asked,) = Asker(tickets[:1], seed=1).of_everybody()

    told = await ask(app, asked)

    assert told.status == 201
    assert not passed


@pytest.mark.parametrize("lane", [True, False])
async def test_nobody_signs_who_wanted_to_rehearse(
    client: AsyncClient, short: Lane[Any], tickets: list[str], lane: bool
) -> None:
    """What is written together with others cannot be undone for one."""
    if not lane:
        short.path = ""
    body = {"ticket": tickets[0], "method": "click"}

    rehearsed = await client.post("/signatures?validate_only=true", json=body)
    signed = await client.post("/signatures", json=body)

    assert (rehearsed.status_code, signed.status_code) == (422, 201)
    assert rehearsed.json()["errors"][0]["pointer"] == "/query/validate_only"


async def test_a_good_ticket_needs_no_share_of_an_address_and_a_bad_one_spends_it(
    app: FastAPI, client: AsyncClient, tickets: list[str]
) -> None:
    app.state.limits = Limits(anonymous=2, credential=1)

    wrong = [await redeem(client, "A" * 43) for _ in range(4)]
    good = [await redeem(client, each) for each in tickets[:20]]

    assert [each.status_code for each in wrong] == [404, 404, 429, 429]
    assert wrong[0].headers["RateLimit"].startswith('"anonymous";r=1')
    assert int(wrong[-1].headers["Retry-After"]) > 0
    assert {each.status_code for each in good} == {201}


@pytest.mark.parametrize("path", ["lookup", "certificate", "certificate/paper", "withdrawal"])
async def test_whatever_a_ticket_opens_costs_no_share_and_a_wrong_one_does(
    app: FastAPI, client: AsyncClient, tickets: list[str], path: str
) -> None:
    await redeem(client, tickets[0])
    app.state.limits = Limits(anonymous=2, credential=1)

    async def show(ticket: str) -> int:
        answer = await client.post(f"/signatures/{path}", json={"ticket": ticket})
        return answer.status_code

    wrong = [await show("A" * 43) for _ in range(3)]
    good = [await show(tickets[0]) for _ in range(3)]

    assert wrong == [404, 404, 429]
    assert good == [200, 200, 200]


async def test_the_figures_count_every_request_of_the_lane(
    client: AsyncClient, tickets: list[str]
) -> None:
    counted = REQUESTS.labels(f"POST {PATH}", "201")
    before = counted._value.get()

    for each in tickets[:7]:
        await redeem(client, each)

    assert counted._value.get() == before + 7


async def test_a_full_queue_is_told_to_come_back(
    app: FastAPI, client: AsyncClient, tickets: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.state.signing, "_room", 0)

    answer = await redeem(client, tickets[0])

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert answer.json()["code"] == "unavailable"
