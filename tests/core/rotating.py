"""Rotations that tests carry out, or end in the middle."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import select

from app.core.crypto import KeyPurpose, MasterKey
from app.core.database import Sessions
from app.core.models import DataKey
from app.core.rotation import House, Outcome, Rotation
from app.registry import BLINDED
from tests.conftest import MASTER_KEY

MASTER: Final = MasterKey.from_base64(MASTER_KEY)


class Stopped(Exception):
    """The operator pressed Ctrl-C."""


async def rotate(sessions: Sessions, stop_at: str | None = None) -> Outcome:
    """Carry out a rotation, or end it where this column is under way."""

    def bar(name: str) -> Callable[[int, int], None]:
        def tell(done: int, whole: int) -> None:
            if name == stop_at:
                raise Stopped

        return tell

    return await Rotation(House(sessions, MASTER, 0.01, BLINDED), bar).carry_out()


async def keys_of(sessions: Sessions, purpose: KeyPurpose) -> list[DataKey]:
    async with sessions.begin() as session:
        query = select(DataKey).where(DataKey.purpose == purpose).order_by(DataKey.generation)
        return list(await session.scalars(query))
