"""A running `netra serve`, seen from outside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import httpx

from app.core.postgres import EmbeddedServer
from app.core.processes import wait_until

NETRA = Path(sys.executable).with_name("netra")
START_SECONDS = 60
BACK_SECONDS = 5


def command_of(pid: str) -> bytes:
    """The command line of a process; nothing if it has ended since it was listed."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


class Service:
    """A running `netra serve` and what it said."""

    def __init__(self, home: Path, *options: str, **variables: str) -> None:
        self.home = home
        self.server = EmbeddedServer(home)
        self.said = home / f"said-{time.monotonic_ns()}"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("NETRA_", "DATABASE_URL"))
        }
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(  # noqa: S603  our own program
                [NETRA, "serve", "--data", home, "--port", "0", *options],
                stdout=output,
                stderr=output,
                env={**kept, **variables},
            )

    def wait(self) -> None:
        """Wait until it says that it is ready."""
        assert wait_until(self.is_ready, START_SECONDS), self.said.read_text()

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said.read_text()
        return "Netra is ready" in self.said.read_text() and "/healthz" in self.said.read_text()

    @property
    def url(self) -> str:
        return self.said.read_text().partition("/healthz")[0].split()[-1]

    def answers(self) -> bool:
        return httpx.get(f"{self.url}/readyz").is_success

    def children(self, program: str) -> list[int]:
        """The processes that it started, by a part of their command line."""
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in found if program.encode() in command_of(child)]

    def child(self, program: str) -> int:
        assert wait_until(lambda: len(self.children(program)) == 1, BACK_SECONDS)
        return self.children(program)[0]

    def send(self, signum: signal.Signals) -> None:
        self.process.send_signal(signum)

    def stop(self) -> int:
        """Stop it, if it still runs, and return its exit code."""
        self.send(signal.SIGTERM)
        return self.process.wait(START_SECONDS)


Start: TypeAlias = Callable[..., Service]
