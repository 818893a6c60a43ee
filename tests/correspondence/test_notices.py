"""A notice goes to the address that was left, by day, once, and without a word of the content."""

import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message as Parsed
from email.policy import default

import pytest

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.correspondence.service.sending import SendingService
from tests.correspondence.conftest import Time, Worker
from tests.correspondence.mail import SENDER, Post
from tests.correspondence.writing import ADDRESS, Desk, Reporter

NIGHT = datetime(2024, 11, 6, 14, 30, tzinfo=UTC)
SEVEN = datetime(2024, 11, 6, 23, 0, tzinfo=UTC)


def parsed(raw: bytes) -> Parsed:
    return message_from_bytes(raw, policy=default)


def body_of(raw: bytes) -> str:
    return str(parsed(raw).get_payload())


async def test_what_arrives_says_that_there_is_news_and_nothing_else(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    await desk.write(addressed, "Mohon sebutkan saksi Terlapor Rekaan.")
    await desk.review(addressed)

    await worker.work(post.server())

    [letter] = post.letters
    seen = letter.raw.decode("ascii").lower()
    told = [
        *("bawaslu", "netra", "aduan", "lapor", "complaint", "report", "kajian", "review"),
        *("mohon", "saksi", "terlapor", "jeneponto", "kantor", "office", "kode", "code"),
        *("http", "www", "<html", "receipt", "73.04", "petugas"),
        str(addressed.subject_id),
        addressed.filed["receipt_code"].lower(),
        socket.gethostname().lower(),
    ]
    assert [word for word in told if word in seen] == []
    assert letter.recipients == [ADDRESS]
    assert letter.greeted_as == "surat.example"


async def test_its_headers_tell_no_more(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    await desk.write(addressed)

    await worker.work(post.server())

    letter = parsed(post.letters[0].raw)
    assert set(letter.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert letter["From"] == post.letters[0].sender == SENDER
    assert letter["Subject"] == "Ada kabar baru untuk Anda"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"] == "Wed, 06 Nov 2024 05:00:00 +0000"
    assert letter.get_content_type() == "text/plain"
    assert letter["Message-ID"].endswith("@surat.example>")


async def test_two_letters_have_nothing_in_common_but_their_words(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    for _ in range(2):
        await desk.write(addressed)
        await worker.work(post.server())
        await addressed.see()

    ids = [parsed(each.raw)["Message-ID"] for each in post.letters]

    assert len(set(ids)) == 2


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_language_that_was_chosen_stands_first(
    reporter: Reporter, desk: Desk, worker: Worker, post: Post, language: str
) -> None:
    await reporter.leave(language=language)
    await desk.write(reporter)

    await worker.work(post.server())

    [letter] = post.letters
    words = ["Ada kabar baru", "There is news"]
    first, second = words if language == "id" else reversed(words)
    assert parsed(letter.raw)["Subject"].startswith(first)
    assert body_of(letter.raw).startswith(first)
    assert second in body_of(letter.raw)


async def test_much_news_is_one_letter(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    for _ in range(3):
        await desk.write(addressed)
    await desk.review(addressed)

    await worker.work(post.server())
    await desk.write(addressed)
    await worker.work(post.server(), timedelta(hours=2))

    assert len(post.letters) == 1


async def test_a_new_status_is_news(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    await desk.review(addressed)

    await worker.work(post.server())

    assert len(post.letters) == 1


async def test_after_reading_the_next_news_is_told_again(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    message = (await desk.write(addressed)).json()
    await worker.work(post.server())
    await addressed.see(message["id"])

    await desk.write(addressed)
    await worker.work(post.server())

    assert len(post.letters) == 2


async def test_who_reads_before_the_letter_is_sent_gets_none(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    message = (await desk.write(addressed)).json()
    await addressed.see(message["id"])

    await worker.work(post.server())

    assert post.letters == []


async def test_what_came_while_the_reporter_read_is_told(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post, time: Time
) -> None:
    seen = (await desk.write(addressed)).json()
    await worker.work(post.server())
    time.now += timedelta(seconds=1)
    await desk.write(addressed)

    await addressed.see(seen["id"])
    await worker.work(post.server())

    assert len(post.letters) == 2


async def test_at_night_nothing_goes_out(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post, time: Time
) -> None:
    time.now = NIGHT
    await desk.write(addressed)

    await worker.work(post.server())
    time.now = SEVEN - timedelta(seconds=1)
    await worker.work(post.server())
    before = len(post.letters)
    time.now = SEVEN
    await worker.work(post.server())

    assert (before, len(post.letters)) == (0, 1)


async def test_what_was_left_over_from_the_day_waits_for_the_morning(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post, time: Time
) -> None:
    await desk.write(addressed)

    time.now = NIGHT
    await worker.work(post.server())
    before = len(post.letters)
    time.now = SEVEN
    await worker.work(post.server())

    assert (before, len(post.letters)) == (0, 1)


async def test_the_history_says_that_a_notice_went_out(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    await desk.write(addressed)

    await worker.work(post.server())

    assert "notice.sent" in await desk.history(addressed)


async def test_a_letter_in_hand_is_not_taken_twice(
    addressed: Reporter, desk: Desk, sessions: Sessions, keys: Keyring, time: Time
) -> None:
    await desk.write(addressed)

    taken = []
    for _ in range(2):
        async with sessions.begin() as session:
            taken.append(await SendingService(session, time.now, keys, SENDER).take())

    assert [each is None for each in taken] == [False, True]
