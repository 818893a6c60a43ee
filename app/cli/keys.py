"""`netra keys rotate`: new data keys while the service runs, with a bar for each column."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from app.cli.screen import console, errors, progress, say
from app.core.crypto import KeyFault
from app.core.database import Sessions, may_pass, open_sessions
from app.core.keys import read_master_key
from app.core.processes import CannotStart
from app.core.rotation import Bars, House, Outcome, Rotation
from app.core.settings import Settings
from app.core.texts import Text
from app.registry import BLINDED

INTERRUPTED = 130


def rotate(settings: Settings) -> int:
    """Rotate, or finish the rotation that was begun; return the exit code."""
    began = time.monotonic()
    try:
        with progress() as bars:
            outcome = asyncio.run(_rotate(settings, bars))
    except KeyboardInterrupt:
        say(UNFINISHED, "bold yellow", errors)
        return INTERRUPTED
    except KeyFault as fault:
        raise CannotStart(Text(f"Kunci tidak cocok: {fault}", str(fault))) from fault
    except Exception as trouble:
        if not may_pass(trouble):
            raise
        raise CannotStart(UNFINISHED) from trouble
    return _report(outcome, time.monotonic() - began)


UNFINISHED = Text(
    "Belum selesai; layanan tetap berjalan. Jalankan lagi untuk melanjutkan.",
    "Not finished; the service goes on. Run it again to continue.",
)


@asynccontextmanager
async def owners(settings: Settings) -> AsyncIterator[Sessions]:
    """Sessions of the owner, who may change what the application can only add to.

    Without a limit of time: a count over everything takes as long as it takes.
    """
    engine = create_async_engine(str(settings.owner_url), pool_size=2, hide_parameters=True)
    try:
        yield open_sessions(engine)
    finally:
        await engine.dispose()


async def _rotate(settings: Settings, bars: Bars) -> Outcome:
    role = make_url(str(settings.database_url)).username
    master = read_master_key(settings)
    async with owners(settings) as sessions:
        house = House(sessions, master, settings.key_refresh, BLINDED, role)
        return await Rotation(house, bars).carry_out()


def _report(outcome: Outcome, seconds: float) -> int:
    """Say what was done, and what was not."""
    if outcome.damaged:
        say(
            Text(
                f"{outcome.damaged} nilai rusak tidak dapat dibuka; kunci lamanya disimpan.",
                f"{outcome.damaged} damaged values cannot be opened; their old key is kept.",
            ),
            "bold red",
            errors,
        )
    if outcome.left > outcome.damaged or outcome.waiting:
        say(UNFINISHED, "bold yellow", errors)
        return 1
    what = ("dilanjutkan", "the one begun before") if outcome.resumed else ("baru", "a new one")
    say(Text(f"Rotasi ({what[0]}) selesai.", f"The rotation ({what[1]}) is finished."), "green")
    console.print(f"{seconds:.0f} s")
    return 1 if outcome.damaged else 0
