"""What an operator does with keys: look at them, rotate them, and change the master key."""

import base64
import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.core.crypto import MasterKey
from app.core.processes import wait_until
from tests.cli.service import NETRA, START_SECONDS, Service
from tests.complaints.filing import Body, complaint, receipt
from tests.servers import ask, data_folder

OFTEN = {"NETRA_KEY_REFRESH": "1"}
COMMAND = [str(NETRA), "keys", "rotate", "--data"]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """One service whose processes read the keys each second."""
    with data_folder() as home:
        service = Service(home, **OFTEN)
        service.wait()
        yield service
        service.stop()


def keys(service: Service, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  our own program
        [NETRA, "keys", *arguments, "--data", service.home],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **OFTEN, **variables},
    )


def file(service: Service) -> Body:
    answer = httpx.post(f"{service.url}/api/v1/complaints", json=complaint())
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def follows(service: Service, filed: Body) -> bool:
    return httpx.get(f"{service.url}/api/v1/receipt", headers=receipt(filed)).is_success


def key_file(service: Service) -> Path:
    return service.home / "master.key"


def test_the_keys_are_shown_without_the_keys(service: Service) -> None:
    file(service)

    shown = keys(service, "show")

    assert shown.returncode == 0, shown.stderr
    assert [line.split()[0] for line in shown.stdout.splitlines()] == ["indeks", "tanda", "segel"]
    assert "in use" in shown.stdout
    assert key_file(service).read_text().strip() not in shown.stdout
    wrapped = ask(service.server, "SELECT encode(wrapped, 'hex') FROM data_key LIMIT 1")
    assert wrapped not in shown.stdout


def test_ctrl_c_leaves_a_rotation_that_the_doctor_names_and_the_next_run_finishes(
    service: Service,
) -> None:
    filed = file(service)
    generation = ask(service.server, "SELECT max(generation) FROM data_key")
    process = subprocess.Popen(  # noqa: S603  our own program
        [*COMMAND, str(service.home)],
        env={**os.environ, "NETRA_KEY_REFRESH": "20"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    announced = "SELECT count(*) FROM data_key WHERE in_use_from > now()"
    assert wait_until(lambda: ask(service.server, announced) == 3, START_SECONDS)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[0].decode()

    examined = subprocess.run(  # noqa: S603  our own program
        [NETRA, "doctor", "--data", service.home], capture_output=True, text=True, check=False
    )
    ask(service.server, "UPDATE data_key SET in_use_from = now() WHERE in_use_from > now()")
    finished = keys(service, "rotate")

    assert process.returncode == 130
    assert "Run it again to continue" in said
    assert "Traceback" not in said
    assert (examined.returncode, "unfinished" in examined.stdout) == (1, True)
    assert finished.returncode == 0, finished.stderr
    assert "the one begun before" in finished.stdout
    assert ask(service.server, "SELECT max(generation) FROM data_key") == generation + 1
    assert follows(service, filed)


def test_the_doctor_names_a_key_that_is_older_than_a_year(service: Service) -> None:
    change = "UPDATE data_key SET in_use_from = in_use_from - interval '{} days'"
    ask(service.server, change.format(400))

    examined = subprocess.run(  # noqa: S603  our own program
        [NETRA, "doctor", "--data", service.home], capture_output=True, text=True, check=False
    )

    ask(service.server, change.format(-400))
    assert examined.returncode == 1
    assert "more than a year" in examined.stdout
    assert examined.stdout.count("✗") == 1


def test_a_new_master_key_is_swapped_in_beside_the_running_service(service: Service) -> None:
    filed, old = file(service), key_file(service).read_text()

    swapped = keys(service, "rotate", "--master")
    rotated = keys(service, "rotate")

    assert swapped.returncode == 0, swapped.stderr
    assert key_file(service).read_text() != old
    assert key_file(service).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in service.home.glob("master.key*")] == ["master.key"]
    # The running processes read the new data keys, which only the new master key opens.
    assert rotated.returncode == 0, rotated.stderr
    assert follows(service, filed)
    assert follows(service, file(service))


@pytest.mark.parametrize("step", ["made", "wrapped", "swapped"])
def test_a_swap_that_was_killed_is_finished_by_the_next_run(service: Service, step: str) -> None:
    """The three moments after which something lies there that the next run must understand."""
    path = key_file(service)
    before = path.read_text()
    fresh, old = path.with_name("master.key.new"), path.with_name("master.key.old")
    MasterKey.from_file(fresh)
    wanted = fresh.read_text()
    if step != "made":
        wrapped = keys(service, "rotate", "--master", "--new-master-file", str(fresh))
        assert wrapped.returncode == 0, wrapped.stderr
    if step == "swapped":
        old.hardlink_to(path)
        fresh.replace(path)

    finished = keys(service, "rotate", "--master")

    assert finished.returncode == 0, finished.stderr
    assert path.read_text() == wanted != before
    assert [each.name for each in service.home.glob("master.key*")] == ["master.key"]
    assert keys(service, "rotate").returncode == 0
    assert follows(service, file(service))


def test_a_master_key_of_ones_own_is_not_touched(service: Service) -> None:
    own = key_file(service).read_text().strip()
    fresh = service.home / "elsewhere.key"

    refused = keys(service, "rotate", "--master", NETRA_MASTER_KEY=own)
    wrapped = keys(
        service, "rotate", "--master", "--new-master-file", str(fresh), NETRA_MASTER_KEY=own
    )
    stranger = base64.b64encode(secrets.token_bytes(32)).decode()
    strange = keys(service, "rotate", NETRA_MASTER_KEY=stranger)

    assert (refused.returncode, "--new-master-file" in refused.stderr) == (1, True)
    assert wrapped.returncode == 0, wrapped.stderr
    assert "NETRA_MASTER_KEY_FILE" in wrapped.stdout
    assert key_file(service).read_text().strip() == own
    assert (strange.returncode, "Traceback" in strange.stderr) == (1, False)
    # It goes on with what it holds; so that the service of these tests can start again:
    assert follows(service, file(service))
    fresh.replace(key_file(service))
