"""What the supervisor keeps alive: the database, and the children that serve and work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.cli.gate import GATE, Gate
from app.cli.screen import say
from app.core.postgres import EmbeddedServer
from app.core.processes import CannotStart, Command, wait_until
from app.core.texts import Text

SHORT_LIFE = 5.0
# A bit under half of the five seconds in which everything has to be back.
LONGEST_DELAY = 2.0


@dataclass
class Patience:
    """How long to wait before starting again: not at all, unless it fails again and again."""

    failures: int = 0
    resumes_at: float = 0.0

    def end(self, *, failed: bool) -> None:
        self.failures = self.failures + 1 if failed else 0
        delay = 0.125 * 2**self.failures if self.failures > 1 else 0.0
        self.resumes_at = time.monotonic() + min(delay, LONGEST_DELAY)

    def is_over(self) -> bool:
        return time.monotonic() >= self.resumes_at


class Child:
    """One process of the service, started again whenever it ends."""

    def __init__(self, module: str, gate: Gate, *arguments: str, fds: Sequence[int] = ()) -> None:
        self.module = module
        self._gate = gate
        self._arguments = arguments
        self._fds = (gate.entry, *fds)
        self._patience = Patience()
        self._began_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # -P: a folder called `app` where the operator happens to stand is not ours.
        arguments = (sys.executable, "-P", "-m", self.module, *self._arguments)
        environment = {**os.environ, GATE: str(self._gate.entry)}
        command = Command(arguments, environment, folder=Path.cwd())
        self._began_at = time.monotonic()
        self._process = command.start(ending=signal.SIGTERM, fds=self._fds)

    def exit_code(self) -> int | None:
        return None if self._process is None else self._process.poll()

    def tend(self) -> None:
        """Start it again if it ended."""
        if self._process is not None and self._process.poll() is not None:
            say(
                Text(
                    f"{self.module} berhenti ({self._process.returncode}); dimulai lagi.",
                    f"{self.module} ended; it is started again.",
                )
            )
            self._process = None
            self._patience.end(failed=time.monotonic() - self._began_at < SHORT_LIFE)
        if self._process is None and self._patience.is_over():
            self.start()

    def send(self, signum: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(signum)

    def has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None


class Database:
    """The embedded server, started again whenever it ends."""

    def __init__(self, server: EmbeddedServer) -> None:
        self._server = server
        self._patience = Patience()
        self._has_served = False
        self._is_ready = False
        self._is_down = False

    def start(self) -> None:
        self._server.launch()

    def tend(self) -> bool:
        """Start it again if it ended; return whether it takes connections."""
        if self._server.has_died() and not self._is_down:
            self._notice()
        if self._is_down and self._patience.is_over():
            self._start_again()
        self._is_ready = not self._is_down and self._server.is_ready()
        self._has_served = self._has_served or self._is_ready
        return self._is_ready

    def _notice(self) -> None:
        if not self._has_served:
            raise self._server.obstacle()
        say(Text("Basis data berhenti; dimulai lagi.", "The database ended; it is started again."))
        # One that served and was killed is started at once, however often that happens.
        self._patience.end(failed=not self._is_ready)
        self._is_down = True

    def _start_again(self) -> None:
        try:
            self.start()
            self._is_down = False
        except (CannotStart, OSError) as failure:
            # A full disk may have ended it, and the next attempt may find room again.
            say(Text(f"Belum berhasil: {failure}", "It did not start; it is tried again."))
            self._patience.end(failed=True)

    def stop(self) -> None:
        self._server.stop()


def end(children: Sequence[Child], seconds: float, is_urgent: Callable[[], bool]) -> None:
    """Ask them to finish, and end those that do not within these seconds, or when it is urgent."""
    for child in children:
        child.send(signal.SIGTERM)

    def all_ended() -> bool:
        return all(child.has_ended() for child in children)

    wait_until(lambda: all_ended() or is_urgent(), seconds)
    for child in children:
        child.send(signal.SIGKILL)
    wait_until(all_ended, seconds)
