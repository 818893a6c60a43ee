"""Child processes that end with their parent, also when the parent is killed outright."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self, TypedDict

from app.core.texts import Text

PR_SET_PDEATHSIG = 1
PROC = Path("/proc")
# Looked up before the fork: a child between fork and exec may neither import nor load a library.
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


class CannotStart(Exception):
    """Something the operator can mend stands in the way; the text says what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, uid: int) -> Self:
        try:
            entry = pwd.getpwuid(uid)
        except KeyError:
            # PostgreSQL asks for the name of whoever connects through a socket.
            raise CannotStart(
                Text(
                    f"Pengguna sistem nomor {uid} tidak punya nama di /etc/passwd.",
                    f"The system user number {uid} has no name in /etc/passwd.",
                )
            ) from None
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Command:
    """A program, its arguments and environment, and the user it runs under, if another."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    account: Account | None = None
    folder: Path = Path("/")

    def run(self, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run it to its end on this input, and keep what it says."""
        return subprocess.run(  # noqa: S603  our own program, no shell
            self.arguments,
            input=text,
            text=True,
            capture_output=True,
            check=False,
            cwd=self.folder,
            env=self.environment,
            **self._identity(),
        )

    def start(
        self, *, ending: signal.Signals, output: IO[bytes] | None = None, fds: Iterable[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that a Ctrl-C reaches only its parent.

        It receives `ending` when the starting thread ends: start it from one that lives on.
        """
        return subprocess.Popen(  # noqa: S603  our own program, no shell
            self.arguments,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=self.folder,
            env=self.environment,
            start_new_session=True,
            pass_fds=tuple(fds),
            # After the change of user, which would clear it; only system calls, no imports.
            preexec_fn=_tie_to_parent(ending),  # noqa: PLW1509
            **self._identity(),
        )

    def _identity(self) -> _Identity:
        if self.account is None:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}


def _tie_to_parent(ending: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def tie() -> None:
        if _prctl is None:
            return
        _prctl(PR_SET_PDEATHSIG, int(ending))
        if os.getppid() != parent:  # it died before the line above could take effect
            os._exit(1)

    return tie


def processes_in(folder: Path, program: str) -> list[int]:
    """The processes of this program whose working folder this is."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        with suppress(OSError):
            name = Path(os.readlink(entry / "exe")).name
            if name.startswith(program) and os.readlink(entry / "cwd") == str(folder):
                found.append(int(entry.name))
    return found


def send(pids: Iterable[int], signum: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signum)


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again, at most so long; return the last answer."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
