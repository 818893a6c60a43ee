"""What somebody wants to have signed, and what was recorded of it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from app.declarations.rules.kinds import Check, Group, Method, SignatoryRole, SignatureState


class Wish(NamedTuple):
    """One signature to be written, everything about it checked but whether it is the first.

    `person_key` is the blind index of the person under the index key `key_id`; `marks` are those
    under other index keys that still have rows; `person_hash` is what the leaf commits to. `salt`,
    `sealed` and the hash of his phone's secret are the person's, where no roster holds them, as of
    who holds a post that the roster names alone (`for_target`).
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

    @property
    def is_target(self) -> bool:
        """Whether a roster asked for this signature."""
        return self.for_target or self.sealed is None


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
    """Whether nobody has checked who gave it, while the wish is that of a target of the roster."""
    return known.id != wish.id and known.check is Check.WAITING and wish.is_target
