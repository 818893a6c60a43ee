"""What somebody with the database in his hands could do to a log."""

from typing import Final

from app.ledger.rules.acts import write_act
from tests.ledger.made import signed


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
