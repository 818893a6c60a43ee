from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import NotFound, Stale
from app.core.ids import new_id
from app.core.paging import Found
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.minutes import Minutes, MinutesApproval
from app.rakor.repository.events import EventRepository
from app.rakor.repository.minutes import MinutesRepository
from app.rakor.rules import events as event_rules
from app.rakor.rules import minutes as rules
from app.rakor.schemas.minutes import (
    DecisionIn,
    DecisionOut,
    MinutedProposalIn,
    MinutedProposalOut,
    MinutedRecommendationIn,
    MinutedRecommendationOut,
    MinutesContent,
    MinutesIn,
    MinutesOut,
    MinutesPatch,
    MinutesRevisionOut,
    RevisionFilter,
)
from app.rakor.service.events import Organiser


class MinutesService:
    """The minutes of an event: written once, revised as often as needed, no revision lost."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.minutes = MinutesRepository(session)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def write(self, event_id: UUID, form: MinutesIn) -> MinutesOut:
        event = await self.organiser.take(event_id)
        event_rules.check_stage(event.stage, event_rules.UNDER_WAY)
        if await self.minutes.last(event) is not None:
            raise event_rules.MinutesWritten
        content = MinutesContent(text=form.text)
        _propose(content, form.proposals)
        _decide(content, form.decisions)
        _recommend(content, form.recommendations)
        _check(content)
        return await self._keep(event, content, 1)

    async def revise(self, event_id: UUID, version: int, patch: MinutesPatch) -> MinutesOut:
        """Write the next revision; where the last was approved, this one waits to be."""
        event = await self.organiser.take(event_id)
        last = await self._last(event)
        if last.version != version:
            raise Stale
        content = files.open_minutes(last.sealed, last.id, self.keys)
        _change(content, patch)
        _check(content)
        return await self._keep(event, content, version + 1)

    async def read(self, event_id: UUID) -> MinutesOut:
        """Read them; they may name persons, so the reading is an entry in the journal."""
        event = await self.events.get(event_id)
        return await self._read(event, await self._last(event))

    async def revisions(self, event_id: UUID, wanted: RevisionFilter) -> Found[MinutesRevisionOut]:
        found = await self.minutes.page(await self.events.get(event_id), wanted)
        approvals = await self.minutes.approvals(found.items)
        rows = [_row(each, approvals.get(each.id)) for each in found.items]
        return Found(rows, found.next_cursor, found.total)

    async def read_revision(self, event_id: UUID, revision_id: UUID) -> MinutesOut:
        event = await self.events.get(event_id)
        return await self._read(event, await self.minutes.get(event, revision_id))

    async def approve(self, event_id: UUID, version: int) -> MinutesRevisionOut:
        """Close the last revision, as who presides over the meeting."""
        event = await self.events.get(event_id, lock=True)
        rules.check_chair(self.actor.office_id, event.office_id)
        last = await self._last(event)
        approved = await self.minutes.approval(last)
        rules.check_approval(version, last.version, is_approved=approved is not None)
        if self.actor.id is None:
            raise rules.NotChair
        approval = MinutesApproval(
            minutes_id=last.id, approved_by=self.actor.id, approved_at=self.now
        )
        self.minutes.add(approval)
        await self.journal.record("minutes.approved", event, version=version)
        return _row(last, approval)

    async def _read(self, event: Event, minutes: Minutes) -> MinutesOut:
        content = files.open_minutes(minutes.sealed, minutes.id, self.keys)
        await self.journal.record("minutes.read", event, version=minutes.version)
        return _out(minutes, await self.minutes.approval(minutes), content)

    async def _last(self, event: Event) -> Minutes:
        last = await self.minutes.last(event)
        if last is None:
            raise NotFound
        return last

    async def _keep(self, event: Event, content: MinutesContent, version: int) -> MinutesOut:
        id = new_id()
        minutes = Minutes(
            id=id,
            event_id=event.id,
            version=version,
            sealed=files.seal_minutes(content, id, self.keys),
            written_at=self.now,
            written_by=self.actor.id,
        )
        self.minutes.add(minutes)
        await self.journal.record("minutes.written", event, version=version)
        return _out(minutes, None, content)


def _change(content: MinutesContent, patch: MinutesPatch) -> None:
    given = patch.model_fields_set
    if "text" in given:
        content.text = patch.text
    if "proposals" in given:
        _propose(content, patch.proposals)
    if "decisions" in given:
        _decide(content, patch.decisions)
    if "recommendations" in given:
        _recommend(content, patch.recommendations)


def _propose(content: MinutesContent, given: Sequence[MinutedProposalIn]) -> None:
    numbers = rules.numbers_of(
        [each.number for each in given], content.highest_proposal, "/proposals"
    )
    content.proposals = [
        MinutedProposalOut(
            number=number, text=each.text, office_name=each.office_name, post=each.post
        )
        for number, each in zip(numbers, given, strict=True)
    ]
    content.highest_proposal = max([content.highest_proposal, *numbers])


def _decide(content: MinutesContent, given: Sequence[DecisionIn]) -> None:
    numbers = rules.numbers_of(
        [each.number for each in given], content.highest_decision, "/decisions"
    )
    content.decisions = [
        DecisionOut(number=number, text=each.text, on_proposal=each.on_proposal)
        for number, each in zip(numbers, given, strict=True)
    ]
    content.highest_decision = max([content.highest_decision, *numbers])


def _recommend(content: MinutesContent, given: Sequence[MinutedRecommendationIn]) -> None:
    highest = content.highest_recommendation
    numbers = rules.numbers_of([each.number for each in given], highest, "/recommendations")
    content.recommendations = [
        MinutedRecommendationOut(
            number=number,
            text=each.text,
            office_name=each.office_name,
            on_decision=each.on_decision,
        )
        for number, each in zip(numbers, given, strict=True)
    ]
    content.highest_recommendation = max([highest, *numbers])


def _check(content: MinutesContent) -> None:
    referred = [each.on_proposal for each in content.decisions]
    rules.check_proposals(referred, [each.number for each in content.proposals])
    out_of = [each.on_decision for each in content.recommendations]
    rules.check_recommended(out_of, [each.number for each in content.decisions])


def _row(minutes: Minutes, approval: MinutesApproval | None) -> MinutesRevisionOut:
    return MinutesRevisionOut(
        id=minutes.id,
        event_id=minutes.event_id,
        version=minutes.version,
        written_at=minutes.written_at,
        written_by=minutes.written_by,
        approved_at=approval.approved_at if approval else None,
        approved_by=approval.approved_by if approval else None,
    )


def _out(minutes: Minutes, approval: MinutesApproval | None, content: MinutesContent) -> MinutesOut:
    return MinutesOut(
        **dict(_row(minutes, approval)),
        text=content.text,
        proposals=content.proposals,
        decisions=content.decisions,
        recommendations=content.recommendations,
    )
