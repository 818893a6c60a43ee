"""The socket on which the service is reached."""

import socket

from app.core.processes import CannotStart
from app.core.texts import Text

BACKLOG = 2048
QUESTION = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def open_door(host: str, port: int) -> socket.socket:
    """Take the port before anything else; the web processes inherit it.

    It outlives each of them, so that requests which arrive between two are served and not refused.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, kind, protocol)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(BACKLOG)
    except OSError as refusal:
        raise CannotStart(
            Text(
                f"{host}:{port} tidak dapat dipakai ({refusal.strerror}); pilih --port lain.",
                f"{host}:{port} cannot be used ({refusal.strerror}); choose another --port.",
            )
        ) from refusal
    return door


def address_of(door: socket.socket) -> str:
    """The address for a browser on this machine."""
    host, port = door.getsockname()[:2]
    local = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  not bound here
    return f"http://{local}:{port}"


class Knock:
    """Asks at our own door whether the service is ready, without ever waiting for the answer."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._asked: socket.socket | None = None

    def is_answered(self) -> bool:
        if self._asked is None:
            self._asked = socket.socket(self._door.family)
            self._asked.connect(self._door.getsockname())
            self._asked.sendall(QUESTION)
            self._asked.setblocking(False)
        try:
            answer = self._asked.recv(64)
        except BlockingIOError:
            return False
        except ConnectionError:
            answer = b""
        self._asked.close()
        self._asked = None
        return answer.startswith(b"HTTP/1.1 200")
