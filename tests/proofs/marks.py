"""Marked strings that look like personal data, and a search for them in every disguise."""

import base64
import hashlib
import re
import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

# A column of the database that holds bytes is written in hex, two digits a byte.
_HEX = re.compile(rb"[0-9a-f]{32,}")
_SHORTEST_DIGEST = 32


def _letters() -> str:
    return "Kenari" + "".join(secrets.choice(string.ascii_letters) for _ in range(12))


def _digits(length: int) -> str:
    return "".join(secrets.choice(string.digits) for _ in range(length))


@dataclass(frozen=True)
class Marks:
    """Every mark holds one of three stems, so that a search for these finds all of them."""

    letters: str = field(default_factory=_letters)
    digits: str = field(default_factory=lambda: _digits(14))
    address: str = field(default_factory=lambda: f"2001:db8:{secrets.token_hex(2)}::{_digits(4)}")
    given: list[str] = field(default_factory=list)

    def word(self, where: str) -> str:
        """A word that tells where it was written."""
        return self._give(f"{self.letters}{where}")

    def email(self) -> str:
        return self._give(f"{self.letters}@contoh.example")

    def phone(self) -> str:
        return self._give(f"+{self.digits}{_digits(2)}")

    def employee_number(self) -> str:
        return self._give(f"{self.digits}1{_digits(3)}")

    def population_number(self) -> str:
        return self._give(f"{self.digits}{_digits(2)}")

    def found_in(self, text: bytes) -> list[bytes]:
        """What can be seen of any mark, with a few characters around it."""
        hits = ((text.find(each), len(each)) for each in self.disguises)
        return [text[max(0, at - 80) : at + length + 80] for at, length in hits if at >= 0]

    def digests_in(self, dump: bytes) -> list[str]:
        """The marks of which a plain digest is kept: with that anybody can try all numbers."""
        kept = {run[:_SHORTEST_DIGEST] for run in _HEX.findall(dump)}
        return [mark for mark in self.given if not kept.isdisjoint(_digests(mark))]

    @cached_property
    def disguises(self) -> set[bytes]:
        stems = (self.letters, self.digits, self.address)
        cases = {case.encode() for each in stems for case in (each, each.lower(), each.upper())}
        return {disguise for case in cases for disguise in _disguised(case)}

    def _give(self, mark: str) -> str:
        self.given.append(mark)
        return mark


def _disguised(plain: bytes) -> Iterator[bytes]:
    yield plain
    yield plain[::-1]
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for before in range(3):
        # What stands before shifts the letters of base64; only the middle is the same everywhere.
        whole = base64.b64encode(bytes(before) + plain)
        yield whole[4 if before else 0 : -4]


def _digests(mark: str) -> Iterator[bytes]:
    for written in {mark, mark.lower(), mark.upper()}:
        for algorithm in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s"):
            digest = hashlib.new(algorithm, written.encode()).hexdigest()
            yield digest[:_SHORTEST_DIGEST].encode()
