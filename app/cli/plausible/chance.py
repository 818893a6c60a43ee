"""Chance that is the same in every run with the same seed."""

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Generic, TypeVar
from uuid import UUID

from asyncpg.pgproto import pgproto

T = TypeVar("T")

_RANDOM_BITS: Final = 74
_LOW_BITS: Final = 62


class Deck(Generic[T]):
    """Deals cards until none is left, then shuffles all of them again: what is dealt has the shares
    of the cards after every round, not only in the long run."""

    def __init__(self, counts: Mapping[T, int], chance: random.Random) -> None:
        self._cards = [card for card, count in counts.items() for _ in range(count)]
        self._chance = chance
        self._left: list[T] = []

    def deal(self) -> T:
        if not self._left:
            self._left = self._cards.copy()
            self._chance.shuffle(self._left)
        return self._left.pop()


class Chance(random.Random):
    """The one source of chance of a piece of work."""

    def id_at(self, moment: datetime) -> UUID:
        """A UUIDv7 of this moment: rows that are written in the order of time are found so too."""
        bits = self.getrandbits(_RANDOM_BITS)
        high, low = bits >> _LOW_BITS, bits & ((1 << _LOW_BITS) - 1)
        time = int(moment.timestamp() * 1000) << 80
        made: UUID = pgproto.UUID((time | 7 << 76 | high << 64 | 2 << 62 | low).to_bytes(16))
        return made
