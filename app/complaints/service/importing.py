import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.files import sealing
from app.complaints.files.importing import read_sheet
from app.complaints.models.complaints import Complaint, LegacyCase
from app.complaints.repository.importing import ImportRepository
from app.complaints.rules.importing import MOST_FAULTS
from app.complaints.rules.procedure import Part, Status
from app.complaints.schemas.importing import ImportOut
from app.complaints.service.placing import PlacedCase, open_directory, place_all
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.database import Base
from app.core.errors import Fault, Invalid, NotAllowed
from app.core.ids import new_id
from app.core.reference import Progress
from app.core.reports import RowFaultOut, told
from app.core.tables import RowFault
from app.core.texts import Text
from app.offices.repository import OfficeRepository
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService

_BATCH: Final = 250


class RowsRefused(Invalid):
    """Nothing was imported; the report says which rows to mend."""

    code = "rows-refused"
    text = Text(
        "Tidak ada yang diimpor: perbaiki baris yang disebut, lalu kirim lagi.",
        "Nothing was imported: mend the rows that are named, then send it again.",
    )

    def __init__(self, report: ImportOut) -> None:
        super().__init__(*map(_fault, report.faults))
        self.report = report
        self.members = {"report": report.model_dump(mode="json")}


@dataclass
class Import:
    """One import, as the journal knows it: it belongs to the office that did it."""

    id: UUID
    region_id: int
    region_code: str


def quietly(done: int, whole: int) -> None:
    """Report progress to nobody."""


class ImportService:
    """Takes over older cases, all rows of a file or none."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.imports = ImportRepository(session)
        self.offices = OfficeRepository(session)
        self.receipts = ReceiptService(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def take_over(
        self, data: bytes, progress: Progress = quietly, *, validate_only: bool
    ) -> ImportOut:
        """Import what is not there yet, or only say what would be done and what is in the way."""
        if validate_only:
            return (await self._examine(data))[1]
        return await self._carry_out(data, progress)

    async def _carry_out(self, data: bytes, progress: Progress) -> ImportOut:
        """All of it or nothing: a single bad row refuses all."""
        await self.imports.wait_for_others()
        new, report = await self._examine(data)
        if report.faults:
            raise RowsRefused(report)
        if new:
            await self._write(new, progress)
        return report

    async def _examine(self, data: bytes) -> tuple[list[PlacedCase], ImportOut]:
        # Ten thousand rows are seconds of work, in which others want to be served.
        sheet = await asyncio.to_thread(read_sheet, data)
        directory = await open_directory(self.imports, self.actor, sheet.cases)
        placed, faults = await asyncio.to_thread(place_all, directory, sheet.cases, self.now)
        known = await self.imports.known([each.known_by for each in placed])
        new = [each for each in placed if each.known_by not in known]
        return new, _report(sheet.rows, len(new), len(placed) - len(new), sheet.faults + faults)

    async def _write(self, cases: Sequence[PlacedCase], progress: Progress) -> None:
        batch = await self._begin()
        for start in range(0, len(cases), _BATCH):
            some = cases[start : start + _BATCH]
            rows = await asyncio.to_thread(self._rows, some, batch)
            await self.imports.add(rows)
            complaints = [row for row in rows if isinstance(row, Complaint)]
            await self.journal.record_each("complaint.imported", complaints, batch=str(batch.id))
            progress(start + len(some), len(cases))
        await self.journal.record("import.completed", batch, cases=len(cases))

    async def _begin(self) -> Import:
        if self.actor.office_id is None:
            raise NotAllowed
        office = await self.offices.get(self.actor.office_id)
        return Import(new_id(), office.region_id, office.region_code)

    def _rows(self, cases: Sequence[PlacedCase], batch: Import) -> list[Base]:
        return [row for each in cases for row in self._rows_of(each, batch)]

    def _rows_of(self, placed: PlacedCase, batch: Import) -> list[Base]:
        case, complaint = placed.case, self._complaint(placed)
        content = sealing.SealedContent(
            what=case.what,
            place=case.place,
            account=case.account,
            evidence_notes=[],
            final_status=case.final_status,
        )
        persons: sealing.Persons = {
            Part.REPORTER: [case.reporter] if case.reporter else [],
            Part.REPORTED: case.reported,
        }
        # Every complaint hangs on a receipt; the code of this one was never told to anybody.
        written = self.receipts.write(
            ReceiptKind.COMPLAINT, complaint, secrets.token_bytes(16), b"", {}
        )
        return [
            complaint,
            sealing.seal_content(content, complaint.id, self.keys),
            *sealing.seal_persons(persons, complaint.id, self.keys),
            written.receipt,
            _legacy(placed, complaint, batch),
        ]

    def _complaint(self, placed: PlacedCase) -> Complaint:
        """It has ended elsewhere: no clock runs, and nobody judges again whether it was late."""
        case = placed.case
        return Complaint(
            region_id=placed.region_id,
            region_code=case.region_code,
            kind=case.kind,
            channel=case.channel,
            status=Status.ARCHIVED,
            office_id=placed.office.id,
            election_code=case.election_code,
            occurred_on=case.occurred_on,
            known_on=case.known_on,
            submitted_at=placed.submitted_at,
            officially_received_at=placed.submitted_at,
            next_due_on=None,
            filed_late=False,
            reported_count=len(case.reported),
            entered_by=self.actor.id,
            received_at=placed.submitted_at,
        )


def _legacy(placed: PlacedCase, complaint: Complaint, batch: Import) -> LegacyCase:
    number = placed.case.number
    return LegacyCase(
        id=complaint.id,
        office_id=placed.office.id,
        number=number.printed,
        number_key=number.key,
        parts=asdict(number.parts) if number.parts else None,
        import_id=batch.id,
    )


def _report(rows: int, new: int, known: int, faults: Sequence[RowFault]) -> ImportOut:
    return ImportOut(
        rows=rows,
        imported=0 if faults else new,
        already_there=known,
        bad_rows=len({fault.line for fault in faults}),
        faults=told(faults, MOST_FAULTS),
        faults_left_out=max(0, len(faults) - MOST_FAULTS),
    )


def _fault(told: RowFaultOut) -> Fault:
    where = "/".join(filter(None, ["", str(told.line), told.column]))
    return Fault(f"/{where}", told.code, Text(told.message.id, told.message.en))
