"""Who may not read a message reads nothing of it, neither over the wire nor at rest."""

from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.correspondence.models import Message
from tests.correspondence.writing import Desk, Reporter, a_desk, a_reporter


async def test_nobody_can_mark_up_to_a_message_of_another_report(
    client: AsyncClient, reporter: Reporter, desk: Desk
) -> None:
    other, id = await a_reporter(client), new_id()
    await other.write("Rahasia.", id)

    answers = [await desk.mark(reporter, str(id)), await reporter.see(str(id))]

    assert [each.status_code for each in answers] == [422, 422]
    assert [each.json()["errors"][0]["code"] for each in answers] == ["unknown-message"] * 2
    assert [each["id"] for each in await desk.rows(unread=True)] == [str(other.subject_id)]


async def test_one_receipt_reads_nothing_of_another(
    client: AsyncClient, reporter: Reporter
) -> None:
    await reporter.write("Rahasia.")

    other = await a_reporter(client)

    assert (await other.messages())["items"] == []


async def test_another_province_is_out_of_sight(
    client: AsyncClient, sessions: Sessions, keys: Keyring, reporter: Reporter
) -> None:
    await reporter.write()
    other = await a_desk(client, sessions, keys, "bawaslu-13")
    path = f"/complaints/{reporter.subject_id}/messages"

    answers = [
        await client.get(path, headers=other.headers),
        await other.write(reporter),
        await other.mark(reporter, str(new_id())),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_the_journal_knows_of_it_and_not_a_word(
    sessions: Sessions, reporter: Reporter, desk: Desk
) -> None:
    id = new_id()
    await reporter.write("Kata rahasia.", id)
    await desk.messages(reporter)
    await desk.mark(reporter, str(id))
    await desk.write(reporter, "Kata rahasia juga.")

    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.subject_id == reporter.subject_id)
        entries = (await session.scalars(query.order_by(JournalEntry.at))).all()

    assert [each.action for each in entries] == [
        "complaint.filed",
        "message.sent_by_reporter",
        "message.opened",
        "message.read_by_office",
        "message.sent_by_office",
    ]
    assert "rahasia" not in str([each.payload for each in entries])


async def test_when_a_reporter_reads_is_in_no_history(reporter: Reporter, desk: Desk) -> None:
    await desk.write(reporter)
    [message] = (await reporter.messages())["items"]
    before = await desk.history(reporter)

    await reporter.see(message["id"])

    assert await desk.history(reporter) == before


async def test_no_word_of_a_message_lies_open_in_the_table(
    sessions: Sessions, reporter: Reporter
) -> None:
    await reporter.write("Kata rahasia.")

    async with sessions.begin() as session:
        row = (await session.scalars(select(Message))).one()

    assert b"rahasia" not in row.sealed
