"""A log gets another key: the one in use ends for ever, and checkpoints after it bear the new."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.errors import Conflict
from app.core.texts import Text
from app.ledger.models import LedgerKey
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.repository.keys import LedgerKeyRepository
from app.ledger.rules.logs import LogName
from app.ledger.service.keys import LogKeys


class NoKeyYet(Conflict):
    """The first key of a log is made when the log is first published."""

    code = "no-key-yet"
    text = Text(
        "Log ini belum berkunci: kunci pertama dibuat saat log pertama kali diterbitkan.",
        "This log has no key yet: its first one is made when the log is first published.",
    )


class KeyRotation:
    """Ends the key of a log in one transaction with the beginning of the next."""

    def __init__(self, session: AsyncSession, keys: Keyring, clock: Callable[[], datetime]) -> None:
        self.session = session
        self.keys = keys
        self.clock = clock

    async def rotate(self, log: LogName) -> LedgerKey:
        """End the key in use, destroy its private half, and return a new one of the same name.

        Whoever is publishing finishes first; whoever comes after signs with the new key.
        """
        kept = LedgerKeyRepository(self.session, log)
        ended = await kept.held()
        if ended is None:
            raise NoKeyYet
        moment = await self._moment(log)
        keys = LogKeys(self.session, self.keys, moment)
        ended.until, ended.sealed_private = moment, None
        made = keys.make(log, ended.origin)
        await kept.succeed(made)
        await keys.record("ledger_key.ended", ended)
        await keys.record("ledger_key.made", made)
        return made

    async def _moment(self, log: LogName) -> datetime:
        """Now that the key is held; or when it signed last, if another clock is ahead of ours."""
        now, latest = self.clock(), await CheckpointRepository(self.session, log).latest()
        return max(now, latest.at) if latest else now
