from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import TextOut
from app.core.paging import Found
from app.core.texts import Text
from app.declarations.models.counts import Coverage
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.offices import OfficeCoverageRepository
from app.declarations.rules import counting
from app.declarations.rules.disclosure import RegionCoverage, disclosed
from app.declarations.schemas.tallies import (
    CoverageFilter,
    RosterCoverageOut,
    TallyOut,
)
from app.declarations.service.counting import TALLIES

COUNTED: Final = Text(
    "Tanda tangan sah menurut log publik `declarations` sampai `tree_size`, menurut kantor penanda"
    " tangan; satu orang dihitung satu kali di satu kabupaten/kota, saksi dihitung tersendiri.",
    "Valid signatures by the public log `declarations` up to `tree_size`, by the office of the"
    " signer; one person counts once in one regency or city, witnesses are counted apart.",
)
COVERED: Final = Text(
    "Orang dan jabatan di daftar wajib tanda tangan, dan yang sudah menandatangani dengan sah.",
    "Persons and posts that should sign, and those for whom a valid signature stands.",
)


class TallyService:
    """How many signed, and how many of those who should."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.counts = CountRepository(session)
        self.offices = OfficeCoverageRepository(session)

    async def recent_tally(self, declaration_id: UUID) -> bytes:
        """The tally as JSON, at most a second old."""
        return await _recent(f"tally {declaration_id}", self.tally, declaration_id)

    async def recent_coverage(self, declaration_id: UUID) -> bytes:
        """The coverage as JSON, as it was kept at most a second ago."""
        return await _recent(f"coverage {declaration_id}", self.coverage, declaration_id)

    async def by_office(self, declaration_id: UUID, wanted: CoverageFilter) -> Found[Coverage]:
        declaration = await self.declarations.get(declaration_id)
        return await self.offices.find(declaration.id, wanted)

    async def tally(self, declaration_id: UUID) -> TallyOut:
        declaration = await self.declarations.published(declaration_id)
        at, rows = await self.counts.tally(declaration.id)
        counted = counting.tally(rows)
        return TallyOut(
            declaration_id=declaration.id,
            unit="signature",
            definition=TextOut.model_validate(COUNTED),
            tree_size=at.tree_size,
            as_of=at.as_of,
            signatures=counted.signatures,
            witnesses=counted.witnesses,
            texts=dict(counted.texts),
            groups=dict(counted.groups),
            roles=dict(counted.roles),
            regions=list(counted.regions),
        )

    async def coverage(self, declaration_id: UUID) -> RosterCoverageOut:
        declaration = await self.declarations.published(declaration_id)
        told = disclosed(
            RegionCoverage(*each) for each in await self.counts.coverage(declaration.id)
        )
        return RosterCoverageOut(
            declaration_id=declaration.id,
            unit="target",
            definition=TextOut.model_validate(COVERED),
            targets=told.targets,
            signed=told.signed,
            regions=list(told.regions),
            rest=told.rest,
        )


async def _recent(
    name: str, read: Callable[[UUID], Awaitable[BaseModel]], declaration_id: UUID
) -> bytes:
    known = TALLIES.get(name)
    if known is None:
        known = TALLIES.keep(name, (await read(declaration_id)).model_dump_json().encode())
    return known
