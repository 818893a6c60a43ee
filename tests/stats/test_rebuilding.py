"""Figures are made anew where they are not as they should be, and while people go on signing."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

from app.core.database import Sessions
from app.stats.models.figures import FigureCell, FigureFact, FigureState
from app.stats.rules.units import Unit
from app.stats.service.rebuilding import Rebuild, Rebuilder
from tests.declarations.declaring import opened, sign, signature
from tests.referrals.forwarding import Cast
from tests.referrals.test_asn import sent
from tests.stats.conftest import Headers
from tests.stats.folded import NOW, fold, wrong


async def test_what_is_signed_while_figures_are_made_anew_counts_once(
    connection: AsyncConnection, client: AsyncClient, sijunjung: Headers, sessions: Sessions
) -> None:
    declared = await opened(client, sijunjung)
    signed: list[int] = []
    rebuilding = True

    def sign_after(*_: Any) -> None:
        """Somebody signs, and that is committed, after every statement of the rebuild."""
        nonlocal rebuilding
        if rebuilding:
            rebuilding = False  # these statements are of those who sign
            answer = await_only(sign(client, declared, signature(len(signed))))
            signed.append(answer.status_code)
            rebuilding = True

    event.listen(connection.sync_connection, "after_cursor_execute", sign_after)
    async with sessions.begin() as session:
        await Rebuilder(session, NOW).rebuild()
    event.remove(connection.sync_connection, "after_cursor_execute", sign_after)
    await fold(sessions)

    assert len(signed) > 1
    assert set(signed) == {201}
    assert await wrong(sessions) == []


@pytest.fixture
async def counted(cast: Cast) -> Cast:
    """A case was forwarded, and all figures are right."""
    await sent(cast)
    async with cast.sessions.begin() as session:
        await Rebuilder(session, NOW).rebuild()
    return cast


async def rebuilt(cast: Cast) -> list[Unit]:
    # The sessions of a test share one connection.
    return await Rebuild(cast.sessions, NOW, at_once=1).carry_out()


async def first_fold(cast: Cast) -> int:
    async with cast.sessions.begin() as session:
        return (await session.scalars(select(FigureState.first_fold))).one()


async def test_what_is_right_is_not_made_anew(counted: Cast) -> None:
    before = await first_fold(counted)

    assert await rebuilt(counted) == []
    assert await first_fold(counted) == before


async def test_only_what_is_wrong_is_made_anew(counted: Cast) -> None:
    before = await first_fold(counted)
    async with counted.sessions.begin() as session:
        cells = FigureCell.unit == Unit.CASE, FigureCell.by_a == "", FigureCell.area == ""
        await session.execute(update(FigureCell).where(*cells).values(count=FigureCell.count + 1))
        facts = FigureFact.unit == Unit.PERSON
        await session.execute(update(FigureFact).where(facts).values(stage="invented"))

    assert await rebuilt(counted) == [Unit.CASE, Unit.PERSON]

    assert await wrong(counted.sessions) == []
    assert await first_fold(counted) > before


async def test_what_was_made_anew_before_it_was_folded_counts_once(counted: Cast) -> None:
    await sent(counted)

    assert Unit.CASE in await rebuilt(counted)

    assert await wrong(counted.sessions) == []
    await fold(counted.sessions)
    assert await wrong(counted.sessions) == []


async def test_all_is_made_anew_where_figures_were_told_by_another_calendar(counted: Cast) -> None:
    async with counted.sessions.begin() as session:
        await session.execute(update(FigureState).values(calendar="another"))

    assert await rebuilt(counted) == list(Unit)
    assert await rebuilt(counted) == []
