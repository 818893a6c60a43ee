from collections import Counter
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import Fault, Invalid, UnsupportedMedia
from app.core.paging import Found
from app.core.places import area_of, lies_in
from app.core.reports import RowFaultOut
from app.core.workbooks import MEDIA_TYPE as XLSX
from app.declarations.models.declarations import Target
from app.declarations.models.rosters import RosterImport, RosterPiece
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.coverage import CoverageRepository, Listed, Office
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.imports import RosterImportRepository
from app.declarations.repository.rosters import RosterRepository
from app.declarations.rules import roster_rows, rosters, steps
from app.declarations.rules.roster_rows import RosterRow
from app.declarations.schemas.rosters import (
    RosterImportOut,
    TargetFilter,
    TargetIn,
    TargetOut,
)
from app.declarations.schemas.signatures import SignerOut
from app.declarations.service.counting import settle_states
from app.declarations.service.declarations import known
from app.declarations.service.enrolling import Enroller, marks_of, signer_of
from app.declarations.service.signatures import UNKNOWN_REGION
from app.regions.service import RegionService

CSV: Final = "text/csv"
_PIECE: Final = 256 * 1024
_OUTSIDE: Final = Fault("/region_code", roster_rows.OUTSIDE.code, roster_rows.OUTSIDE.text)


class RosterService:
    """Who should sign a declaration: one by one, or a whole table that the worker reads."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.declarations = DeclarationRepository(session, actor)
        self.targets = RosterRepository(session)
        self.imports = RosterImportRepository(session)
        self.counts = CountRepository(session)
        self.coverage = CoverageRepository(session)
        self.regions = RegionService(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def add(self, declaration_id: UUID, form: TargetIn) -> TargetOut:
        declaration = await self.counts.hold_with(self.declarations, declaration_id)
        steps.accept_roster(declaration.status)
        region = await known(self.regions.locate(form.region_code), UNKNOWN_REGION)
        if not lies_in(region.code, area_of(declaration.region_code)):
            raise Invalid(_OUTSIDE)
        row, enroller = _row(form), Enroller(declaration, self.keys)
        [marks] = enroller.marks_of([row])
        asked = [(0, region.placement_id, mark) for mark in marks]
        if await self.targets.listed(declaration.id, asked):
            raise rosters.AlreadyListed
        target = enroller.enrol(row, region.placement_id)
        await self.targets.add([target])
        await self._count(target, 1)
        await self.journal.record("target.added", target, declaration=str(declaration.id))
        return self._told(target, await self.targets.covered([target]))

    async def remove(self, declaration_id: UUID, target_id: UUID) -> TargetOut:
        """Take somebody off who has not signed; a personal link of theirs opens nothing more."""
        declaration = await self.counts.hold_with(self.declarations, declaration_id)
        steps.accept_roster(declaration.status)
        target = await self.targets.get(declaration.id, target_id)
        if await self.targets.has_signed(target, marks_of(target, self.keys)):
            raise rosters.AlreadySigned
        await self.targets.remove(target)
        # Whoever has read the target and waits for the declaration reads it again.
        await self.declarations.count_change(declaration.id)
        await self._count(target, -1)
        await self.journal.record("target.removed", target, declaration=str(declaration.id))
        return self._told(target, set())

    async def find(self, declaration_id: UUID, wanted: TargetFilter) -> Found[TargetOut]:
        """Read who should sign; where names are opened, that is an act of its own."""
        declaration = await self.declarations.get(declaration_id)
        found = await self.targets.find(declaration.id, wanted)
        covered = await self.targets.covered(found.items)
        rows = [self._told(target, covered) for target in found.items]
        if self.actor.kind is ActorKind.OFFICER:
            await self.journal.record("targets.read", declaration, names=len(rows))
        return Found(rows, found.next_cursor, found.total)

    async def send(
        self, declaration_id: UUID, table: bytes, media_type: str, *, is_dry_run: bool
    ) -> RosterImportOut:
        """Keep a table, sealed, until the worker has read it."""
        declaration = await self.declarations.get(declaration_id, lock=True)
        kind = media_type.partition(";")[0].strip().lower()
        if kind not in (CSV, XLSX):
            raise UnsupportedMedia
        steps.accept_roster(declaration.status)
        if await self.imports.one_waits(declaration.id):
            raise rosters.ImportWaiting
        sent = RosterImport(
            region_id=declaration.region_id,
            region_code=declaration.region_code,
            declaration_id=declaration.id,
            sent_by=self.actor.id,
            office_id=self.actor.office_id,
            media_type=kind,
            size=len(table),
            is_dry_run=is_dry_run,
            sent_at=self.now,
        )
        self.imports.add(sent, self._pieces(sent, table))
        await self.journal.record("roster.sent", declaration, size=sent.size, dry_run=is_dry_run)
        return import_out(sent)

    async def read_import(self, declaration_id: UUID, import_id: UUID) -> RosterImportOut:
        declaration = await self.declarations.get(declaration_id)
        return import_out(await self.imports.get(declaration.id, import_id))

    def _pieces(self, sent: RosterImport, table: bytes) -> list[RosterPiece]:
        pieces = []
        for number, start in enumerate(range(0, len(table), _PIECE)):
            piece = RosterPiece(import_id=sent.id, number=number, sealed=b"")
            piece.sealed = self.keys.seal(table[start : start + _PIECE], piece.id)
            pieces.append(piece)
        return pieces

    async def _count(self, target: Target, number: int) -> None:
        await self.coverage.add_targets(Counter({office_of(target): number}))
        if number > 0:
            await self.coverage.settle_new([listed_of(target)])
        await settle_states(self.session, [target.declaration_id])

    def _told(self, target: Target, covered: set[UUID]) -> TargetOut:
        person: SignerOut | None = None
        if self.actor.kind is ActorKind.OFFICER:
            person = signer_of(target, self.keys)
        return TargetOut(
            id=target.id,
            declaration_id=target.declaration_id,
            region_code=target.region_code,
            office=target.office,
            group=target.group,
            role=target.role,
            has_signed=target.id in covered,
            person=person,
        )


def office_of(target: Target) -> Office:
    return Office(target.region_id, target.declaration_id, target.region_code, target.office)


def listed_of(target: Target) -> Listed:
    return Listed(office_of(target), target.id, target.person_key)


def import_out(sent: RosterImport) -> RosterImportOut:
    return RosterImportOut(
        id=sent.id,
        declaration_id=sent.declaration_id,
        state=sent.state,
        media_type=sent.media_type,
        size=sent.size,
        is_dry_run=sent.is_dry_run,
        sent_at=sent.sent_at,
        finished_at=sent.finished_at,
        progress=sent.progress,
        rows=sent.rows,
        good_rows=sent.good_rows,
        bad_rows=sent.bad_rows,
        faults=[RowFaultOut.model_validate(fault) for fault in sent.faults],
        faults_left_out=sent.fault_count - len(sent.faults),
    )


def _row(form: TargetIn) -> RosterRow:
    return RosterRow(
        line=0,
        name=form.name or "",
        position=form.position,
        office=form.office,
        group=form.group,
        role=form.role,
        region_code=form.region_code,
        employee_number=form.employee_number,
        represents=form.represents,
    )
