"""A log behind an address: the folder of a mirror, and a door for cosignatures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


@dataclass
class Served:
    """Where a log is served from; tests change the folder under a running service."""

    folder: Path
    address: str = ""
    cosigned: list[str] = field(default_factory=list)
    refuses: bool = False


class Server(ThreadingHTTPServer):
    def __init__(self, served: Served) -> None:
        self.served = served
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        file = self.server.served.folder / self.path.removeprefix("/ledger/declarations/")
        self.answer(200, file.read_bytes()) if file.is_file() else self.answer(404)

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if not self.server.served.refuses:
            self.server.served.cosigned.append(sent)
        self.answer(403 if self.server.served.refuses else 200)

    def answer(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests speak."""


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    served = Served(folder)
    with Server(served) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        served.address = f"http://127.0.0.1:{server.server_port}/ledger/declarations"
        yield served
        server.shutdown()
        thread.join()
