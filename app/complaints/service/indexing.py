"""Marking what complaints say, so that officers find what the database cannot read."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.models import JournalEntry
from app.complaints.files import sealing
from app.complaints.files.marks import STOP_WORDS, marks_of
from app.complaints.files.supplements import open_supplement
from app.complaints.models.complaints import Complaint, ComplaintContent, ComplaintPerson
from app.complaints.models.search import ComplaintToIndex
from app.complaints.repository.marks import MarkRepository
from app.complaints.rules.labels import KINDS
from app.complaints.rules.marks import Described, Said, area_mark, facts_in
from app.complaints.rules.procedure import Part
from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring, ValueDamaged
from app.core.database import Json
from app.evidence.files.metadata import open_metadata
from app.evidence.repository.evidence import EvidenceRepository
from app.regions.rules import ancestors


async def note_new_facts(session: AsyncSession, _: Actor, entry: JournalEntry) -> None:
    """Hear of an act that says something new of a complaint: the worker marks it again."""
    MarkRepository(session).add(ComplaintToIndex(complaint_id=entry.subject_id))


class IndexingService:
    """What the worker does with complaints that say something new."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.marks = MarkRepository(session)
        self.evidence = EvidenceRepository(session, SYSTEM)
        self.keys = keys

    async def mark_waiting(self, most: int) -> int:
        return await self._mark(await self.marks.take(most))

    async def mark_again(self, most: int) -> int:
        """Mark what lies under an older index key, which a rotation left behind."""
        return await self._mark(await self.marks.outdated(self.keys.index_key(), most))

    async def _mark(self, ids: Collection[UUID]) -> int:
        if not ids:
            return 0
        said = await self._said_at_least(ids)
        complaints = await self.marks.complaints(said.keys())
        codes = {code for each in complaints for code in _around(each)}
        names = await self.marks.region_names(codes)
        rows = [self._row(each, said[each.id], names) for each in complaints]
        if rows:
            await self.marks.put(rows)
        return len(ids)

    async def _said_at_least(self, ids: Collection[UUID]) -> dict[UUID, Said]:
        """Where something is damaged that complaint says nothing, and holds up no other."""
        try:
            return await self.said(ids, lock=True)
        except ValueDamaged:
            if len(ids) == 1:
                return dict.fromkeys(ids, Said(place="", texts=(), persons=()))
        alone = [await self._said_at_least([id]) for id in ids]
        return {id: said for each in alone for id, said in each.items()}

    async def said(self, ids: Collection[UUID], *, lock: bool = False) -> dict[UUID, Said]:
        """All that these complaints say, opened: the one place that knows where it lies."""
        contents = await self.marks.contents(ids, lock=lock)
        persons: defaultdict[UUID, list[ComplaintPerson]] = defaultdict(list)
        for person in await self.marks.persons(ids):
            persons[person.complaint_id].append(person)
        texts: defaultdict[UUID, list[str]] = defaultdict(list)
        for supplement in await self.marks.supplements(ids):
            added = open_supplement(supplement, self.keys)
            texts[supplement.complaint_id] += [added.account or "", *added.evidence_notes]
        files: defaultdict[UUID, list[str]] = defaultdict(list)
        for file in await self.evidence.in_all(ids):
            files[file.subject_id].append(open_metadata(file.sealed, file.id, self.keys).sha256)
        return {
            each.id: self._open(each, persons[each.id], texts[each.id], files[each.id])
            for each in contents
        }

    def _open(
        self,
        content: ComplaintContent,
        persons: Sequence[ComplaintPerson],
        added: Sequence[str],
        files: Sequence[str],
    ) -> Said:
        opened = sealing.open_content(content.sealed, content.id, self.keys)
        return Said(
            place=opened.place,
            texts=(opened.what, opened.account, *opened.evidence_notes, *added),
            persons=tuple(self._described(persons)),
            evidence=files,
        )

    def _described(self, persons: Sequence[ComplaintPerson]) -> Iterator[Described]:
        for each in sealing.open_all(persons, self.keys):
            if each.part not in (Part.REPORTER, Part.FINDER):
                yield Described(
                    name=each.name,
                    position=each.position,
                    office=each.office,
                    phone=each.phone,
                    employee_number=each.employee_number,
                    population_number=each.population_number,
                )

    def _row(self, complaint: Complaint, said: Said, names: Mapping[str, str]) -> Json:
        key_id = self.keys.index_key()  # first: what comes under a newer one is marked again
        marks = marks_of(facts_in(said, STOP_WORDS), self.keys)
        return {
            "id": complaint.id,
            "key_id": key_id,
            "region_code": complaint.region_code,
            "submitted_at": complaint.submitted_at,
            "occurred_on": complaint.occurred_on,
            "marks": [*map(area_mark, _around(complaint)), *marks],
            "plain_words": _plain(complaint, names),
        }


def _around(complaint: Complaint) -> list[str]:
    return [complaint.region_code, *ancestors(complaint.region_code)]


def _plain(complaint: Complaint, names: Mapping[str, str]) -> str:
    """What is not personal; the codes of the areas narrow a search down as the marks do."""
    codes = _around(complaint)
    kind = KINDS[complaint.kind]
    places = (names.get(code, "") for code in codes)
    return " ".join((complaint.summary or "", kind.id, kind.en, *codes, *places))
