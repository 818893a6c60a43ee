"""One web process, run by `netra serve` on a socket that it inherits."""

import gc
import socket
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI

from app.cli.gate import pass_gate
from app.cli.joining import JoiningProtocol
from app.core.settings import read_settings

# Phones on slow lines may still be sending a report.
GRACE = 20


class Server(uvicorn.Server):
    """Lets go first who only listens: their answers would never end by themselves."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        application: Any = self.config.app
        application.state.watch.end()
        await super().shutdown(sockets)


def serve(descriptor: int) -> None:
    """Answer requests until told to end, then finish those in flight."""
    # Looking for cycles in what is loaded, and stays, takes a quarter of the start; the application
    # has the collector work again when it is ready (app/core/collector.py).
    gc.disable()
    from app.main import create_app  # noqa: PLC0415  after the collector rests

    settings = read_settings()
    config = configured(create_app(settings), settings.trusted_proxies)
    pass_gate()
    Server(config).run([socket.socket(fileno=descriptor)])


def configured(application: FastAPI, proxies: str) -> uvicorn.Config:
    """How every web process serves; `proxies` are the addresses whose headers are believed."""
    return uvicorn.Config(
        application,
        loop="uvloop",
        http=JoiningProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        proxy_headers=True,
        forwarded_allow_ips=proxies,
    )


if __name__ == "__main__":
    serve(int(sys.argv[1]))
