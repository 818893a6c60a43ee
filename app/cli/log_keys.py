"""`netra ledger rotate-key`: a log gets another key, while the service runs."""

import asyncio

import typer

from app.cli.screen import errors, say
from app.core.crypto import KeyFault
from app.core.errors import DomainError
from app.core.keys import open_keyring, read_master_key
from app.core.processes import CannotStart
from app.core.settings import Settings
from app.core.texts import Text
from app.ledger.rules.logs import LogName
from app.ledger.service.rotating import KeyRotation
from app.main import connect
from app.web.clock import present

TELL = Text(
    "Kunci baru dipakai. Umumkan di luar layanan ini dan berikan kepada saksi sekarang: sejak titik"
    " periksa berikutnya mereka menulis --key BARU --key LAMA. Kunci lama sudah dimusnahkan:",
    "The new key is in use. Announce it outside this service and hand it to the witnesses now: from"
    " the next checkpoint on they pass --key NEW --key OLD. The old key is destroyed:",
)


def rotate_log_key(settings: Settings, log: LogName) -> None:
    """Rotate, and print the new verifier key."""
    try:
        verifier_key = asyncio.run(_rotate(settings, log))
    except DomainError as refusal:
        raise CannotStart(refusal.detail) from refusal
    except KeyFault as fault:
        raise CannotStart(Text(f"Kunci tidak cocok: {fault}", str(fault))) from fault
    say(TELL, to=errors)
    typer.echo(verifier_key)


async def _rotate(settings: Settings, log: LogName) -> str:
    sessions = connect(settings)
    try:
        keys = await open_keyring(sessions, read_master_key(settings))
        async with sessions.begin() as session:
            return (await KeyRotation(session, keys, present).rotate(log)).verifier_key
    finally:
        await sessions.kw["bind"].dispose()
