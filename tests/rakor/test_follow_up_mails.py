"""Offices without an account are reminded of what they promised, where an address is known."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.rules.notices import NoticeState
from app.rakor.jobs import remind_of_follow_ups, sending_follow_ups
from app.rakor.models.followups import FollowUpAddress, FollowUpReminder
from tests.correspondence.mail import Post, post_office
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.following import nobody, planned
from tests.rakor.mailing import PUBLIC
from tests.rakor.meeting import Desk, told

EMAIL = "dinas@contoh.example"
NEARLY = datetime(2024, 10, 13, 3, tzinfo=UTC)
"""Morning in Jakarta, less than three days before 15 October ends there."""


class Round:
    """The rounds of the worker, at the moment of the test."""

    public: str | None = PUBLIC

    def __init__(self, sessions: Sessions, keys: Keyring, post: Post) -> None:
        self.sessions = sessions
        self.keys = keys
        self.post = post

    async def work(self, now: datetime) -> list[str]:
        """Remind and send; the texts of what arrived by it."""
        before = len(self.post.letters)
        await remind_of_follow_ups(self.sessions, now)
        server, clock = self.post.server(), lambda: now
        await sending_follow_ups(self.sessions, self.keys, server, clock, self.public)()
        return [_text(each.raw) for each in self.post.letters[before:]]

    async def states(self) -> list[NoticeState | None]:
        async with self.sessions.begin() as session:
            query = select(FollowUpReminder.mail_state).order_by(FollowUpReminder.at)
            return list(await session.scalars(query))


def _text(raw: bytes) -> str:
    body = message_from_bytes(raw, policy=default).get_body()
    assert body is not None
    return str(body.get_content())


@pytest.fixture
async def worker(sessions: Sessions, keys: Keyring) -> AsyncIterator[Round]:
    async with post_office() as post:
        yield Round(sessions, keys, post)


async def test_an_office_without_account_is_reminded_once_with_its_code(
    sijunjung: Desk, worker: Round
) -> None:
    event = await sijunjung.announce()
    follow_up = await planned(sijunjung, event, email=EMAIL)
    await planned(sijunjung, event)

    [letter] = await worker.work(NEARLY)
    again = await worker.work(NEARLY + timedelta(minutes=5))

    assert again == []
    assert follow_up["action"] in letter
    assert "Dinas Rekaan" in letter
    assert "15 Oktober 2024" in letter
    assert f"{PUBLIC}/follow-ups#{follow_up['code']}" in letter
    assert worker.post.letters[0].recipients == [EMAIL]
    guest, done = nobody(sijunjung.client), {"note": "Selesai (rekaan)."}
    code = {"code": follow_up["code"]}
    told(await guest.post("/follow-up-answers/completion", code | done), 200)


async def test_what_is_done_meanwhile_is_not_reminded_of(sijunjung: Desk, worker: Round) -> None:
    event = await sijunjung.announce()
    follow_up = await planned(sijunjung, event, email=EMAIL)
    await remind_of_follow_ups(worker.sessions, NEARLY)
    done = {"note": "Selesai (rekaan)."}
    told(await sijunjung.post(f"/follow-ups/{follow_up['id']}/completion", done), 200)

    assert await worker.work(NEARLY) == []
    assert await worker.states() == [None]


async def test_of_reminders_that_waited_only_what_is_so_goes_out(
    sijunjung: Desk, worker: Round
) -> None:
    event = await sijunjung.announce()
    await planned(sijunjung, event, email=EMAIL)
    due, late = NEARLY + timedelta(days=3), NEARLY + timedelta(days=10)
    for moment in (NEARLY, due):
        await remind_of_follow_ups(worker.sessions, moment)

    [letter] = await worker.work(late)

    assert "sudah lewat jatuh tempo" in letter
    assert await worker.states() == [None, None, NoticeState.SENT]


async def test_what_waited_for_months_is_not_sent_any_more(sijunjung: Desk, worker: Round) -> None:
    event = await sijunjung.announce()
    await planned(sijunjung, event, email=EMAIL)
    await remind_of_follow_ups(worker.sessions, NEARLY)

    assert await worker.work(NEARLY + timedelta(days=90)) == []
    assert await worker.states() == [None]


async def test_nobody_is_written_to_at_night(sijunjung: Desk, worker: Round) -> None:
    event = await sijunjung.announce()
    await planned(sijunjung, event, email=EMAIL)
    night = NEARLY.replace(hour=16)

    assert await worker.work(night) == []
    assert len(await worker.work(night + timedelta(hours=9))) == 1


async def test_a_box_that_takes_nothing_is_given_up_and_one_that_is_full_tried_again(
    sijunjung: Desk, worker: Round
) -> None:
    event = await sijunjung.announce()
    await planned(sijunjung, event, email=EMAIL)
    worker.post.recipient = "450 later"
    assert await worker.work(NEARLY) == []
    assert await worker.states() == [NoticeState.PENDING]
    worker.post.recipient = "250 OK"

    assert len(await worker.work(NEARLY + timedelta(minutes=30))) == 1
    worker.post.refused = {EMAIL}
    await planned(sijunjung, event, email=EMAIL)
    assert await worker.work(NEARLY + timedelta(hours=1)) == []

    assert set(await worker.states()) == {NoticeState.SENT, NoticeState.UNDELIVERABLE}
    told_of = told(await sijunjung.get("/follow-up-reminders"), 200)["items"]
    assert {each["mail_state"] for each in told_of} == {"sent", "undeliverable"}


async def test_without_a_public_address_the_letter_holds_the_code(
    sijunjung: Desk, worker: Round
) -> None:
    worker.public = None
    follow_up = await planned(sijunjung, await sijunjung.announce(), email=EMAIL)

    [letter] = await worker.work(NEARLY)

    assert f"Laporkan dengan: {follow_up['code']}" in letter


async def test_a_reissue_gives_a_new_code_and_sends_the_last_reminder_to_the_new_box(
    sijunjung: Desk, worker: Round, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    before = await planned(sijunjung, event, email=EMAIL)
    worker.post.refused = {EMAIL}
    assert await worker.work(NEARLY) == []
    path = f"/follow-ups/{before['id']}"
    set_clock(NEARLY)

    after = told(await sijunjung.post(f"{path}/reissue", {"email": "baru@contoh.example"}), 200)

    [letter] = await worker.work(NEARLY + timedelta(minutes=5))
    assert worker.post.letters[-1].recipients == ["baru@contoh.example"]
    assert after["code"] in letter
    guest, note = nobody(sijunjung.client), {"note": "Selesai (rekaan)."}
    old = await guest.post("/follow-up-answers/completion", note | {"code": before["code"]})
    assert old.status_code == 401
    told(await guest.post("/follow-up-answers/completion", note | {"code": after["code"]}), 200)
    assert (await sijunjung.post(f"{path}/reissue", {})).status_code == 409


async def test_a_reissue_without_an_address_keeps_the_one_that_is_known(
    open_desk: OpenDesk, sijunjung: Desk, worker: Round
) -> None:
    event = await sijunjung.announce()
    known = await planned(sijunjung, event, email=EMAIL)
    none = await planned(sijunjung, event)
    for each in (known, none):
        told(await sijunjung.post(f"/follow-ups/{each['id']}/reissue", {}), 200)

    [letter] = await worker.work(NEARLY)

    assert known["code"] not in letter
    assert worker.post.letters[0].recipients == [EMAIL]
    province = await open_desk("13")
    stranger = await open_desk("73.04")
    path = f"/follow-ups/{known['id']}/reissue"
    assert (await province.post(path, {})).status_code == 200
    assert (await stranger.post(path, {})).status_code == 404


async def test_the_address_lies_sealed_and_is_shown_nowhere(
    sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    follow_up = await planned(sijunjung, event, email=EMAIL)

    read = await sijunjung.get(f"/follow-ups/{follow_up['id']}")

    assert EMAIL not in read.text
    async with sessions.begin() as session:
        kept = (await session.scalars(select(FollowUpAddress))).one()
    assert b"contoh" not in kept.sealed
