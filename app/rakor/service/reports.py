from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import Stale
from app.core.ids import new_id
from app.posts.rules.categories import PostCategory
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.materials import Material
from app.rakor.models.reports import EventReport
from app.rakor.repository.closings import ClosingRepository
from app.rakor.repository.events import EventRepository
from app.rakor.repository.minutes import MinutesRepository
from app.rakor.repository.reports import ReportRepository
from app.rakor.rules import events as rules
from app.rakor.rules.attendance import Presence, totals_of
from app.rakor.rules.prevention_forms import fault_of
from app.rakor.schemas.events import SessionOut
from app.rakor.schemas.minutes import MinutesContent
from app.rakor.schemas.presence import AttendanceOut
from app.rakor.schemas.reports import (
    ActivityReportOut,
    CategoryPresenceOut,
    ImplementerOut,
    ParticipantsOut,
    ReportContent,
    ReportedEvent,
    ReportFileOut,
    ReportListOut,
    ReportMinutesOut,
    ReportPatch,
)
from app.rakor.service.events import Organiser
from app.rakor.service.presence import AttendanceService
from app.rakor.service.progress import told


class ReportService:
    """The activity report: what people write, put together with what the event itself tells."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.events = EventRepository(session, actor)
        self.reports = ReportRepository(session)
        self.minutes = MinutesRepository(session)
        self.closings = ClosingRepository(session)
        self.attendance = AttendanceService(session, actor, now, keys)
        self.organiser = Organiser(self.events, actor)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def read(self, event_id: UUID) -> ActivityReportOut:
        """For who acts for the organiser; it names persons, so the reading is journalled."""
        event = await self.organiser.take(event_id, lock=False)
        last = await self.reports.last(event)
        await self.journal.record("report.read", event, version=last.version if last else 0)
        return await self._report(event, last.version if last else 0, self._content(last))

    async def revise(self, event_id: UUID, version: int, patch: ReportPatch) -> ActivityReportOut:
        """Write the next revision; none before it is lost."""
        event = await self.organiser.take(event_id)
        rules.check_stage(event.stage, rules.UNDER_WAY)
        last = await self.reports.last(event)
        if version != (last.version if last else 0):
            raise Stale
        content = self._content(last)
        _change(content, patch)
        id = new_id()
        self.reports.add(
            EventReport(
                id=id,
                event_id=event.id,
                version=version + 1,
                sealed=files.seal_report(content, id, self.keys),
                written_at=self.now,
                written_by=self.actor.id,
            )
        )
        await self.journal.record("report.written", event, version=version + 1)
        return await self._report(event, version + 1, content)

    def _content(self, report: EventReport | None) -> ReportContent:
        if report is None:
            return ReportContent()
        return files.open_report(report.sealed, report.id, self.keys)

    async def _report(
        self, event: Event, version: int, content: ReportContent
    ) -> ActivityReportOut:
        minutes, minuted = await self._minutes(event)
        return ActivityReportOut(
            **dict(ReportedEvent.model_validate(event)),
            event_id=event.id,
            version=version,
            background=content.background,
            legal_basis=content.legal_basis,
            participants=_participants(await self.attendance.attendance(event.id)),
            sessions=await self._sessions(event),
            course=content.course or minuted.text or None,
            minutes=minutes,
            decisions=minuted.decisions,
            recommendations=minuted.recommendations,
            follow_ups=[told(each, self.now) for each in await self.reports.follow_ups([event.id])],
            closing=content.closing,
            implementers=content.implementers,
            files=[_file(each) for each in await self.reports.files([event.id])],
            attendance_lists=await self._lists(event),
        )

    async def _sessions(self, event: Event) -> list[SessionOut]:
        return [SessionOut.model_validate(each) for each in await self.events.run_down(event)]

    async def _minutes(self, event: Event) -> tuple[ReportMinutesOut | None, MinutesContent]:
        last = await self.minutes.last(event)
        if last is None:
            return None, MinutesContent()
        approval = await self.minutes.approval(last)
        said = ReportMinutesOut(
            version=last.version, approved_at=approval.approved_at if approval else None
        )
        return said, files.open_minutes(last.sealed, last.id, self.keys)

    async def _lists(self, event: Event) -> list[ReportListOut]:
        closings = await self.closings.all_of(event)
        approvals = await self.closings.approvals(closings)
        return [
            ReportListOut(
                number=each.number,
                sha256=each.sha256,
                approved_at=approvals[each.id].approved_at if each.id in approvals else None,
            )
            for each in closings
        ]


def _change(content: ReportContent, patch: ReportPatch) -> None:
    given = patch.model_fields_set
    if "background" in given:
        content.background = patch.background
    if "legal_basis" in given:
        content.legal_basis = patch.legal_basis
    if "course" in given:
        content.course = patch.course
    if "closing" in given:
        content.closing = patch.closing
    if "implementers" in given:
        content.implementers = [
            ImplementerOut(name=each.name, position=each.position) for each in patch.implementers
        ]


def _participants(listed: AttendanceOut) -> ParticipantsOut:
    found: defaultdict[PostCategory | None, list[Presence]] = defaultdict(list)
    for each in listed.items:
        found[each.category].append(each.presence)
    # In the order of the catalogue; who was invited one by one comes last.
    order: Sequence[PostCategory | None] = (*PostCategory, None)
    return ParticipantsOut(
        invited=listed.invited,
        totals=listed.totals,
        categories=[
            CategoryPresenceOut(
                category=each, invited=len(found[each]), totals=totals_of(found[each])
            )
            for each in order
            if found[each]
        ],
        walk_ins=sum(each.people for each in listed.walk_ins),
    )


def _file(material: Material) -> ReportFileOut:
    return ReportFileOut(
        material_id=material.id,
        kind=material.kind,
        title=material.title,
        media_type=material.media_type,
        size=material.size,
        form_fault=fault_of(material.media_type, material.size),
    )
