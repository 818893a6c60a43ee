from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.files import marks, sealing
from app.complaints.models import Complaint
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.rules.likeness import Likeness, Traits, compare
from app.complaints.rules.marks import Described, Fact, Said, facts_in
from app.complaints.rules.procedure import Part
from app.core.actors import Actor
from app.core.crypto import Keyring


class Comparison:
    """Compares complaints by what is in them, which only the keys can open."""

    def __init__(self, session: AsyncSession, actor: Actor, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.keys = keys

    async def between(self, one: Complaint, other: Complaint) -> Likeness:
        """What two complaints have in common that the reader sees both of."""
        mine, yours = await self._traits(one), await self._traits(other)
        return compare(mine, yours, await self._frequency(mine.facts & yours.facts))

    async def _traits(self, complaint: Complaint) -> Traits:
        return Traits(await self._facts(complaint), complaint.occurred_on, complaint.region_code)

    async def _facts(self, complaint: Complaint) -> frozenset[Fact]:
        sealed = await self.complaints.content_of(complaint)
        content = sealing.open_content(sealed, complaint.id, self.keys)
        persons = [
            each
            for each in await self.complaints.persons_in(complaint)
            if each.part is not Part.REPORTER
        ]
        opened = [
            person
            for part in (Part.REPORTED, Part.WITNESS)
            for person in sealing.open_persons(part, persons, self.keys)
        ]
        said = Said(
            place=content.place,
            texts=[content.what, content.account, *content.evidence_notes],
            persons=[
                Described(
                    name=each.name,
                    position=each.position,
                    office=each.office,
                    phone=each.phone,
                    employee_number=each.employee_number,
                    population_number=each.population_number,
                )
                for each in opened
            ],
        )
        return facts_in(said, marks.STOP_WORDS)

    async def _frequency(self, facts: frozenset[Fact]) -> Mapping[Fact, float]:
        return {}
