"""Area, grants and walls decide together what exists for a reader."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.complaints.models.complaints import Complaint
from app.core.actors import PUBLIC, SYSTEM, Actor, ActorKind
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.models import Grant, Wall
from app.core.visibility import visible_to
from app.web.clock import present
from tests.complaints.filing import file

OFFICE, OFFICER = new_id(), new_id()
YESTERDAY, TOMORROW = present() - timedelta(days=1), present() + timedelta(days=1)


def staff(area: str | None) -> Actor:
    return Actor(ActorKind.OFFICER, OFFICER, area=area, office_id=OFFICE)


async def sees(sessions: Sessions, actor: Actor, id: UUID) -> bool:
    query = select(Complaint.id).where(visible_to(actor, Complaint.id, Complaint.region_code))
    async with sessions.begin() as session:
        return id in (await session.scalars(query)).all()


@pytest.fixture
async def complaint(client: AsyncClient) -> UUID:
    return UUID((await file(client))["id"])


@pytest.mark.parametrize(
    ("area", "seen"),
    [("", True), ("73", True), ("73.04", True), ("73.05", False), ("13", False), (None, False)],
)
async def test_an_officer_sees_the_area_of_the_office(
    sessions: Sessions, complaint: UUID, area: str | None, *, seen: bool
) -> None:
    assert await sees(sessions, staff(area), complaint) is seen


async def test_the_public_sees_nothing_and_the_system_all(
    sessions: Sessions, complaint: UUID
) -> None:
    assert not await sees(sessions, PUBLIC, complaint)
    assert await sees(sessions, SYSTEM, complaint)


async def test_a_receipt_sees_its_own_thing_alone(sessions: Sessions, complaint: UUID) -> None:
    assert await sees(sessions, Actor(ActorKind.RECEIPT, subject_id=complaint), complaint)
    assert not await sees(sessions, Actor(ActorKind.RECEIPT, subject_id=new_id()), complaint)


@pytest.mark.parametrize(("until", "seen"), [(None, True), (TOMORROW, True), (YESTERDAY, False)])
async def test_a_grant_shows_it_to_another_office_while_it_lasts(
    sessions: Sessions, complaint: UUID, until: object, *, seen: bool
) -> None:
    async with sessions.begin() as session:
        session.add(
            Grant(subject_id=complaint, office_id=OFFICE, since=YESTERDAY, until=until)  # type: ignore[arg-type]
        )

    assert await sees(sessions, staff(None), complaint) is seen


async def test_a_wall_hides_it_even_in_the_own_area(sessions: Sessions, complaint: UUID) -> None:
    async with sessions.begin() as session:
        session.add(Wall(subject_id=complaint, officer_id=OFFICER, since=YESTERDAY))

    assert not await sees(sessions, staff("73"), complaint)


async def test_a_wall_before_an_office_hides_it_from_everybody_there(
    sessions: Sessions, complaint: UUID
) -> None:
    async with sessions.begin() as session:
        session.add(Wall(subject_id=complaint, office_id=OFFICE, since=YESTERDAY))

    assert not await sees(sessions, staff("73"), complaint)


@pytest.mark.parametrize(("until", "seen"), [(TOMORROW, True), (YESTERDAY, False)])
async def test_a_lifted_wall_stands_again_when_the_time_is_over(
    sessions: Sessions, complaint: UUID, until: datetime, *, seen: bool
) -> None:
    async with sessions.begin() as session:
        session.add(
            Wall(
                subject_id=complaint,
                officer_id=OFFICER,
                since=YESTERDAY,
                lifted_until=until,
            )
        )

    assert await sees(sessions, staff("73"), complaint) is seen
