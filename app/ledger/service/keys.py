import secrets
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.core.places import NATIONAL, Subject
from app.ledger.models import LedgerKey
from app.ledger.repository.keys import LedgerKeyRepository
from app.ledger.rules.logs import DEFAULT_ORIGIN, LogName
from app.ledger.rules.notes import KEY_BYTES, NoteSigner

ORIGIN: Final = "ledger_origin"
"""Under this word a session knows where the logs are served, as `main` was told."""


class LogKeys:
    """The keys of the logs, the first of each made when its log is first published."""

    def __init__(self, session: AsyncSession, keys: Keyring, now: datetime) -> None:
        self.session = session
        self.keys = keys
        self.now = now

    async def hold(self, log: LogName) -> LedgerKey:
        """The key in use, made where there is none; nobody else publishes this log until the
        commit."""
        kept = LedgerKeyRepository(self.session, log)
        found = await kept.held()
        if found is None:
            origin = f"{self.session.info.get(ORIGIN, DEFAULT_ORIGIN)}/{log.value}"
            made = self.make(log, origin)
            if await kept.add(made):
                await self.record("ledger_key.made", made)
            found = await kept.held()
        if found is None:
            raise RuntimeError("The key of a log vanished while it was being made.")
        return found

    def signer(self, key: LedgerKey) -> NoteSigner:
        if key.sealed_private is None:
            raise RuntimeError("A key that has ended signs nothing.")
        return NoteSigner(key.origin, self.keys.open(key.sealed_private, key.id))

    def make(self, log: LogName, origin: str) -> LedgerKey:
        id, private = new_id(), secrets.token_bytes(KEY_BYTES)
        return LedgerKey(
            id=id,
            log=log,
            origin=origin,
            verifier_key=NoteSigner(origin, private).verifier_key,
            sealed_private=self.keys.seal(private, id),
            since=self.now,
        )

    async def record(self, action: str, key: LedgerKey) -> None:
        subject = Subject(key.id, NATIONAL.region_id, NATIONAL.region_code)
        await Journal(self.session, SYSTEM, self.now).record(action, subject, log=key.log.value)
