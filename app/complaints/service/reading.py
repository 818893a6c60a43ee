from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.files import sealing
from app.complaints.files.sealing import SealedContent
from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules.procedure import WITHOUT_ELECTION, Part
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.elections.rules import Regime
from app.elections.service import ElectionService


@dataclass(frozen=True)
class NamedPerson:
    """A reported person as a case takes one over; `id` is that of the row in the complaint."""

    id: UUID
    name: str
    position: str | None
    office: str | None
    employee_number: str | None


class ReportReader:
    """What a case is opened from; the reporter stays closed, as for every reader.

    Reading one is an act in the journal: once for each complaint, however much of it is read.
    """

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.elections = ElectionService(session)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self._read: set[UUID] = set()

    async def persons(self, complaint: Complaint) -> Sequence[NamedPerson]:
        """The reported persons in the order in which they were named, those added later last."""
        rows = await self.complaints.persons_in(complaint)
        await self._record(complaint)
        return [named for row in rows if (named := self._named(row)) is not None]

    async def content(self, complaint: Complaint) -> SealedContent:
        """The account and what surrounds it."""
        sealed = await self.complaints.content_of(complaint)
        await self._record(complaint)
        return sealing.open_content(sealed, complaint.id, self.keys)

    async def regime_of(self, complaint: Complaint) -> Regime:
        """The family of laws under which it is handled; NotFound where its election is gone."""
        if complaint.election_code is None:
            return WITHOUT_ELECTION
        return (await self.elections.get(complaint.election_code)).regime

    def _named(self, row: ComplaintPerson) -> NamedPerson | None:
        person = sealing.open_person(row, self.keys)
        if person.part is not Part.REPORTED:
            return None
        return NamedPerson(
            id=row.id,
            name=person.name,
            position=person.position,
            office=person.office,
            employee_number=person.employee_number,
        )

    async def _record(self, complaint: Complaint) -> None:
        if complaint.id not in self._read:
            self._read.add(complaint.id)
            await self.journal.record("complaint.read", complaint)
