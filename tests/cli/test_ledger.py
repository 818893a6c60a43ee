"""What an operator does with the open logs while the service runs."""

import base64
import os
import subprocess
from pathlib import Path

import httpx

from app.core.processes import wait_until
from tests.cli.service import NETRA, START_SECONDS, Service
from tests.servers import ask

IN_USE = "SELECT verifier_key FROM ledger_key WHERE log = 'declarations' AND until IS NULL"
ENDED = "SELECT count(*) FROM ledger_key WHERE until IS NOT NULL AND sealed_private IS NULL"


def rotate(home: Path, log: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603  our own program
        [NETRA, "ledger", "rotate-key", log, "--data", home],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )


def test_the_key_of_a_log_is_replaced_beside_the_running_service(service: Service) -> None:
    assert wait_until(lambda: ask(service.server, IN_USE) is not None, START_SECONDS)
    old = ask(service.server, IN_USE)

    rotated = rotate(service.home, "declarations")
    early = rotate(service.home, "journal")

    assert rotated.returncode == 0, rotated.stderr
    new = rotated.stdout.strip()
    assert new == ask(service.server, IN_USE) != old
    assert "--key NEW --key OLD" in rotated.stderr
    assert ask(service.server, ENDED) == 1
    listed = httpx.get(f"{service.url}/api/v1/ledger/declarations/keys").json()["items"]
    assert [each["verifier_key"] for each in listed] == [new, old]
    assert (early.returncode, "no key yet" in early.stderr) == (1, True)
    assert "Traceback" not in early.stderr
    examined = subprocess.run(  # noqa: S603  our own program
        [NETRA, "doctor", "--data", service.home], capture_output=True, text=True, check=False
    )
    assert examined.returncode == 0, examined.stdout
    assert "✓ log terbuka" in examined.stdout


def test_what_the_operator_can_mend_is_said_in_a_sentence(service: Service, home: Path) -> None:
    stranger = base64.b64encode(bytes(32)).decode()

    strange = rotate(service.home, "declarations", NETRA_MASTER_KEY=stranger)
    unprepared = rotate(home / "new", "declarations")
    unknown = rotate(service.home, "rekaan")

    assert (strange.returncode, unprepared.returncode, unknown.returncode) == (1, 1, 2)
    assert "netra migrate" in unprepared.stderr
    assert all("Traceback" not in each.stderr for each in (strange, unprepared, unknown))
