"""The service that is measured: one web process beside its own PostgreSQL."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory

import httpx
from rich.console import Console

from app.core.cluster import APPLICATION
from tests.cli.service import Service

show = Console(width=100)


@contextmanager
def folder() -> Iterator[Path]:
    """A data folder that the server's own user can enter."""
    with TemporaryDirectory(prefix="netra-") as name:
        path = Path(name)
        path.chmod(0o711)
        yield path


def environment(service: Service) -> dict[str, str]:
    return {
        "DATABASE_URL": service.server.url(APPLICATION),
        "NETRA_DATA": str(service.server.home),
        "NETRA_ANONYMOUS_RATE": "100000000",
        "NETRA_CREDENTIAL_RATE": "100000000",
        "NETRA_INTAKE_RATE": "100000000",
        "NETRA_LOG_LEVEL": "info",
    }


@dataclass(frozen=True)
class Web:
    """One web process, served as `netra serve` serves it."""

    port: int
    pid: int


@contextmanager
def web(factory: str, environment: dict[str, str]) -> Iterator[Web]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603  our own programs
        [sys.executable, "-m", "tests.bench.apps", factory, str(port)],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not answers(port):
            time.sleep(0.1)
        yield Web(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def answers(port: int) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/noop").is_success
    return False


def resident(pid: int) -> int:
    """Resident memory of a process, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def processor(pid: int) -> float:
    """Milliseconds of processor that a process has used, for itself and in the kernel."""
    said = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return 1_000 * (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(data: Path, *options: str) -> Iterator[Service]:
    service = Service(data, *options)
    try:
        service.wait()
        yield service
    finally:
        service.send(signal.SIGTERM)
        service.process.wait(60)
