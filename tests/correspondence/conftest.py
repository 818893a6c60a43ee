from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.files.smtp import MailServer
from app.correspondence.jobs import sending_notices
from app.correspondence.models import Notice
from app.correspondence.rules.notices import NoticeState
from app.web.clock import read_clock
from tests.correspondence.mail import Post, post_office
from tests.correspondence.writing import Desk, Reporter, a_desk, a_reporter

# 13:00 in Jeneponto, which keeps the time of Makassar (UTC+8).
NOON = datetime(2024, 11, 6, 5, 0, tzinfo=UTC)


class Time:
    """The moment at which everything in a test happens."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Worker:
    """The worker's round, at the moment of the test."""

    def __init__(self, sessions: Sessions, keys: Keyring, time: Time) -> None:
        self.sessions = sessions
        self.keys = keys
        self.time = time

    async def work(self, server: MailServer, later: timedelta = timedelta()) -> None:
        self.time.now += later
        await sending_notices(self.sessions, self.keys, server, self.time)()

    async def state(self) -> NoticeState | None:
        async with self.sessions.begin() as session:
            return await session.scalar(select(Notice.state))


@pytest.fixture
async def reporter(client: AsyncClient) -> Reporter:
    return await a_reporter(client)


@pytest.fixture
async def addressed(reporter: Reporter) -> Reporter:
    """A reporter who left an address."""
    assert (await reporter.leave()).status_code == 200
    return reporter


@pytest.fixture
async def desk(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Desk:
    return await a_desk(client, sessions, keys)


@pytest.fixture
async def time(app: FastAPI) -> AsyncIterator[Time]:
    """The moment of every request, until the test moves it."""
    time = Time()
    app.dependency_overrides[read_clock] = lambda: time.now
    yield time
    app.dependency_overrides.clear()


@pytest.fixture
def worker(sessions: Sessions, keys: Keyring, time: Time) -> Worker:
    return Worker(sessions, keys, time)


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with post_office() as post:
        yield post
