from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.complaints.models.complaints import Complaint
from app.complaints.models.links import ComplaintLink
from app.complaints.repository.complaints import ComplaintRepository
from app.complaints.repository.links import LinkRepository
from app.complaints.rules.likeness import Reason
from app.complaints.rules.links import ACTIONS, MOST_MEMBERS, NotLinked, pair_of
from app.complaints.schemas.desk import ComplaintRow
from app.complaints.schemas.links import (
    CandidateOut,
    CommonOut,
    LikenessOut,
    LinkIn,
    LinkOut,
    MemberOut,
    RejectedOut,
    SameEventOut,
)
from app.complaints.service.comparing import Comparison
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.ids import new_id
from app.receipts.rules import ReceiptKind
from app.receipts.service import ReceiptService


class LinkService:
    """Which complaints are about one event: proposed by us, decided by an officer, never merged."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.complaints = ComplaintRepository(session, actor)
        self.links = LinkRepository(session, actor)
        self.comparison = Comparison(session, actor, keys)
        self.receipts = ReceiptService(session, keys, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.keys = keys
        self.now = now

    async def read(self, complaint_id: UUID) -> SameEventOut:
        """What belongs together with a complaint, what might, and what does not."""
        complaint = await self.complaints.get(complaint_id)
        found = await self.links.members_with(complaint.id)
        members = found[:MOST_MEMBERS]
        rejected = await self.links.rejected_with(complaint.id)
        await self.journal.record("complaint.compared", complaint)
        but = {*found, *(_other_end(each, complaint) for each in rejected)}
        return SameEventOut(
            cluster=await self._cluster(complaint, members),
            is_whole=len(found) <= MOST_MEMBERS,
            independent_reports=await self.receipts.count_senders(ReceiptKind.COMPLAINT, members),
            candidates=await self._candidates(complaint, but),
            rejected=await self._rejected(complaint, rejected),
        )

    async def link(self, complaint_id: UUID, other_id: UUID, form: LinkIn) -> LinkOut:
        """Say that two complaints are about the same event, or that they are not."""
        one, other = await self._locked(complaint_id, other_id)
        standing = await self.links.between((one.id, other.id))
        if standing is not None and self._says(standing, form):
            return self._shown(standing)
        if standing is not None:
            await self.links.end(standing, self.now)
        link = await self._said(one, other, form)
        self.links.add(link)
        await self._record(ACTIONS[link.state], link, one, other)
        return self._shown(link)

    async def remove(self, complaint_id: UUID, other_id: UUID) -> LinkOut:
        """Take back what was said of two complaints; it stays in the history of both."""
        one, other = await self._locked(complaint_id, other_id)
        standing = await self.links.between((one.id, other.id))
        if standing is None:
            raise NotLinked
        await self.links.end(standing, self.now)
        await self._record("complaint.unlinked", standing, one, other)
        return self._shown(standing)

    async def _locked(self, complaint_id: UUID, other_id: UUID) -> tuple[Complaint, Complaint]:
        """Both, in one order, so that two officers wait for each other and never both for ever."""
        one, other = await self.complaints.held(*pair_of(complaint_id, other_id))
        return one, other

    async def _said(self, one: Complaint, other: Complaint, form: LinkIn) -> ComplaintLink:
        id = new_id()
        likeness = await self.comparison.between(one, other)
        return ComplaintLink(
            id=id,
            one_id=one.id,
            other_id=other.id,
            state=form.state,
            score=likeness.score,
            reasons={each.reason: each.count for each in likeness.reasons},
            sealed_note=self.keys.seal(form.note.encode(), id) if form.note else None,
            at=self.now,
            officer_id=self.actor.id,
            office_id=self.actor.office_id,
        )

    async def _record(self, action: str, link: ComplaintLink, *both: Complaint) -> None:
        # By the link's own id: the journal of one place does not name what lies in another.
        for complaint in both:
            await self.journal.record(action, complaint, link_id=str(link.id))

    def _says(self, link: ComplaintLink, form: LinkIn) -> bool:
        """Whether it was said before; no note is no new word."""
        return link.state is form.state and form.note in (None, self._note(link))

    def _note(self, link: ComplaintLink) -> str | None:
        sealed = link.sealed_note
        return self.keys.open(sealed, link.id).decode() if sealed is not None else None

    def _shown(self, link: ComplaintLink) -> LinkOut:
        return LinkOut(
            id=link.id,
            one_id=link.one_id,
            other_id=link.other_id,
            state=link.state,
            note=self._note(link),
            at=link.at,
            officer_id=link.officer_id,
            office_id=link.office_id,
            ended_at=link.ended_at,
            score=link.score,
            reasons=[
                CommonOut(reason=each, count=link.reasons[each])
                for each in Reason
                if each in link.reasons
            ],
        )

    async def _cluster(self, complaint: Complaint, members: Sequence[UUID]) -> list[MemberOut]:
        if len(members) == 1:
            return []
        links = [self._shown(each) for each in await self.links.confirmed_among(members)]
        return [
            MemberOut(
                **dict(ComplaintRow.model_validate(row)),
                links=[each for each in links if row.id in (each.one_id, each.other_id)],
            )
            for row in await self.links.rows(members)
            if row.id != complaint.id
        ]

    async def _candidates(self, complaint: Complaint, but: Collection[UUID]) -> list[CandidateOut]:
        alike = await self.comparison.like(complaint, but)
        rows = {row.id: row for row in await self.links.rows(alike)}
        return [
            CandidateOut(
                **dict(ComplaintRow.model_validate(rows[id])),
                **dict(LikenessOut.model_validate(each)),
            )
            for id, each in alike.items()
            if id in rows
        ]

    async def _rejected(
        self, complaint: Complaint, links: Sequence[ComplaintLink]
    ) -> list[RejectedOut]:
        by_other = {_other_end(each, complaint): self._shown(each) for each in links}
        return [
            RejectedOut(**dict(ComplaintRow.model_validate(row)), link=by_other[row.id])
            for row in await self.links.rows(by_other)
        ]


def _other_end(link: ComplaintLink, complaint: Complaint) -> UUID:
    return link.other_id if link.one_id == complaint.id else link.one_id
