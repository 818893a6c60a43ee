"""A desk is told before, at and after a deadline, each once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.clocks.jobs.running import remind
from app.clocks.models import ClockReminder, DeadlineClock
from app.clocks.rules.norms import Step, StopReason
from app.clocks.rules.reminding import reminded_from
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.models import Grant, Wall
from app.web.clock import present
from tests.clocks.running import Thing, desk, keeper, started
from tests.people import office_id, officer

HERE = "bawaslu-13.03"
# 1 October 2024 is a Tuesday; handling is due on the 4th, the first moment too late is 17:00 UTC.
TUESDAY = datetime(2024, 10, 1, 3, tzinfo=UTC)
DUE = datetime(2024, 10, 4, 17, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def reader(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await officer(sessions, keys, role=Role.HANDLER, office_code=HERE)


@pytest.fixture
async def clock(session: AsyncSession, sessions: Sessions) -> DeadlineClock:
    thing = Thing(desk=desk(office_id=await office_id(sessions, HERE)))
    return await started(session, Step.HANDLING, TUESDAY, subject=thing)


async def reminders(client: AsyncClient, headers: dict[str, str], **wanted: Any) -> Any:
    answer = await client.get(
        "/clocks/reminders", params={"count": "exact", **wanted}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("moment", "kinds"),
    [
        (DUE - DAY - timedelta(seconds=1), []),
        (DUE - DAY, ["before"]),
        (DUE - timedelta(seconds=1), ["before"]),
        (DUE, ["at"]),
        (DUE + DAY - timedelta(seconds=1), ["at"]),
        (DUE + DAY, ["after"]),
        (DUE + 13 * DAY, ["after"]),
        (DUE + 15 * DAY, []),
    ],
)
async def test_a_desk_is_told_when_the_time_has_come(  # noqa: PLR0913, PLR0917  fixtures
    client: AsyncClient,
    sessions: Sessions,
    reader: dict[str, str],
    clock: DeadlineClock,
    moment: datetime,
    kinds: list[str],
) -> None:
    await remind(sessions, moment)

    told = (await reminders(client, reader))["items"]
    assert [each["kind"] for each in told] == kinds
    assert all(each["due_on"] == "2024-10-04" for each in told)


async def test_nobody_is_told_twice(
    client: AsyncClient, sessions: Sessions, reader: dict[str, str], clock: DeadlineClock
) -> None:
    for moment in (DUE - DAY, DUE - HOUR, DUE, DUE + HOUR, DUE + DAY, DUE + 2 * DAY):
        await remind(sessions, moment)
        await remind(sessions, moment)

    told = await reminders(client, reader)
    assert [each["kind"] for each in told["items"]] == ["after", "at", "before"]
    assert told["total"] == 3


async def test_a_short_deadline_leaves_a_third_of_its_time(
    session: AsyncSession, sessions: Sessions
) -> None:
    clock = await started(session, Step.FIRST_DISCUSSION, TUESDAY)

    early = await remind(sessions, TUESDAY + 15 * HOUR)
    told = await remind(sessions, TUESDAY + 16 * HOUR)

    assert reminded_from(clock.started_at, clock.due_at) == TUESDAY + 16 * HOUR
    assert (early, told) == (0, 1)


async def test_what_stands_still_or_has_ended_reminds_nobody(
    session: AsyncSession, sessions: Sessions
) -> None:
    review = await started(session, Step.INITIAL_REVIEW, TUESDAY)
    done = await started(session, Step.HANDLING, TUESDAY)
    await keeper(session, TUESDAY).stop(review, StopReason.WAITING_FOR_REPORTER)
    await keeper(session, TUESDAY).end(done)
    await session.flush()

    assert await remind(sessions, DUE + HOUR) == 0


async def test_a_new_due_date_is_said_anew(
    client: AsyncClient,
    session: AsyncSession,
    sessions: Sessions,
    reader: dict[str, str],
    clock: DeadlineClock,
) -> None:
    await remind(sessions, DUE - HOUR)
    await keeper(session, DUE - HOUR).extend(clock, None)
    await session.flush()

    await remind(sessions, DUE)
    await remind(sessions, DUE + DAY)

    told = (await reminders(client, reader))["items"]
    assert [(each["kind"], each["due_on"]) for each in told] == [
        ("before", "2024-10-06"),
        ("before", "2024-10-04"),
    ]


async def test_a_reminder_is_read_by_its_own_desk(
    client: AsyncClient,
    sessions: Sessions,
    keys: Keyring,
    reader: dict[str, str],
    clock: DeadlineClock,
) -> None:
    await remind(sessions, DUE)
    above = await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-13")
    [told] = (await reminders(client, reader, unread=True))["items"]
    path = f"/clocks/reminders/{told['id']}/reading"

    from_above = await client.post(path, headers=above)
    read = await client.post(path, headers=reader)
    again = await client.post(path, headers=reader)

    assert (from_above.status_code, from_above.json()["code"]) == (403, "not-your-desk")
    assert read.json()["read_at"] == again.json()["read_at"] is not None
    assert (await reminders(client, reader, unread=True))["total"] == 0
    assert (await reminders(client, reader, unread=False))["total"] == 1


async def test_each_office_hears_of_its_own_area(
    client: AsyncClient,
    sessions: Sessions,
    keys: Keyring,
    reader: dict[str, str],
    clock: DeadlineClock,
) -> None:
    await remind(sessions, DUE)
    above = await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-13")
    beside = await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-13.04")

    assert (await reminders(client, above))["total"] == 1
    assert (await reminders(client, above, own=True))["total"] == 0
    assert (await reminders(client, beside))["total"] == 0
    assert (await reminders(client, reader, own=True))["total"] == 1


async def test_an_office_hears_of_what_was_handed_to_it(
    client: AsyncClient, session: AsyncSession, sessions: Sessions, keys: Keyring
) -> None:
    there = await office_id(sessions, "bawaslu-73")
    thing = Thing(desk=desk(office_id=there))
    await started(session, Step.HANDLING, TUESDAY, subject=thing)
    session.add(Grant(subject_id=thing.id, office_id=there, since=present() - HOUR))
    await session.flush()
    await remind(sessions, DUE)

    headers = await officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73")

    assert (await reminders(client, headers))["total"] == 1


async def test_behind_a_wall_there_is_no_reminder(
    client: AsyncClient,
    session: AsyncSession,
    sessions: Sessions,
    reader: dict[str, str],
    clock: DeadlineClock,
) -> None:
    await remind(sessions, DUE)
    [told] = (await reminders(client, reader))["items"]
    me = (await client.get("/auth/me", headers=reader)).json()["id"]
    session.add(Wall(subject_id=clock.subject_id, officer_id=UUID(me), since=present()))
    await session.flush()

    hidden = await reminders(client, reader)
    read = await client.post(f"/clocks/reminders/{told['id']}/reading", headers=reader)

    assert (hidden["items"], hidden["total"]) == ([], 0)
    assert read.status_code == 404


async def test_a_reminder_goes_with_its_clock_to_the_new_desk(
    client: AsyncClient,
    session: AsyncSession,
    sessions: Sessions,
    reader: dict[str, str],
    clock: DeadlineClock,
) -> None:
    await remind(sessions, DUE)
    [told] = (await reminders(client, reader))["items"]
    await client.post(f"/clocks/reminders/{told['id']}/reading", headers=reader)
    there = Thing(region_code="14.01", desk=desk())

    await keeper(session, DUE).hand_over(clock.subject_id, there, there.desk)
    await session.flush()

    [moved] = await session.scalars(select(ClockReminder))
    await session.refresh(moved)
    assert (moved.subject_id, moved.office_id) == (there.id, there.desk.office_id)
    assert moved.read_at is None
    assert (await reminders(client, reader))["total"] == 0


async def test_what_is_done_is_not_left_to_read(
    client: AsyncClient,
    session: AsyncSession,
    sessions: Sessions,
    reader: dict[str, str],
    clock: DeadlineClock,
) -> None:
    await remind(sessions, DUE)

    await keeper(session, DUE + HOUR).end(clock)
    await session.flush()

    assert (await reminders(client, reader, unread=True))["total"] == 0
    assert (await reminders(client, reader))["total"] == 1
