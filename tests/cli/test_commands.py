"""What the command line refuses, finds and mends."""

import socket
import subprocess
import time
from pathlib import Path

import pytest

from app.core.cluster import APPLICATION, OWNER
from app.core.postgres import EmbeddedServer
from tests.cli.service import NETRA, START_SECONDS, Service, Start
from tests.servers import ask


def test_another_service_on_the_same_folder_is_refused(service: Service, start: Start) -> None:
    second = start()

    assert second.process.wait(START_SECONDS) == 1
    assert f"in use by process {service.process.pid}" in second.said.read_text()
    assert service.answers()


def test_a_port_in_use_is_refused_in_plain_words(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        service = start("--port", str(taken.getsockname()[1]))

        assert service.process.wait(START_SECONDS) == 1

    assert "choose another --port" in service.said.read_text()
    assert "Traceback" not in service.said.read_text()


def test_a_server_of_ones_own_is_used_and_left_running(home: Path, start: Start) -> None:
    server = EmbeddedServer(home / "own")
    server.start()
    service = start(DATABASE_URL=server.url(APPLICATION), DATABASE_URL_DIRECT=server.url(OWNER))

    service.wait()
    exit_code = service.stop()
    entries = ask(server, "SELECT count(*) FROM journal_entry", APPLICATION)
    server.stop()

    assert (exit_code, entries) == (0, 0)
    assert not (home / "cluster").exists()


def test_a_database_that_refuses_is_named_without_its_password(home: Path, start: Start) -> None:
    server = EmbeddedServer(home / "own")
    server.start()
    url = server.url("stranger:secret")

    service = start(DATABASE_URL=url, DATABASE_URL_DIRECT=url)
    exit_code = service.process.wait(START_SECONDS)
    server.stop()

    assert exit_code == 1
    assert "The database cannot be reached" in service.said.read_text()
    assert "secret" not in service.said.read_text()


def test_a_command_in_an_empty_folder_says_what_to_do_first(home: Path) -> None:
    for arguments in (("stats", "check"), ("clocks", "rules")):
        refused = command(home, *arguments)

        assert refused.returncode == 1
        assert "run: netra migrate" in refused.stderr
        assert "Traceback" not in refused.stderr


def command(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run another command on the same data folder."""
    return subprocess.run(  # noqa: S603  our own program
        [NETRA, *arguments, "--data", home], capture_output=True, text=True, check=False
    )


def test_the_doctor_finds_nothing_beside_a_running_service(lasting: Service) -> None:
    examined = command(lasting.home, "doctor")

    assert examined.returncode == 0, examined.stdout
    assert "✗" not in examined.stdout
    assert lasting.answers()


def test_the_doctor_says_what_to_do(service: Service) -> None:
    ask(service.server, f"GRANT UPDATE ON journal_entry TO {APPLICATION}")
    (service.home / "master.key").chmod(0o644)
    service.stop()

    examined = command(service.home, "doctor")

    assert examined.returncode == 1
    assert f"chmod 600 {service.home}/master.key" in examined.stdout
    assert "can alter tables or the journal" in examined.stdout
    assert examined.stdout.count("✗") == 2


def test_a_migration_puts_privileges_right(lasting: Service) -> None:
    ask(lasting.server, f"GRANT UPDATE ON journal_entry TO {APPLICATION}")

    migrated = command(lasting.home, "migrate")

    assert migrated.returncode == 0, migrated.stderr
    assert command(lasting.home, "doctor").returncode == 0


@pytest.mark.parametrize(
    "change", ["UPDATE journal_entry SET action = ''", "DELETE FROM journal_entry"]
)
def test_the_application_cannot_change_the_past(lasting: Service, change: str) -> None:
    with pytest.raises(Exception, match="permission denied for table journal_entry"):
        ask(lasting.server, change, APPLICATION)


def test_help_is_quick() -> None:
    began = time.monotonic()

    subprocess.run([NETRA, "--help"], capture_output=True, check=True)  # noqa: S603

    assert time.monotonic() - began < 1
