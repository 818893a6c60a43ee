import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.exc import DBAPIError, ProgrammingError

from app.core.cluster import APPLICATION, OWNER
from app.core.postgres import EmbeddedServer
from app.core.processes import CannotStart, processes_in, wait_until
from tests.core.conftest import Open
from tests.servers import ask

# The wheel, and every PostgreSQL that this machine has besides.
VERSIONS = [None, *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
SERVE = """
import pathlib, sys, time
from app.core.postgres import EmbeddedServer
server = EmbeddedServer(pathlib.Path(sys.argv[1]))
server.start()
print("ready", flush=True)
time.sleep(600)
"""


def insist(server: EmbeddedServer, statement: str) -> None:
    with suppress(DBAPIError):
        ask(server, statement)


def start_elsewhere(home: Path) -> "subprocess.Popen[bytes]":
    """Start the server of this folder from another process, and wait until it runs."""
    parent = subprocess.Popen(  # noqa: S603  this very Python
        [sys.executable, "-c", SERVE, home], stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    return parent


def postmaster(server: EmbeddedServer) -> int:
    return int((server.cluster.files / "postmaster.pid").read_text().splitlines()[0])


def logged(server: EmbeddedServer) -> str:
    return "".join(file.read_text() for file in (server.cluster.files / "log").iterdir())


@pytest.mark.parametrize("binaries", VERSIONS, ids=str)
def test_both_roles_enter_under_their_own_names(
    home: Path, opened: Open, binaries: Path | None
) -> None:
    server = opened(home, binaries)

    names = [ask(server, "SELECT current_user", role) for role in (OWNER, APPLICATION)]

    assert names == [OWNER, APPLICATION]


@pytest.mark.parametrize("binaries", VERSIONS, ids=str)
def test_text_is_utf8_and_knows_the_case_of_every_letter(
    home: Path, opened: Open, binaries: Path | None
) -> None:
    server = opened(home, binaries)

    answer = ask(server, "SELECT lower('ÉTÉ') || current_setting('server_encoding')")

    assert answer == "étéUTF8"


@pytest.mark.parametrize("binaries", VERSIONS, ids=str)
def test_the_extensions_are_there(home: Path, opened: Open, binaries: Path | None) -> None:
    server = opened(home, binaries)

    names = ask(server, "SELECT array_agg(extname::text) FROM pg_extension")

    assert {"pg_trgm", "btree_gist", "unaccent"} <= set(names)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine (a int)", "CREATE TEMP TABLE mine (a int)"]
)
def test_the_application_cannot_create_tables(home: Path, opened: Open, statement: str) -> None:
    server = opened(home)

    with pytest.raises(ProgrammingError, match="permission denied"):
        ask(server, statement, APPLICATION)


def test_nobody_enters_as_superuser(home: Path, opened: Open) -> None:
    server = opened(home)

    with pytest.raises(Exception, match="no pg_hba"):
        ask(server, "SELECT 1", "postgres")


def test_variables_meant_for_other_servers_change_nothing(
    home: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "7777")
    monkeypatch.setenv("PGDATA", "/nowhere")

    server = opened(home)

    assert ask(server, "SELECT 1") == 1


def test_the_server_never_sees_the_master_key(
    home: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETRA_MASTER_KEY", "canary")

    server = opened(home)

    environment = Path(f"/proc/{postmaster(server)}/environ").read_bytes()
    assert b"LC_ALL" in environment
    assert b"canary" not in environment


def test_its_log_holds_no_values(home: Path, opened: Open) -> None:
    server = opened(home)
    ask(server, "CREATE TABLE person (name text PRIMARY KEY)")
    ask(server, "INSERT INTO person VALUES ('canary')")

    for statement in (
        "INSERT INTO person VALUES ('canary')",
        "SELECT 'canary'::int",
        "SELECT 'canary', pg_terminate_backend(pg_backend_pid())",
    ):
        insist(server, statement)

    # The collector of the log is a process of its own.
    assert wait_until(lambda: "terminating connection" in logged(server), 5)
    assert "canary" not in logged(server)


def test_a_killed_server_comes_back_with_what_was_committed(home: Path, opened: Open) -> None:
    server = opened(home)
    ask(server, "CREATE TABLE kept (a int)")
    ask(server, "INSERT INTO kept VALUES (7)")
    os.kill(postmaster(server), signal.SIGKILL)
    assert wait_until(server.has_died, 5)

    server.start()

    assert ask(server, "SELECT a FROM kept") == 7


def test_a_statement_that_survives_its_killed_server_does_not_delay_the_next(
    home: Path, opened: Open
) -> None:
    server = opened(home)
    busy = Thread(target=insist, args=(server, "SELECT count(*) FROM generate_series(1, 1e12)"))
    busy.start()
    running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%1e12%' AND state = 'active'"
    assert wait_until(lambda: ask(server, running) == 2, 5)
    os.kill(postmaster(server), signal.SIGKILL)
    assert wait_until(server.has_died, 5)
    began = time.monotonic()

    server.start()

    assert time.monotonic() - began < 5
    busy.join()


def test_a_killed_parent_takes_the_server_with_it(home: Path, opened: Open) -> None:
    with start_elsewhere(home) as parent:
        server = EmbeddedServer(home)
        ask(server, "CREATE TABLE kept (a int)")
        ask(server, "INSERT INTO kept VALUES (7)")
        assert processes_in(server.cluster.files, "postgres")

        parent.kill()

    assert wait_until(lambda: not processes_in(server.cluster.files, "postgres"), 10)
    assert ask(opened(home), "SELECT a FROM kept") == 7


def test_a_start_at_the_very_moment_of_the_kill_waits_and_succeeds(
    home: Path, opened: Open
) -> None:
    with start_elsewhere(home) as parent:
        parent.kill()

    assert ask(opened(home), "SELECT 1") == 1


def test_a_stop_leaves_nothing_running_and_nothing_to_recover(home: Path, opened: Open) -> None:
    server = opened(home)

    server.stop()

    control = server.cluster.command("pg_controldata", str(server.cluster.files)).run().stdout
    assert re.search(r"state: +shut down$", control, re.MULTILINE)
    assert not processes_in(server.cluster.files, "postgres")
    assert not server.is_running()


def test_a_folder_in_use_is_refused(home: Path, opened: Open) -> None:
    opened(home)

    with pytest.raises(CannotStart, match=f"in use by process {os.getpid()}"):
        EmbeddedServer(home).start()


def test_a_running_server_is_seen_by_others(home: Path, opened: Open) -> None:
    before = EmbeddedServer(home).is_running()
    opened(home)

    assert (before, EmbeddedServer(home).is_running()) == (False, True)
