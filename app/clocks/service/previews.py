from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.clocks.models import CalendarRevision, ClockMove, ClockPreview
from app.clocks.repository.law import LawRepository
from app.clocks.repository.previews import PreviewRepository
from app.clocks.repository.recounting import RecountRepository
from app.clocks.rules.law import Law
from app.clocks.rules.proposals import (
    AlreadyApproved,
    OnlyNational,
    Outdated,
    OwnProposal,
    Proposal,
    applied,
)
from app.clocks.rules.recounting import Move
from app.clocks.schemas.previews import (
    MoveFilter,
    MoveOut,
    PreviewedOut,
    PreviewFilter,
    PreviewOut,
    ProposalIn,
)
from app.clocks.service.proposals import proposal_of, stored
from app.clocks.service.recounting import Recounting, Tally
from app.core.actors import Actor, ActorKind
from app.core.ids import new_id
from app.core.paging import Found
from app.core.places import NATIONAL, Subject


class PreviewService:
    """A change of calendars or rules: first seen, then approved by another, then in force."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.session = session
        self.previews = PreviewRepository(session, actor)
        self.laws = LawRepository(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now

    async def propose(self, form: ProposalIn) -> PreviewedOut:
        """Keep a proposal, and say what it would move; nothing else changes."""
        self._check_national()
        law = await self.laws.read()
        preview = self._preview(form, law)
        recounting = Recounting(self.session, applied(law, proposal_of(law, form)))
        self.previews.add(preview)
        await self.previews.flush()
        noted = RecountRepository(self.session)
        async for moves in recounting.look():
            await noted.note(moves, preview.id)
        _note(preview, recounting.tally)
        await self.journal.record("clocks.proposed", preview, moved=preview.moved)
        moves_out = await self.previews.first_moves(preview.id)
        return PreviewedOut(
            **dict(PreviewOut.model_validate(preview)),
            first_moves=[MoveOut.model_validate(each) for each in moves_out],
        )

    async def look(self, form: ProposalIn) -> AsyncIterator[Sequence[Move]]:
        """What a proposal would move, chunk by chunk; nothing is kept."""
        law = await self.laws.read()
        async for moves in Recounting(self.session, applied(law, proposal_of(law, form))).look():
            yield moves

    async def find(self, wanted: PreviewFilter) -> Found[ClockPreview]:
        return await self.previews.find(wanted)

    async def moves(self, preview_id: UUID, wanted: MoveFilter) -> Found[ClockMove]:
        """What a proposal would have moved on the day it was made, in the reader's own area."""
        preview = await self.previews.get(preview_id)
        return await self.previews.moves(preview.id, wanted)

    async def approve(self, preview_id: UUID) -> ClockPreview:
        """Put a proposal in force, and count every open clock again."""
        preview = await self.previews.lock(preview_id)
        self._check_national()
        await self.laws.change()
        law = await self.laws.read()
        self._check_approval(preview, law)
        revision = law.revision + 1
        await self._put(proposal_of(law, stored(preview)), revision, preview.id)
        preview.revision = revision
        preview.approved_at, preview.approved_by_id = self.now, self.actor.id
        recounting = Recounting(self.session, await self.laws.read())
        await recounting.apply(self.now)
        _note(preview, recounting.tally)
        await self._tell(revision, recounting.tally.moved)
        return preview

    async def catch_up(self) -> int:
        """Count again what was counted under an older revision, by a process that had not heard
        of the newest yet; say how many clocks moved."""
        recounting = Recounting(self.session, await self.laws.read())
        await recounting.apply(self.now)
        if recounting.tally.moved:
            await self._tell(recounting.revision, recounting.tally.moved)
        return recounting.tally.moved

    async def _tell(self, revision: int, count: int) -> None:
        """Once for all: a listener finds the subjects by `ClockRepository.moved_by(revision)`."""
        subject = Subject(new_id(), NATIONAL.region_id, NATIONAL.region_code)
        await self.journal.record("clocks.recounted", subject, revision=revision, count=count)

    async def _put(self, proposal: Proposal, revision: int, preview_id: UUID) -> None:
        self.laws.add_revision(CalendarRevision(number=revision, preview_id=preview_id))
        if proposal.cancelled:
            await self.laws.end_holidays(proposal.cancelled, revision)
        self.laws.add_holidays(proposal.added, revision)
        for rule in proposal.rules:
            await self.laws.put_rule(rule, revision)
        await self.previews.flush()

    def _preview(self, form: ProposalIn, law: Law) -> ClockPreview:
        return ClockPreview(
            region_id=NATIONAL.region_id,
            region_code=NATIONAL.region_code,
            proposed_at=self.now,
            officer_id=self.actor.id,
            office_id=self.actor.office_id,
            proposal=form.model_dump(mode="json"),
            base_revision=law.revision,
            open_clocks=0,
            moved=0,
            earlier=0,
        )

    def _check_national(self) -> None:
        if self.actor.kind is not ActorKind.SYSTEM and self.actor.area != "":
            raise OnlyNational

    def _check_approval(self, preview: ClockPreview, law: Law) -> None:
        if preview.approved_at is not None:
            raise AlreadyApproved
        if preview.officer_id == self.actor.id:
            raise OwnProposal
        if preview.base_revision != law.revision:
            raise Outdated


def _note(preview: ClockPreview, tally: Tally) -> None:
    preview.open_clocks, preview.moved = tally.clocks, tally.moved
    preview.earlier = tally.earlier
