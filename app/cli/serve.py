"""The supervisor: starts the database, prepares it, and keeps web and worker processes alive."""

import os
import shutil
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from app.cli.connection import choose_data, point_to
from app.cli.door import Knock, address_of, open_door
from app.cli.gate import Gate
from app.cli.screen import announce, say
from app.cli.watch import Child, Database, end
from app.core.postgres import EmbeddedServer
from app.core.processes import CannotStart
from app.core.settings import Settings
from app.core.texts import Text

TICK = 0.05
# Web processes take up to 20 seconds to finish the requests in flight.
FAREWELL = 25.0


@dataclass(frozen=True)
class Plan:
    """What the operator asked for."""

    host: str
    port: int
    workers: int
    demo: bool
    worker: bool


def serve(plan: Plan, data: Path | None) -> None:
    """Run the whole service until a signal ends it."""
    settings = choose_data(data)
    Service(plan, settings, open_door(plan.host, plan.port)).run()


class Service:
    """The processes of one service, in the order in which they need each other."""

    def __init__(self, plan: Plan, settings: Settings, door: socket.socket) -> None:
        self._door = door
        self._stops = 0
        self._server = None if settings.database_url else EmbeddedServer(settings.data)
        self._database = Database(self._server) if self._server else None
        self._data = settings.data
        self._connectable, self._prepared = Gate(), Gate()
        fd = door.fileno()
        self._preparation = Child(
            "app.cli.prepare", self._connectable, *(["--demo"] if plan.demo else [])
        )
        self._web = [
            Child("app.cli.web", self._prepared, str(fd), fds=[fd]) for _ in range(plan.workers)
        ]
        self._work = [Child("app.cli.worker", self._prepared)] if plan.worker else []

    def run(self) -> None:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, self._stop_soon)
        try:
            self._start()
            self._prepare()
            self._open()
            while not self._stops:
                self._tend()
        except CannotStart:
            # A Ctrl-C during the set-up ends its programs too; that is no failure.
            if not self._stops:
                raise
        finally:
            self._stop()

    def _stop_soon(self, _: int, __: FrameType | None) -> None:
        self._stops += 1

    def _start(self) -> None:
        """Let the web import what it needs while the database starts and is prepared."""
        if self._server is not None:
            point_to(self._server)
            self._say_where_data_went(self._server)
        self._lay_out_metrics()
        for child in (self._preparation, *self._web):
            child.start()
        if self._database is not None:
            self._database.start()

    def _say_where_data_went(self, server: EmbeddedServer) -> None:
        place, user = server.cluster.place, server.cluster.account.name
        if place != server.home:
            say(
                Text(
                    f"Basis data berada di {place}: pengguna {user} tidak dapat masuk ke folder"
                    f" {server.home}, dan izin folder di atasnya tidak kami ubah.",
                    f"The database lies in {place}: the user {user} cannot enter {server.home},"
                    " and we do not widen folders above it.",
                )
            )

    def _lay_out_metrics(self) -> None:
        """A folder in which the processes add up their figures; those of old ones are not ours."""
        folder = (self._data / "metrics").absolute()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))

    def _tend_database(self) -> bool:
        time.sleep(TICK)
        return self._database is None or self._database.tend()

    def _prepare(self) -> None:
        while not self._stops and not self._preparation.has_ended():
            if self._tend_database():
                self._connectable.open()
        if self._preparation.exit_code() and not self._stops:
            raise SystemExit(1)  # it has said why
        self._prepared.open()

    def _open(self) -> None:
        """Wait for the first answer, and say where the service is."""
        knock = Knock(self._door)
        while not self._stops and not knock.is_answered():
            self._tend_database()
            if any(child.has_ended() for child in self._web):
                raise SystemExit(1)  # as it will again; it has said why
        if not self._stops:
            announce(address_of(self._door), self._data.absolute())

    def _tend(self) -> None:
        if self._tend_database():
            for child in (*self._web, *self._work):
                child.tend()

    def _stop(self) -> None:
        """The web first, which needs the others to finish its requests; the database last."""
        say(Text("Berhenti …", "Stopping …"))
        self._door.close()
        for children in ([self._preparation, *self._web], self._work):
            end(children, FAREWELL, lambda: self._stops > 1)
        if self._database is not None:
            self._database.stop()
