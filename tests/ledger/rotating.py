"""Rotating the key of a log, as the operator's command does it."""

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.ledger.models import LedgerKey
from app.ledger.rules.logs import LogName
from app.ledger.service.rotating import KeyRotation
from app.web.clock import present


async def rotate(
    sessions: Sessions, keys: Keyring, log: LogName = LogName.DECLARATIONS
) -> LedgerKey:
    async with sessions.begin() as session:
        return await KeyRotation(session, keys, present).rotate(log)
