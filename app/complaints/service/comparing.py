from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.complaints.files.marks import STOP_WORDS, look_ups
from app.complaints.models.complaints import Complaint
from app.complaints.repository.candidates import CandidateRepository
from app.complaints.rules.leads import (
    ANYWHERE,
    MOST_ANYWHERE,
    MOST_NEAR_BY,
    NEAR_BY,
    Frequencies,
    leads,
)
from app.complaints.rules.likeness import MOST_CANDIDATES, Likeness, Traits, compare
from app.complaints.rules.marks import Fact, facts_in
from app.complaints.service.indexing import IndexingService
from app.core.actors import Actor
from app.core.crypto import Keyring


@dataclass(frozen=True)
class Marked:
    """The facts of a complaint by their marks, under every index key in use."""

    facts: Mapping[int, Fact]

    def shared_with(self, other: Collection[int]) -> frozenset[Fact]:
        """What another one has in common; its marks alone do not tell what they are about."""
        return frozenset(self.facts[mark] for mark in other if mark in self.facts)

    def of(self, facts: Collection[Fact]) -> list[int]:
        return [mark for mark, fact in self.facts.items() if fact in facts]


class Comparison:
    """Compares complaints by what is in them, which only the keys can open."""

    def __init__(self, session: AsyncSession, actor: Actor, keys: Keyring) -> None:
        self.reading = IndexingService(session, keys)
        self.candidates = CandidateRepository(session, actor)
        self.keys = keys

    async def between(self, one: Complaint, other: Complaint) -> Likeness:
        """What two complaints have in common, both of which the reader sees."""
        mine, yours = await self._traits(one), await self._traits(other)
        known = await self._known(self._marked(mine.facts & yours.facts))
        return compare(mine, yours, known.shares())

    async def like(self, complaint: Complaint, but: Collection[UUID]) -> dict[UUID, Likeness]:
        """The complaints that might be about the same event, most alike first."""
        mine = await self._traits(complaint)
        marked = self._marked(mine.facts)
        known = await self._known(marked)
        near_by = marked.of(leads(mine.facts, NEAR_BY, known, MOST_NEAR_BY))
        anywhere = marked.of(leads(mine.facts, ANYWHERE, known, MOST_ANYWHERE))
        found = [
            *await self.candidates.anywhere(complaint, anywhere, but),
            *await self.candidates.near_by(complaint, near_by, but),
        ]
        shares = known.shares()
        alike = {
            each.id: compare(
                mine,
                Traits(marked.shared_with(each.marks), each.occurred_on, each.region_code),
                shares,
            )
            for each in found
        }
        proposed = [(id, each) for id, each in alike.items() if each.is_candidate]
        ordered = sorted(proposed, key=lambda each: (-each[1].score, each[0]))
        return dict(ordered[:MOST_CANDIDATES])

    async def _known(self, marked: Marked) -> Frequencies:
        rows, common, unlisted = await self.candidates.statistics()
        listed = {fact: common[mark] for mark, fact in marked.facts.items() if mark in common}
        return Frequencies(rows, listed, unlisted)

    def _marked(self, facts: Collection[Fact]) -> Marked:
        ordered = sorted(facts)
        return Marked(
            {
                mark: fact
                for under_one_key in look_ups(ordered, self.keys)
                for mark, fact in zip(under_one_key, ordered, strict=True)
            }
        )

    async def _traits(self, complaint: Complaint) -> Traits:
        said = (await self.reading.said([complaint.id]))[complaint.id]
        facts = facts_in(said, STOP_WORDS)
        return Traits(facts, complaint.occurred_on, complaint.region_code)
