"""What becomes of a notice whose mail server refuses, is down, is slow, or is not to be trusted."""

import socket
import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from app.correspondence.rules.notices import PATIENCE, SERVER_BACK, NoticeState
from tests.correspondence.conftest import Worker
from tests.correspondence.mail import HOST, USER, Post, certificate, mail_server, post_office
from tests.correspondence.writing import ADDRESS, Desk, Reporter, a_reporter


async def test_a_box_that_does_not_exist_is_given_up_and_the_desk_is_told_without_it(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    post.recipient = f"550 5.1.1 <{ADDRESS}> no such user"
    await desk.write(addressed)

    await worker.work(post.server())
    post.recipient = "250 OK"
    await worker.work(post.server(), timedelta(days=2))

    read = await desk.read(addressed)
    assert read["notice_undeliverable"] is True
    assert "notice.undeliverable" in await desk.history(addressed)
    assert ADDRESS not in str(read)
    assert (await addressed.contact())["undeliverable"] is True
    assert post.letters == []


async def test_content_that_is_refused_is_given_up(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    post.content = "554 5.7.1 not here"
    await desk.write(addressed)

    await worker.work(post.server())

    assert await worker.state() is NoticeState.UNDELIVERABLE


async def test_a_new_address_gets_what_the_old_one_could_not(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    post.recipient = "550 no such user"
    await desk.write(addressed)
    await worker.work(post.server())
    post.recipient = "250 OK"

    await addressed.leave("lain@contoh.example")
    await worker.work(post.server())

    assert [each.recipients for each in post.letters] == [["lain@contoh.example"]]
    assert (await desk.read(addressed))["notice_undeliverable"] is False


async def test_a_box_that_is_full_is_tried_again_after_a_while(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    post.recipient = "452 4.2.2 mailbox full"
    await desk.write(addressed)
    await worker.work(post.server())
    post.recipient = "250 OK"

    await worker.work(post.server(), PATIENCE[0] - timedelta(seconds=1))
    before = len(post.letters)
    await worker.work(post.server(), timedelta(seconds=1))

    assert (before, len(post.letters)) == (0, 1)


async def test_a_box_that_stays_full_is_given_up_in_the_end(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    post.recipient = "452 4.2.2 mailbox full"
    await desk.write(addressed)

    for _ in PATIENCE:
        await worker.work(post.server())
        assert await worker.state() is NoticeState.PENDING
        worker.time.now += timedelta(days=3)
    await worker.work(post.server())

    assert await worker.state() is NoticeState.UNDELIVERABLE


async def test_a_server_that_is_down_is_waited_for_however_long(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    with socket.socket() as closed:
        closed.bind((HOST, 0))
        down = mail_server(f"smtp://{HOST}:{closed.getsockname()[1]}?starttls=never")
        await desk.write(addressed)
        for _ in range(len(PATIENCE) + 3):
            await worker.work(down, timedelta(days=1))
    assert await worker.state() is NoticeState.PENDING

    await worker.work(post.server(), SERVER_BACK)

    assert len(post.letters) == 1


async def test_a_server_that_does_not_answer_holds_up_one_round_and_no_transaction(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    post.seconds = 3600
    await desk.write(addressed)

    await worker.work(post.server(seconds=0.3))

    assert await worker.state() is NoticeState.PENDING
    post.seconds = 0
    await worker.work(post.server(), SERVER_BACK)
    assert len(post.letters) == 1


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server shows whose certificate this machine trusts."""
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    return context


async def test_it_signs_in_over_an_encrypted_line(
    addressed: Reporter, desk: Desk, worker: Worker, tls: ssl.SSLContext
) -> None:
    await desk.write(addressed)

    async with post_office(tls) as post:
        await worker.work(post.server(options="", user=f"{USER}:kata%40sandi%3Arekaan@"))

    [letter] = post.letters
    assert letter.is_encrypted
    assert letter.signed_in_as == USER


async def test_no_password_is_shown_to_a_server_that_nobody_vouches_for(
    addressed: Reporter, desk: Desk, worker: Worker, tmp_path: Path
) -> None:
    tls, _ = certificate(tmp_path)
    await desk.write(addressed)

    async with post_office(tls) as post:
        await worker.work(post.server(options="", user=f"{USER}:kata%40sandi%3Arekaan@"))

    assert post.letters == []
    assert await worker.state() is NoticeState.PENDING


async def test_a_server_that_cannot_encrypt_gets_nothing_unless_the_operator_says_so(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    await desk.write(addressed)

    await worker.work(post.server(options=""))
    before = len(post.letters)
    await worker.work(post.server(options="?starttls=offered"), SERVER_BACK)

    assert (before, len(post.letters)) == (0, 1)


async def test_a_wrong_password_costs_no_reporter_the_notice(
    addressed: Reporter, desk: Desk, worker: Worker, tls: ssl.SSLContext
) -> None:
    await desk.write(addressed)

    async with post_office(tls) as post:
        await worker.work(post.server(options="", user=f"{USER}:salah@"))

    assert await worker.state() is NoticeState.PENDING


async def test_no_line_of_the_log_names_anybody(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    await desk.write(addressed)
    post.recipient = f"452 <{ADDRESS}> mailbox full"

    with capture_logs() as lines:
        await worker.work(post.server())
        await worker.work(mail_server("smtp://127.0.0.1:1?starttls=never"), timedelta(hours=1))

    assert [line["event"] for line in lines] == ["mail_refused", "mail_server_away"]
    assert ADDRESS not in str(lines)
    assert str(addressed.subject_id) not in str(lines)


async def test_what_is_due_goes_out_although_one_box_refuses(
    addressed: Reporter, desk: Desk, worker: Worker, post: Post
) -> None:
    second = await a_reporter(addressed.client)
    await second.leave("lain@contoh.example")
    post.refused = {ADDRESS}
    for each in (addressed, second):
        await desk.write(each)

    await worker.work(post.server())

    assert [each.recipients for each in post.letters] == [["lain@contoh.example"]]
