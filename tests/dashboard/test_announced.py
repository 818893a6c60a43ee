"""What offices announced is found however much others announced since."""

from datetime import timedelta

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import inspect, select

from app.cases.models.announcements import Announcement
from app.core.database import Sessions
from app.core.ids import new_id
from app.dashboard.service.board import RECENT
from tests.cases.advancing import refused
from tests.cases.conftest import desk
from tests.cases.handling import stepped
from tests.declarations.conftest import sijunjung
from tests.declarations.declaring import Headers, opened, plan

__all__ = ["desk", "sijunjung"]

MANY = 51
"""More than the page once looked at."""


async def board(app: FastAPI, address: str) -> str:
    RECENT.forget()
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as browser:
        return (await browser.get(address)).text


async def test_a_declaration_is_shown_behind_many_that_are_only_planned(
    app: FastAPI, client: AsyncClient, sijunjung: Headers
) -> None:
    await opened(client, sijunjung, title="Ikrar Yang Dibuka")
    for _ in range(MANY):
        await plan(client, sijunjung, title="Ikrar Nanti")

    page = await board(app, "/?region=13.03&election=pilkada-2024")

    assert "Ikrar Yang Dibuka" in page
    assert "Ikrar Nanti" not in page


async def test_a_decision_is_shown_behind_many_of_another_election(
    app: FastAPI, client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    case = await refused(client, desk)
    await stepped(client, case, "announcement", desk)
    async with sessions.begin() as session:
        told = (await session.scalars(select(Announcement))).one()
        shown, region = told.text_id, told.region_code
        names = [each.key for each in inspect(Announcement).column_attrs]
        for place in range(MANY):
            values = {name: getattr(told, name) for name in names} | {
                "id": new_id(),
                "election_code": "pemilu-2024",
                "announced_at": told.announced_at + timedelta(seconds=place + 1),
                "text_id": "Pengumuman pemilihan lain",
            }
            session.add(Announcement(**values))

    page = await board(app, f"/?region={region}&election=pilkada-2024")

    assert shown in page
    assert "Pengumuman pemilihan lain" not in page
