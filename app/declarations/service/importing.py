import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM, Actor, ActorKind
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.reports import told
from app.core.tables import Record, RowFault, read_csv
from app.core.workbooks import MEDIA_TYPE as XLSX
from app.core.workbooks import read_workbook
from app.declarations.models.declarations import Declaration
from app.declarations.models.rosters import RosterImport
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.coverage import CoverageRepository, Listed
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.imports import RosterImportRepository
from app.declarations.repository.rosters import RosterRepository
from app.declarations.rules import roster_rows, steps
from app.declarations.rules.kinds import Status
from app.declarations.rules.roster_rows import Roster, RosterRow, read_roster
from app.declarations.rules.rosters import LIMITS, MOST_ATTEMPTS, MOST_FAULTS, ImportState
from app.declarations.service.counting import settle_states
from app.declarations.service.enrolling import Enroller, Person
from app.declarations.service.rosters import listed_of

T = TypeVar("T")

_BATCH: Final = 2_000


class RosterImporter:
    """Works off the tables that wait, one by one: all rows of each or none.

    A worker that is killed leaves its table waiting. How far it came is written beside its unit of
    work, so that it can be read before that ends.
    """

    def __init__(self, sessions: Sessions, keys: Keyring, clock: Callable[[], datetime]) -> None:
        self.sessions = sessions
        self.keys = keys
        self.clock = clock

    async def next(self) -> bool:
        """Work off the next table; False where none waits, or where another worker is at it."""
        async with self.sessions.begin() as session:
            imports = RosterImportRepository(session)
            sent = await imports.next_waiting() if await imports.alone() else None
            if sent is None:
                return False
            await self._beside(lambda own: own.begin(sent.id))
            if sent.attempts >= MOST_ATTEMPTS:
                _finish(sent, ImportState.FAILED, self.clock())
            else:
                await self.carry_out(session, sent)
            await imports.erase(sent.id)
        return True

    async def carry_out(self, session: AsyncSession, sent: RosterImport) -> None:
        """Read one table into its roster, or into its report, in the caller's unit of work."""
        await _Work(session, self, sent).carry_out()

    async def say(self, import_id: UUID, rows: int) -> None:
        await self._beside(lambda own: own.progress(import_id, rows))

    async def _beside(self, change: Callable[[RosterImportRepository], Awaitable[None]]) -> None:
        async with self.sessions.begin() as session:
            await change(RosterImportRepository(session))


class _Work:
    """One table in one unit of work."""

    def __init__(self, session: AsyncSession, importer: RosterImporter, sent: RosterImport) -> None:
        self.session = session
        self.importer = importer
        self.keys = importer.keys
        self.sent = sent
        self.targets = RosterRepository(session)
        self.counts = CountRepository(session)
        self.coverage = CoverageRepository(session)

    async def carry_out(self) -> None:
        roster = await self._read()
        # Together with those who sign, against whoever closes it or changes its roster by hand.
        declaration = await DeclarationRepository(self.session, SYSTEM).kept(
            self.sent.declaration_id
        )
        self.enroller = Enroller(declaration, self.keys)
        codes = {row.region_code for row in roster.good}
        self.placements = await self.targets.placements(codes)
        faults = [*roster.faults, *await self._examine(declaration, roster.good)]
        state = ImportState.REFUSED if faults else ImportState.CHECKED
        if not faults and not self.sent.is_dry_run:
            await self._write(declaration, roster.good)
            state = ImportState.IMPORTED
        # Last: whoever says how far it is beside this unit of work would wait for the row.
        self._report(roster, faults)
        _finish(self.sent, state, self.importer.clock())
        await self._record(declaration, state)

    async def _read(self) -> Roster:
        pieces = await RosterImportRepository(self.session).pieces(self.sent.id)
        table = b"".join(self.keys.open(piece.sealed, piece.id) for piece in pieces)
        read = read_roster(_records(table, self.sent.media_type))
        # A hundred thousand rows are seconds of work, in which others of the worker go on.
        roster = Roster()
        while (latest := await asyncio.to_thread(next, read, None)) is not None:
            roster = latest
            await self.importer.say(self.sent.id, roster.rows)
        return roster

    async def _examine(self, declaration: Declaration, rows: Sequence[RosterRow]) -> list[RowFault]:
        if declaration.status not in steps.TAKES_TARGETS:
            return [RowFault(1, None, roster_rows.ENDED)]
        faults: list[RowFault] = []
        seen: set[Person] = set()
        for some in _batches(rows):
            faults += await asyncio.to_thread(self.enroller.faults_in, some, self.placements, seen)
            faults += await self._listed(some)
        return faults

    async def _listed(self, rows: Sequence[RosterRow]) -> list[RowFault]:
        """The rows whose persons were on the roster before."""
        placed = [row for row in rows if row.region_code in self.placements]
        every = await asyncio.to_thread(self.enroller.marks_of, placed)
        asked = [
            (place, self.placements[placed[place].region_code], mark)
            for place, marks in enumerate(every)
            for mark in marks
        ]
        found = await self.targets.listed(self.sent.declaration_id, asked)
        return [RowFault(placed[place].line, None, roster_rows.LISTED) for place in found]

    async def _write(self, declaration: Declaration, rows: Sequence[RosterRow]) -> None:
        listed: list[Listed] = []
        for some in _batches(rows):
            targets = await asyncio.to_thread(self.enroller.enrol_all, some, self.placements)
            await self.targets.add(targets)
            listed += map(listed_of, targets)
            await self.importer.say(self.sent.id, len(listed))
        await self.counts.hold()
        await self.coverage.add_targets(Counter(each.office for each in listed))
        # Before it opened nobody can have signed it.
        if declaration.status is not Status.PLANNED:
            for few in _batches(listed):
                await self.coverage.settle_new(few)
        await settle_states(self.session, [declaration.id])

    def _report(self, roster: Roster, faults: Sequence[RowFault]) -> None:
        sent = self.sent
        sent.rows = roster.rows
        sent.bad_rows = len({fault.line for fault in faults})
        sent.good_rows = max(0, roster.rows - sent.bad_rows)
        sent.faults = [each.model_dump(mode="json") for each in told(faults, MOST_FAULTS)]
        sent.fault_count = len(faults)

    async def _record(self, declaration: Declaration, state: ImportState) -> None:
        """In the name of whoever sent it."""
        kind = ActorKind.OFFICER if self.sent.sent_by else ActorKind.SYSTEM
        actor = Actor(kind, id=self.sent.sent_by, office_id=self.sent.office_id)
        journal = Journal(self.session, actor, self.importer.clock())
        await journal.record(
            f"roster.{state}", declaration, rows=self.sent.rows, bad_rows=self.sent.bad_rows
        )


def _records(table: bytes, media_type: str) -> Iterator[Record]:
    if media_type == XLSX:
        return read_workbook(table, LIMITS)
    return read_csv(table, LIMITS.line)


def _batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))


def _finish(sent: RosterImport, state: ImportState, now: datetime) -> None:
    sent.state = state
    sent.finished_at = now
