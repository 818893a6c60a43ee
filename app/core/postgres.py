"""The embedded server: a PostgreSQL of our own in the data folder, reached by its socket alone."""

import fcntl
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import quote

from app.core.binaries import major, version_of
from app.core.cluster import DATABASE, PORT, Cluster, locate
from app.core.postgres_setup import arguments, configure, set_up
from app.core.processes import CannotStart, processes_in, send, wait_until
from app.core.texts import Text

FIRST_WORDS = "start.log"
STOP_SECONDS = 60.0
REMAINS_SECONDS = 30.0


class EmbeddedServer:
    """One server for one data folder; it ends with the process (the thread) that started it."""

    def __init__(self, home: Path, binaries: Path | None = None) -> None:
        self.home = home.resolve()
        self._binaries = binaries
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @cached_property
    def cluster(self) -> Cluster:
        """Where its files lie: in the data folder, unless the server's user cannot enter it."""
        return locate(self.home, self._binaries)

    def url(self, role: str) -> str:
        """The address for SQLAlchemy; it names the port so that PGPORT cannot change it."""
        folder = quote(str(self.cluster.socket))
        return f"postgresql+asyncpg://{role}@/{DATABASE}?host={folder}&port={PORT}"

    def start(self) -> None:
        """Start it, for the first time or after a crash, and wait until it takes connections."""
        self.launch()
        # Without a limit: replaying a long log may take minutes, and would only begin afresh.
        while not self.is_ready():
            if self.has_died():
                raise self.obstacle()
            time.sleep(0.02)

    def launch(self) -> None:
        """Start it without waiting; `is_ready` tells when it takes connections."""
        self._claim()
        self._clear_remains()
        self._check_version()
        if not self.cluster.files.exists():
            set_up(self.cluster)
        self._point_to_files()
        configure(self.cluster)
        self.cluster.make_private(self.cluster.socket)
        self.cluster.write(FIRST_WORDS, "")
        command = self.cluster.command("postgres", *arguments(self.cluster))
        with (self.cluster.place / FIRST_WORDS).open("ab") as output:
            self._process = command.start(ending=signal.SIGINT, output=output)

    def is_ready(self) -> bool:
        """Whether the server we launched takes connections."""
        process = self._process
        return (
            process is not None
            and process.poll() is None
            and self._status() == (process.pid, "ready")
        )

    def has_died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def obstacle(self) -> CannotStart:
        """Why it gave up, in its own last words: on its output or, once that is open, its log."""
        said = (self.cluster.place / FIRST_WORDS).read_text(errors="replace")
        if "logging collector" in said:
            logs = (self.cluster.files / "log").glob("*.log")
            said = max(logs, key=os.path.getmtime).read_text(errors="replace")
        words = " ".join(said.strip().splitlines()[-3:])
        return CannotStart(
            Text(f"PostgreSQL tidak mau berjalan: {words}", f"PostgreSQL gave up: {words}")
        )

    def is_running(self) -> bool:
        """Whether a server of this folder takes connections, whoever started it."""
        with socket.socket(socket.AF_UNIX) as knock, suppress(OSError):
            knock.connect(str(self.cluster.socket / f".s.PGSQL.{PORT}"))
            return self._status()[1] == "ready"
        return False

    def stop(self) -> None:
        """Stop it cleanly: open transactions are rolled back, everything is written out."""
        if self._process is not None:
            self._end(self._process)
        if self._lock is not None:
            self._lock.close()
        self._process = self._lock = None

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        for signum in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with suppress(subprocess.TimeoutExpired):
                process.send_signal(signum)
                process.wait(STOP_SECONDS)
                return

    def _claim(self) -> None:
        """One service for one folder: the lock goes with the process that holds it."""
        if self._lock is not None:
            return
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        lock = os.fdopen(os.open(self.cluster.place / "lock", flags, 0o644), "r+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with lock:
                raise self._in_use(lock.read()) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        os.fchown(lock.fileno(), self.cluster.account.uid, self.cluster.account.gid)
        self._lock = lock

    def _in_use(self, holder: str) -> CannotStart:
        return CannotStart(
            Text(
                f"Folder data {self.home} sedang dipakai proses {holder}; hentikan dulu, atau"
                " pilih --data lain.",
                f"The data folder {self.home} is in use by process {holder}; stop it first,"
                " or choose another --data.",
            )
        )

    def _clear_remains(self) -> None:
        """End what a killed parent or a killed server left: by our lock it is nobody's."""
        left = processes_in(self.cluster.files, "postgres")
        postmaster = self._status()[0]
        if postmaster in left:
            send([postmaster], signal.SIGINT)  # it ends its children itself
            wait_until(self._is_deserted, REMAINS_SECONDS)
        send(processes_in(self.cluster.files, "postgres"), signal.SIGKILL)
        wait_until(self._is_deserted, REMAINS_SECONDS)

    def _is_deserted(self) -> bool:
        return not processes_in(self.cluster.files, "postgres")

    def _check_version(self) -> None:
        mark = self.cluster.files / "PG_VERSION"
        theirs = mark.read_text().strip() if mark.exists() else None
        ours = str(major(version_of(self.cluster.binaries)))
        if theirs not in (None, ours):
            raise CannotStart(
                Text(
                    f"Data dibuat oleh PostgreSQL {theirs}, yang terpasang versi {ours}: pindahkan"
                    " dengan pg_dump dan pg_restore.",
                    f"The data was made by PostgreSQL {theirs}, installed is {ours}: carry it over"
                    " with pg_dump and pg_restore.",
                )
            )

    def _point_to_files(self) -> None:
        """Leave a link where the files could not be, so that they are found from now on."""
        link = self.home / "cluster"
        if not link.exists():
            link.symlink_to(self.cluster.files)

    def _status(self) -> tuple[int, str]:
        """What the server says of itself in its file of eight lines, which `pg_ctl` reads too."""
        with suppress(OSError, ValueError, IndexError):
            lines = (self.cluster.files / "postmaster.pid").read_text().splitlines()
            return int(lines[0]), lines[7].strip()
        return 0, ""
