"""What somebody wants to have signed, and what was recorded of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from app.declarations.rules.kinds import Check, Group, Method, SignatoryRole, SignatureState


class Wish(NamedTuple):
    """One signature to be written, everything about it checked but whether it is the first.

    `person_key` is the blind index of the person under the index key `key_id`; `marks` are those
    under other index keys that still have rows; `person_hash` is what the leaf commits to. `salt`,
    `sealed` and the hash of his phone's secret are the person's, where no roster holds them, as of
    who holds a post that the roster names alone (`for_target`). `stands_for` is the target who
    signs under another id than its own.
    """

    id: UUID
    region_id: int
    region_code: str
    declaration_id: UUID
    text_hash: bytes
    group: Group
    role: SignatoryRole
    method: Method
    captured_at: datetime | None
    key_id: UUID
    person_key: bytes
    person_hash: bytes
    marks: tuple[bytes, ...] = ()
    check: Check = Check.NOT_NEEDED
    salt: bytes | None = None
    sealed: bytes | None = None
    secret_hash: bytes | None = None
    for_target: bool = False
    stands_for: UUID | None = None

    @property
    def has_own_id(self) -> bool:
        """Whether its id was made for it, and is not that of a target."""
        return self.sealed is not None and not self.for_target

    @property
    def is_target(self) -> bool:
        """Whether a roster asked for this signature, under whichever id."""
        return self.stands_for is not None or not self.has_own_id


class Recorded(NamedTuple):
    """A signature as it was recorded; `leaf_index` is its place in the log."""

    id: UUID
    region_id: int
    region_code: str
    declaration_id: UUID
    group: Group
    role: SignatoryRole
    method: Method
    captured_at: datetime | None
    recorded_at: datetime
    leaf_index: int
    state: SignatureState
    check: Check
    stands_for: UUID | None = None


def gives_way(known: Recorded, wish: Wish) -> bool:
    """Whether nobody has checked who gave it, while the wish is that of a target of the roster and
    does not wait itself."""
    is_weak = known.check is Check.WAITING and known.id not in (wish.id, wish.stands_for)
    return is_weak and wish.is_target and wish.check is not Check.WAITING


def frees(known: Recorded, wish: Wish) -> bool:
    """Whether it has the id of the wish's target, and was given by somebody else."""
    return known.id == wish.stands_for and known.check is Check.REJECTED


def in_the_way(found: Iterable[Recorded], wish: Wish) -> Recorded | None:
    """By which of these a wish is answered: the one with its id, else the first that does not give
    way to it."""
    standing = [each for each in found if not gives_way(each, wish)]
    own = (each for each in standing if each.id == wish.id)
    return next(own, standing[0] if standing else None)
