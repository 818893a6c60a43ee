"""A real `netra serve`, its clients, and a look behind it with its own keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from httpx import AsyncClient, Limits

from app.core.cluster import APPLICATION
from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions, open_engine, open_sessions
from app.core.keys import open_keyring
from tests.cli.service import Service
from tests.servers import data_folder

PATIENCE = 60
# All phones of a proof share one address, which would soon have spent its share.
NO_LIMITS = {
    "NETRA_ANONYMOUS_RATE": "10000000",
    "NETRA_CREDENTIAL_RATE": "10000000",
    "NETRA_INTAKE_RATE": "10000000",
}
# Nobody listens there: addresses are taken, and what is sent to them fails.
MAIL = {"NETRA_SMTP_URL": "smtp://127.0.0.1:1", "NETRA_MAIL_FROM": "kabar@surat.example"}


@dataclass(frozen=True)
class Live:
    """One running service; `sessions` and `keys` read what it wrote."""

    service: Service
    sessions: Sessions
    keys: Keyring

    def client(self, url: str | None = None) -> AsyncClient:
        """Somebody who speaks to it, by way of `url` where that is not its own address."""
        return AsyncClient(
            base_url=f"{url or self.service.url}/api/v1",
            limits=Limits(max_connections=None),
            timeout=PATIENCE,
        )


@asynccontextmanager
async def running(*options: str, **variables: str) -> AsyncIterator[Live]:
    with data_folder() as home:
        service = Service(home, *options, **NO_LIMITS, **MAIL, **variables)
        try:
            service.wait()
            engine = open_engine(service.server.url(APPLICATION))
            sessions = open_sessions(engine)
            keys = await open_keyring(sessions, MasterKey.from_file(home / "master.key"))
            # Its connections may not outlive the next kill of the database.
            await engine.dispose()
            yield Live(service, sessions, keys)
            await engine.dispose()
        finally:
            service.stop()
