"""Who has not answered is reminded: before the day, on it, and after it, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient

from tests.rakor.mailing import ADDRESS, OTHER, WRITTEN_TO, Worker, revise
from tests.rakor.meeting import NAGARI, Desk, answer, told

# Answers are asked for until the 27th, three days before the event; these are noons in Sijunjung.
BEFORE = datetime(2024, 9, 27, 5, tzinfo=UTC)
AT = datetime(2024, 9, 28, 5, tzinfo=UTC)
AFTER = datetime(2024, 9, 29, 5, tzinfo=UTC)


@pytest.fixture
async def event(sijunjung: Desk) -> str:
    return await sijunjung.announce()


async def reminded(worker: Worker, moment: datetime) -> list[str]:
    """Who gets a reminder in the rounds of this moment."""
    worker.until(moment)
    await worker.remind()
    letters = await worker.send()
    assert all(each.subject.startswith("Pengingat: ") for each in letters)
    return sorted(each.to for each in letters)


async def test_who_stays_silent_is_reminded_three_times(
    sijunjung: Desk, worker: Worker, event: str
) -> None:
    await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()

    early = await reminded(worker, BEFORE - timedelta(days=1))
    told_at = [await reminded(worker, moment) for moment in (BEFORE, BEFORE, AT, AT, AFTER, AFTER)]

    assert early == []
    assert told_at == [[ADDRESS], [], [ADDRESS], [], [ADDRESS], []]


async def test_who_answered_hears_nothing(
    client: AsyncClient, sijunjung: Desk, worker: Worker, event: str
) -> None:
    one, _ = await sijunjung.invite(event, WRITTEN_TO, NAGARI | {"email": OTHER})
    told(await answer(client, one["code"], answer="declined", reason="Rapat lain."), 200)
    worker.wait(timedelta(hours=1))
    await worker.send()

    worker.until(BEFORE)
    assert await worker.remind() == 1
    assert [each.to for each in await worker.send()] == [OTHER]


async def test_an_answer_given_meanwhile_takes_the_reminder_back(
    client: AsyncClient, sijunjung: Desk, worker: Worker, event: str
) -> None:
    [one] = await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()
    worker.until(BEFORE)
    await worker.remind()

    told(await answer(client, one["code"], answer="coming"), 200)

    assert await worker.send() == []


async def test_nobody_is_reminded_at_night(sijunjung: Desk, worker: Worker, event: str) -> None:
    await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()

    at_night = await reminded(worker, datetime(2024, 9, 26, 20, tzinfo=UTC))
    in_the_morning = await reminded(worker, datetime(2024, 9, 27, 0, tzinfo=UTC))

    assert (at_night, in_the_morning) == ([], [ADDRESS])


async def test_who_was_invited_late_is_not_reminded_of_what_he_just_got(
    sijunjung: Desk, worker: Worker, event: str
) -> None:
    worker.until(AT)
    await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()

    assert await reminded(worker, AT) == []
    assert await reminded(worker, AFTER) == [ADDRESS]


async def test_once_the_event_has_begun_nobody_is_reminded(
    sijunjung: Desk, worker: Worker, event: str
) -> None:
    await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()

    # The 30th has begun in Sijunjung.
    assert await reminded(worker, datetime(2024, 9, 29, 18, tzinfo=UTC)) == []


async def test_the_day_that_the_organiser_named_counts(
    sijunjung: Desk, worker: Worker, event: str
) -> None:
    await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()
    await revise(sijunjung, event, answers_due_on="2024-09-23")

    assert await reminded(worker, datetime(2024, 9, 23, 5, tzinfo=UTC)) == [ADDRESS]


async def test_answers_are_not_asked_for_after_the_start(sijunjung: Desk, event: str) -> None:
    late = {"answers_due_on": "2024-10-01"}

    refused = await sijunjung.patch(event, late, **{"If-Match": '"2"'})

    assert told(refused, 422)["errors"][0]["pointer"] == "/answers_due_on"
