from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.errors import Conflict, Fault, Invalid, NotFound, Stale
from app.core.ids import new_id
from app.core.paging import Found
from app.core.places import NATIONAL, lies_in
from app.core.reference import Progress
from app.core.texts import Text
from app.offices import rules
from app.offices.files import AgencyRow, read_agencies
from app.offices.models import Office
from app.offices.repository import OfficeRepository, OfficeRow
from app.offices.rules import OfficeKind
from app.offices.schemas import OfficeFilter, OfficeIn, OfficePatch
from app.regions.models import Region
from app.regions.rules import Level, parent_of

_UNKNOWN_REGION: Final = Text("Wilayah tidak ditemukan.", "There is no such region.")
_UNKNOWN_OFFICE: Final = Text("Kantor tidak ditemukan.", "There is no such office.")
_WRONG_LEVEL: Final = Text(
    "Kantor seperti itu tidak dapat ditambahkan di tingkat ini.",
    "No such office can be added at this level.",
)
_WRONG_OWN_CODE: Final = Text(
    "Kode kantor Bawaslu terdiri atas dua kelompok dua angka (27.09), di kecamatan tiga.",
    "The code of an office of Bawaslu has two groups of two digits (27.09), in a district three.",
)
_NATIONAL_ZONE: Final = "Asia/Jakarta"


class OfficeExists(Conflict):
    """An office of this kind is there already; a suffix would tell another one apart."""

    code = "office-exists"
    text = Text("Kantor ini sudah ada.", "This office exists already.")


class OwnCodeTaken(Conflict):
    """With one code for two offices, two cases could have one number."""

    code = "own-code-taken"
    text = Text("Kode ini sudah dipakai kantor lain.", "Another office has this code.")


class OfficeService:
    """The offices of Bawaslu and of its partners."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.offices = OfficeRepository(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def get(self, office_id: UUID) -> Office:
        return await self.offices.get(office_id)

    async def find(self, wanted: OfficeFilter) -> Found[Office]:
        return await self.offices.find(wanted)

    async def add(self, form: OfficeIn) -> Office:
        region = await self.managed_region(form.region_code, "/region_code")
        if not rules.may_be_added(form.kind, region.level):
            raise Invalid(Fault("/region_code", "wrong-level", _WRONG_LEVEL))
        code = rules.office_code(form.kind, region.code, form.suffix)
        if await self.offices.named(code):
            raise OfficeExists
        await self._check_own_code(form.kind, region.level, form.own_code)
        above = rules.regions_above(region.code)
        office = Office(
            code=code,
            kind=form.kind,
            level=region.level,
            name=form.name,
            own_code=form.own_code,
            parent_id=await self.offices.superior(form.kind, above),
            time_zone=region.time_zone,
            region_id=region.placement_id,
            region_code=region.code,
            added_at=self.now,
        )
        self.offices.add(office)
        await self.journal.record("office.added", office, kind=office.kind)
        return office

    async def change(self, office_id: UUID, expected: int, patch: OfficePatch) -> Office:
        """Write down its code in its own numbering, from which its case numbers are made."""
        office = await self.offices.get(office_id, lock=True)
        if not self._oversees(office.region_code):
            raise NotFound
        if office.version != expected:
            raise Stale
        if patch.own_code != office.own_code:
            await self._check_own_code(office.kind, office.level, patch.own_code)
            office.own_code = patch.own_code
            office.version += 1
            await self.journal.record("office.changed", office)
        return office

    async def _check_own_code(self, kind: OfficeKind, level: Level, own_code: str | None) -> None:
        if own_code is None:
            return
        if not rules.is_own_code(kind, level, own_code):
            raise Invalid(Fault("/own_code", "wrong-own-code", _WRONG_OWN_CODE))
        if kind is OfficeKind.BAWASLU and await self.offices.bears(kind, own_code):
            raise OwnCodeTaken

    async def managed(self, code: str) -> Office:
        """The office with this code, which must lie in the area of the actor."""
        office = await self.offices.named(code)
        if office is None or not self._oversees(office.region_code):
            raise Invalid(Fault("/office_code", "unknown-office", _UNKNOWN_OFFICE))
        return office

    async def managed_region(self, code: str, pointer: str) -> Region:
        """The region with this code, which must lie in the area of the actor."""
        region = await self.offices.region(code)
        if region is None or not self._oversees(code):
            raise Invalid(Fault(pointer, "unknown-region", _UNKNOWN_REGION))
        return region

    def _oversees(self, region_code: str) -> bool:
        return self.actor.area is not None and lies_in(region_code, self.actor.area)


class OfficeRegister:
    """The offices that come with the regions, and the national partner agencies."""

    def __init__(self, session: AsyncSession) -> None:
        self.offices = OfficeRepository(session)

    async def load(self, progress: Progress) -> None:
        ids = defaultdict(new_id, await self.offices.ids())
        regions = await self.offices.regions_with_office()
        rows = [
            *(_bawaslu(region, ids) for region in regions),
            *(_national(agency, ids) for agency in read_agencies()),
        ]
        await self.offices.put(rows)
        progress(len(rows), len(rows))


def _bawaslu(region: Region, ids: Mapping[str, UUID]) -> OfficeRow:
    above = parent_of(region.code)
    return OfficeRow(
        id=ids[code := rules.office_code(OfficeKind.BAWASLU, region.code)],
        code=code,
        kind=OfficeKind.BAWASLU,
        level=region.level,
        name=rules.bawaslu_name(region.level, region.code, region.name),
        time_zone=region.time_zone,
        region_id=region.placement_id,
        region_code=region.code,
        parent_id=ids[rules.office_code(OfficeKind.BAWASLU, above)] if above else None,
    )


def _national(agency: AgencyRow, ids: Mapping[str, UUID]) -> OfficeRow:
    return OfficeRow(
        id=ids[agency.code],
        code=agency.code,
        kind=agency.kind,
        level=Level.NATION,
        name=agency.name,
        time_zone=_NATIONAL_ZONE,
        region_id=NATIONAL.region_id,
        region_code=NATIONAL.region_code,
        parent_id=None,
    )
