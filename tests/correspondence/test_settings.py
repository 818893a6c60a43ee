"""What an operator writes about e-mail: taken as meant, or refused without showing the password."""

import socket
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from app.cli.checks import Patient, check_mail
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.processes import CannotStart
from app.core.settings import Settings
from app.correspondence.files.smtp import MailServer
from app.rounds import jobs_of
from tests.correspondence.mail import HOST, SENDER, Post, mail_server


def settings(url: str) -> Settings:
    return Settings(smtp_url=SecretStr(url), mail_from=SENDER)


def test_without_a_mail_server_the_worker_sends_nothing(
    sessions: Sessions, keys: Keyring, tmp_path: Path
) -> None:
    jobs = jobs_of(sessions, keys, Settings(data=tmp_path))

    assert "send_notices" not in [job.name for job in jobs]


def test_with_one_it_sends_every_minute(sessions: Sessions, keys: Keyring, tmp_path: Path) -> None:
    mailing = settings("smtp://surat.example").model_copy(update={"data": tmp_path})

    jobs = jobs_of(sessions, keys, mailing)

    [sending] = [job for job in jobs if job.name == "send_notices"]
    assert sending.when == "* * * * *"


@pytest.mark.parametrize(
    ("url", "port", "upgrade", "is_tls"),
    [
        ("smtp://surat.example", 587, True, False),
        ("smtp://surat.example:25?starttls=never", 25, False, False),
        ("smtp://surat.example?starttls=offered", 587, None, False),
        ("smtps://surat.example", 465, False, True),
    ],
)
def test_a_line_is_encrypted_unless_the_operator_says_otherwise(
    url: str, port: int, *, upgrade: bool | None, is_tls: bool
) -> None:
    said = mail_server(url).connection

    assert (said["port"], said["start_tls"], said["use_tls"]) == (port, upgrade, is_tls)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://surat.example", "kabar@surat.example"),
        ("smtp://", "kabar@surat.example"),
        ("smtp://surat.example:x", "kabar@surat.example"),
        ("smtp://surat.example/kotak", "kabar@surat.example"),
        ("smtp://surat.example?starttls=maybe", "kabar@surat.example"),
        ("smtp://surat.example?tls=no", "kabar@surat.example"),
        ("smtp://surat.example", ""),
        ("smtp://surat.example", "Bawaslu <kabar@surat.example>"),
    ],
)
def test_what_the_operator_wrote_wrong_is_said_without_the_password(url: str, sender: str) -> None:
    written = url.replace("://", "://pengirim:rahasia@")

    with pytest.raises(CannotStart) as refused:
        MailServer.of(Settings(smtp_url=SecretStr(written), mail_from=sender))

    assert "rahasia" not in str(refused.value) + repr(refused.value.__context__)


def test_the_password_is_not_shown_with_the_server() -> None:
    server = mail_server("smtp://pengirim:rahasia@surat.example")

    assert "rahasia" not in repr(server)


async def test_the_doctor_tries_the_server_and_sends_nothing(
    engine: AsyncEngine, owner: AsyncEngine, post: Post
) -> None:
    with socket.socket() as closed:
        closed.bind((HOST, 0))
        down = f"smtp://{HOST}:{closed.getsockname()[1]}"
        urls = [post.url(), post.url(options=""), down, "http://surat.example"]
        remedies = [
            await check_mail(Patient(each, engine, owner))
            for each in (Settings(), *map(settings, urls))
        ]

    assert [remedy is None for remedy in remedies] == [True, True, False, False, False]
    assert post.letters == []
