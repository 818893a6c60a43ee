"""What somebody with the database in his hands could do to a log."""

from typing import Final

from app.ledger.rules.acts import Act, write_act
from tests.ledger.made import later, signed

FIRST: Final = signed(0)

WRONG_SECONDS: Final = (
    later(Act.WITHDRAWN, FIRST, 1),
    later(Act.WITHDRAWN, FIRST, 7),
    later(Act.REINSTATED, FIRST, 0),
    later(Act.WITHDRAWN, FIRST._replace(region="73.71"), 0),
    later(Act.WITHDRAWN, FIRST._replace(commitment=bytes(32)), 0),
    FIRST,
    FIRST._replace(region="73.71"),
)
"""Leaves that cannot be the second after the first."""

WRONG_ACTS: Final = (
    (Act.WITHDRAWN, Act.WITHDRAWN),
    (Act.WITHDRAWN, Act.INVALIDATED),
    (Act.WITHDRAWN, Act.REINSTATED),
    (Act.INVALIDATED, Act.INVALIDATED),
    (Act.INVALIDATED, Act.WITHDRAWN),
)
"""What cannot happen to one signature."""


def change(leaves: list[bytes]) -> None:
    leaves[9] = leaves[9].replace(b"13.03", b"73.04")


def delete(leaves: list[bytes]) -> None:
    del leaves[9]


def reorder(leaves: list[bytes]) -> None:
    leaves[8], leaves[9] = leaves[9], leaves[8]


def insert(leaves: list[bytes]) -> None:
    leaves.insert(9, write_act(signed(1000)))


def roll_back(leaves: list[bytes]) -> None:
    del leaves[250:]


TAMPERINGS: Final = (change, delete, reorder, insert, roll_back)
