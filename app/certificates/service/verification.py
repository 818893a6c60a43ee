from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from app.certificates.rules.codes import Code, CodeKind
from app.certificates.rules.states import STATES, PaperState, same_name
from app.certificates.schemas.verification import (
    FactOut,
    NameCheckOut,
    ProofOut,
    VerificationOut,
)
from app.certificates.service.codes import CodeMaker, UnknownCode
from app.core.crypto import Keyring
from app.core.errors import NotFound
from app.core.forms import TextOut
from app.core.texts import Text


@dataclass(frozen=True)
class Found:
    """What a domain knows of one paper; none of it is about a person."""

    state: PaperState
    title: Text
    facts: list[FactOut]
    proof: ProofOut | None = None


class Reading(NamedTuple):
    """What somebody's check is opened on."""

    session: AsyncSession
    keys: Keyring
    now: datetime


@dataclass(frozen=True)
class Verifier:
    """What one domain answers for its kind of paper, by the number in the code: what it is, and
    who holds it, where the paper is anybody's."""

    look_up: Callable[[Reading, int], Awaitable[Found | None]]
    holder: Callable[[Reading, int], Awaitable[str | None]] | None = None


Verifiers: TypeAlias = Mapping[CodeKind, Verifier]
"""By the kind of paper; `main` holds the one table, because the domains live above."""


class VerificationService:
    """Says of a code whether the paper that carries it still holds; reads, and keeps nothing."""

    def __init__(self, reading: Reading, verifiers: Verifiers) -> None:
        self.reading = reading
        self.codes = CodeMaker(reading.keys)
        self.verifiers = verifiers

    async def verify(self, written: str) -> VerificationOut:
        """A code that is not ours never reaches the database."""
        code = self.codes.read(written)
        found = await self._verifier(code).look_up(self.reading, code.number)
        if found is None:
            raise UnknownCode
        return VerificationOut(
            code=self.codes.write(code.kind, code.number),
            kind=code.kind,
            state=found.state,
            state_said=TextOut.model_validate(STATES[found.state]),
            title=TextOut.model_validate(found.title),
            facts=found.facts,
            proof=found.proof,
            has_holder=self._verifier(code).holder is not None,
        )

    async def look_up(self, written: str) -> VerificationOut | None:
        """The same for people, to whom an unknown code is an answer as well."""
        try:
            return await self.verify(written)
        except UnknownCode:
            return None

    async def check_name(self, written: str, name: str) -> NameCheckOut:
        """Whether the paper is made out to this name, said to whoever has code and name."""
        code = self.codes.read(written)
        holder = self._verifier(code).holder
        if holder is None:
            raise NotFound
        held_by = await holder(self.reading, code.number)
        return NameCheckOut(is_same=held_by is not None and same_name(held_by, name))

    def _verifier(self, code: Code) -> Verifier:
        return self.verifiers[code.kind]
