from sqlalchemy.ext.asyncio import AsyncSession

from app.core.forms import TextOut
from app.core.paging import Found
from app.core.reference import Progress
from app.referrals.files.law import read_authorities, read_sanction_kinds
from app.referrals.models.law import StoredAuthority, StoredSanctionKind
from app.referrals.repository.law import LawRepository, authority_of, sanction_of
from app.referrals.schemas.law import (
    AuthorityFilter,
    AuthorityOut,
    SanctionKindFilter,
    SanctionKindOut,
)


class LawService:
    """Who is competent for what, and what can be imposed: rows of law, not code."""

    def __init__(self, session: AsyncSession) -> None:
        self.law = LawRepository(session)

    async def find_authorities(self, wanted: AuthorityFilter) -> Found[AuthorityOut]:
        found = await self.law.find_authorities(wanted)
        return Found([_authority(each) for each in found.items], found.next_cursor, found.total)

    async def find_sanction_kinds(self, wanted: SanctionKindFilter) -> Found[SanctionKindOut]:
        found = await self.law.find_sanction_kinds(wanted)
        return Found([_sanction(each) for each in found.items], found.next_cursor, found.total)

    async def load(self, progress: Progress) -> None:
        authorities, kinds = read_authorities(), read_sanction_kinds()
        for authority in authorities:
            await self.law.put_authority(authority)
        for kind in kinds:
            await self.law.put_sanction_kind(kind)
        done = len(authorities) + len(kinds)
        progress(done, done)


def _authority(row: StoredAuthority) -> AuthorityOut:
    said = authority_of(row)
    return AuthorityOut(
        code=said.code,
        version=said.version,
        name=TextOut(id=said.name_id, en=said.name_en),
        flow=said.flow,
        instrument=said.instrument,
        categories=list(said.categories),
        groups=list(said.groups),
        office_kind=said.office_kind,
        source=said.source,
        confidence=said.confidence,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
    )


def _sanction(row: StoredSanctionKind) -> SanctionKindOut:
    said = sanction_of(row)
    return SanctionKindOut(
        code=said.code,
        version=said.version,
        ladder=said.ladder,
        severity=said.severity,
        name=TextOut(id=said.name_id, en=said.name_en),
        least_months=said.least_months,
        most_months=said.most_months,
        groups=list(said.groups),
        instrument=said.instrument,
        source=said.source,
        confidence=said.confidence,
        valid_from=said.valid_from,
        valid_to=said.valid_to,
    )
