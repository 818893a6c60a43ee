"""What becomes of a letter to an invited office: by its answer, by its box, and by the rounds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.rules.notices import Outcome
from app.rakor.rules.mails import ANSWERING
from app.rakor.service.mail_sending import MailSendingService
from tests.correspondence.mail import SENDER, Post
from tests.rakor.mailing import ADDRESS, OTHER, WRITTEN_TO, Worker, revise
from tests.rakor.meeting import NAGARI, Desk, answer, told


async def mails(desk: Desk, event: str, query: str = "") -> list[dict[str, Any]]:
    listed = told(await desk.get(f"{event}/invitation-mails{query}"), 200)["items"]
    return [*reversed(listed)]


@pytest.mark.parametrize(
    ("said", "partstat"),
    [
        ({"answer": "coming"}, "ACCEPTED"),
        ({"answer": "sends_deputy", "deputy_post": "Sekretaris Nagari"}, "ACCEPTED"),
        ({"answer": "declined", "reason": "Rapat lain."}, "DECLINED"),
    ],
)
async def test_the_calendar_says_what_the_office_answered(
    client: AsyncClient, sijunjung: Desk, worker: Worker, said: dict[str, str], partstat: str
) -> None:
    event = await sijunjung.announce()
    [invited] = await sijunjung.invite(event, WRITTEN_TO)
    first = await worker.send_one()

    told(await answer(client, invited["code"], **said), 200)
    at_once = await worker.send()
    worker.wait(ANSWERING)
    letter = await worker.send_one()

    assert at_once == []
    assert letter.partstat == partstat
    assert (letter.entry.uid, letter.method) == (first.entry.uid, "REQUEST")
    assert letter.entry.sequence == first.entry.sequence
    assert "Rapat lain." not in letter.text


async def test_who_changes_his_mind_at_once_gets_one_letter(
    client: AsyncClient, sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce()
    [invited] = await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()

    told(await answer(client, invited["code"], answer="declined", reason="Sakit."), 200)
    told(await answer(client, invited["code"], answer="coming"), 200)
    worker.wait(ANSWERING)

    assert (await worker.send_one()).partstat == "ACCEPTED"


async def test_who_waits_is_told_when_a_seat_is_free(
    client: AsyncClient, sijunjung: Desk, worker: Worker
) -> None:
    event = await sijunjung.announce(capacity=1)
    first, second = await sijunjung.invite(event, NAGARI, WRITTEN_TO)
    told(await answer(client, first["code"], answer="coming"), 200)
    told(await answer(client, second["code"], answer="coming"), 200)
    await worker.send_one()
    worker.wait(ANSWERING)
    waiting = await worker.send_one()

    told(await answer(client, first["code"], answer="declined", reason="Rapat lain."), 200)
    seated = await worker.send_one()

    assert (waiting.partstat, seated.partstat) == ("TENTATIVE", "ACCEPTED")
    assert "Daftar tunggu" in waiting.text
    assert seated.subject.startswith("Mendapat tempat: ")


async def test_once_it_is_over_nobody_is_written_to(sijunjung: Desk, worker: Worker) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)

    worker.until(datetime(2024, 10, 1, 17, tzinfo=UTC))

    assert await worker.send() == []
    assert await mails(sijunjung, event) == []


async def test_the_history_names_no_address(
    sijunjung: Desk, worker: Worker, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    [invited] = await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()

    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == "invitation_mail.sent")
        [entry] = (await session.scalars(query)).all()
    assert entry.payload == {"invitation": invited["id"], "kind": "invitation"}
    [listed] = await mails(sijunjung, event)
    assert (listed["state"], listed["sequence"], listed["tries"]) == ("sent", 0, 1)
    assert ADDRESS not in str(listed)


async def test_only_the_organiser_sees_what_became_of_letters(
    client: AsyncClient, sijunjung: Desk, open_desk: Any
) -> None:
    event = await sijunjung.announce()
    guest = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})

    assert (await guest.get(f"{event}/invitation-mails")).status_code == 403
    assert (await client.get(f"{event}/invitation-mails")).status_code == 401


async def test_a_box_that_does_not_exist_is_told_to_the_organiser(
    sijunjung: Desk, worker: Worker, post: Post
) -> None:
    event = await sijunjung.announce()
    one, _ = await sijunjung.invite(event, WRITTEN_TO, NAGARI | {"email": OTHER})
    post.refused = {ADDRESS}

    letters = await worker.send()
    worker.wait(timedelta(days=1))
    again = await worker.send()

    assert ([each.to for each in letters], again) == ([OTHER], [])
    [lost] = await mails(sijunjung, event, "?state=undeliverable")
    assert lost["invitation_id"] == one["id"]


async def test_a_full_box_is_tried_again(sijunjung: Desk, worker: Worker, post: Post) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)
    post.recipient = "452 4.2.2 mailbox full"
    await worker.send()
    post.recipient = "250 OK"

    assert await worker.send() == []
    worker.wait(timedelta(minutes=5))
    assert (await worker.send_one()).to == ADDRESS


async def test_what_changes_while_a_letter_is_on_its_way_is_told_by_the_next(
    sijunjung: Desk, worker: Worker, sessions: Sessions, keys: Keyring
) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)
    async with sessions.begin() as session:
        service = MailSendingService(session, worker.now, keys, SENDER, None)
        in_hand = await service.take()
    assert in_hand is not None

    await revise(sijunjung, event, venue="Gedung Rekaan")
    async with sessions.begin() as session:
        service = MailSendingService(session, worker.now, keys, SENDER, None)
        await service.settle(in_hand.id, Outcome.SENT)

    letter = await worker.send_one()
    assert letter.subject.startswith("Perubahan: ")
    assert (letter.entry.location, letter.entry.sequence) == ("Gedung Rekaan", 1)


async def test_an_answer_changed_while_its_letter_is_on_its_way_is_told_again(
    client: AsyncClient, sijunjung: Desk, worker: Worker, sessions: Sessions, keys: Keyring
) -> None:
    event = await sijunjung.announce()
    [invited] = await sijunjung.invite(event, WRITTEN_TO)
    await worker.send_one()
    told(await answer(client, invited["code"], answer="coming"), 200)
    worker.wait(ANSWERING)
    async with sessions.begin() as session:
        in_hand = await MailSendingService(session, worker.now, keys, SENDER, None).take()
    assert in_hand is not None

    told(await answer(client, invited["code"], answer="declined", reason="Sakit."), 200)
    async with sessions.begin() as session:
        service = MailSendingService(session, worker.now, keys, SENDER, None)
        await service.settle(in_hand.id, Outcome.SENT)

    assert (await worker.send_one()).partstat == "DECLINED"


async def test_a_letter_in_hand_is_not_taken_twice(
    sijunjung: Desk, worker: Worker, sessions: Sessions, keys: Keyring
) -> None:
    event = await sijunjung.announce()
    await sijunjung.invite(event, WRITTEN_TO)

    taken = []
    for _ in range(2):
        async with sessions.begin() as session:
            taken.append(await MailSendingService(session, worker.now, keys, SENDER, None).take())

    assert [each is None for each in taken] == [False, True]
