"""`netra keys show`: every data key, its state, and how many values name it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.cli.keys import owners
from app.cli.screen import console, say
from app.core.crypto import KeyPurpose
from app.core.models import DataKey
from app.core.sealed import count_values
from app.core.settings import Settings
from app.core.texts import Text
from app.web.clock import present
from app.web.idempotency import REPLAYED

PURPOSES = {
    KeyPurpose.SEAL: Text("segel", "seal"),
    KeyPurpose.INDEX: Text("indeks", "index"),
    KeyPurpose.RECEIPT: Text("tanda terima", "receipts"),
}
ANNOUNCED = Text("diumumkan", "announced")
IN_USE = Text("dipakai", "in use")
RETIRED = Text("dimusnahkan", "destroyed")
READ_ONLY = Text("untuk tanda terima lama", "for old receipts")
DAMAGED = Text("hanya disebut nilai rusak", "only damaged values name it")
LEFT = Text("belum selesai: netra keys rotate", "unfinished: netra keys rotate")


def show_keys(settings: Settings) -> None:
    rows, values = asyncio.run(_read(settings))
    now = present()
    for row in rows:
        purpose, state = PURPOSES[row.purpose], state_of(row, rows, now)
        days = max(0, (now - row.in_use_from).days)
        console.print(
            f"{purpose.id:<12} {row.generation:>3} {row.in_use_from:%Y-%m-%d %H:%M} UTC"
            f" {days:>5} hari {values[row.id]:>10}  {state.id}"
            f"  [dim]· {purpose.en}, {days} days, {values[row.id]} values, {state.en}[/dim]"
        )
    lost = values.total() - sum(values[row.id] for row in rows)
    if lost:
        say(Text(f"{lost} nilai tanpa kunci.", f"{lost} values name no key of ours."), "bold red")


def state_of(key: DataKey, keys: Sequence[DataKey], now: datetime) -> Text:
    """What a key is for at this moment."""
    if key.retired_at is not None:
        return RETIRED
    if key.in_use_from > now:
        return ANNOUNCED
    alike = [each for each in keys if each.purpose is key.purpose]
    newer = [each for each in alike if each.generation > key.generation]
    begun = [each.in_use_from for each in newer if each.in_use_from <= now]
    if not begun:
        return IN_USE
    if key.purpose is KeyPurpose.RECEIPT:
        return READ_ONLY
    if key.emptied_at is None:
        return LEFT
    return DAMAGED if key.purpose is KeyPurpose.SEAL else _until(min(begun))


def _until(succeeded_at: datetime) -> Text:
    last = f"{succeeded_at + REPLAYED:%Y-%m-%d}"
    return Text(f"untuk jawaban ulang sampai {last}", f"for replays until {last}")


async def _read(settings: Settings) -> tuple[Sequence[DataKey], Counter[UUID]]:
    async with owners(settings) as sessions, sessions.begin() as session:
        query = select(DataKey).order_by(DataKey.purpose, DataKey.generation)
        return (await session.scalars(query)).all(), await count_values(session)
