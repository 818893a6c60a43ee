from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from app.cases.models.announcements import Announcement
from app.cases.models.cases import Case
from app.cases.repository.announcements import AnnouncementRepository
from app.cases.repository.handling import HandlingRepository
from app.cases.rules.announcements import Facts, announce, check_dated, in_both, notify
from app.cases.rules.decisions import Category, Result
from app.cases.rules.documents import DocumentKind
from app.cases.rules.requirements import NotRegisteredReason
from app.cases.rules.states import State
from app.cases.rules.steps import StepName
from app.cases.schemas.announcements import AnnouncementFilter, AnnouncementOut
from app.cases.schemas.handling import NoticeIn
from app.cases.service.papers import Paper, Papers
from app.cases.service.stepping import Stepping
from app.clocks.rules.norms import Step
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.forms import TextOut
from app.core.paging import Found
from app.core.texts import Text
from app.correspondence.schemas.messages import MessageIn
from app.correspondence.service.desk import DeskService
from app.offices.models import Office


@dataclass(frozen=True)
class Known:
    """What is told of a case, and by whom."""

    facts: Facts
    office: Office
    result: Result | None

    def day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.office.time_zone)).date()


class NoticeService:
    """How the reporter and the public learn what became of a case, and how it is closed."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.steps = Stepping(session, actor, now)
        self.handling = HandlingRepository(session)
        self.announcements = AnnouncementRepository(session)
        self.papers = Papers(session, actor, now, keys)
        self.letters = DeskService(session, actor, now, keys)
        self.now = now

    async def notify(self, case_id: UUID, form: NoticeIn) -> Case:
        """Tell every reporter of the case in a message, and keep the letter."""
        case, row = await self.steps.begin(case_id, StepName.ISSUE_NOTICE)
        known = await self._known(case)
        check_dated(form.dated_on, await self._settled_on(case, known), known.day(self.now))
        text = in_both(notify(known.facts, form.number, form.dated_on))
        await self.papers.keep(case, _notice(form, text))
        told = await self._tell(case, text)
        await self.steps.end_clock(case, Step.STATUS_NOTICE)
        return await self.steps.finish(case, StepName.ISSUE_NOTICE, row.to, told=told)

    async def announce(self, case_id: UUID) -> Case:
        """Tell the public; what was announced before stays, and this supersedes it."""
        case, row = await self.steps.begin(case_id, StepName.ANNOUNCE)
        known = await self._known(case)
        announcement = self._announced(case, known, await self.announcements.last_of(case))
        await self.announcements.add(announcement)
        await self.papers.keep(case, _paper(announcement))
        await self.steps.end_clock(case, Step.ANNOUNCEMENT)
        said = str(announcement.id)
        return await self.steps.finish(case, StepName.ANNOUNCE, row.to, announcement=said)

    async def close(self, case_id: UUID) -> Case:
        """Close it: nothing of the case is due any more."""
        case, row = await self.steps.begin(case_id, StepName.CLOSE)
        case.closed_at = self.now
        await self.steps.cancel_clocks(case)
        return await self.steps.finish(case, StepName.CLOSE, row.to)

    async def _known(self, case: Case) -> Known:
        office = await self.steps.offices.get(case.office_id)
        decision = await self.handling.decision(case)
        categories = await self.handling.categories(case)
        zone = ZoneInfo(office.time_zone)
        facts = Facts(
            kind=case.kind,
            number=case.number,
            office=office.name,
            received_on=case.received_at.astimezone(zone).date(),
            state=case.state,
            not_registered_reason=_reason_of(case),
            categories=[each.category for each in categories],
        )
        return Known(facts, office, decision.result if decision else None)

    async def _settled_on(self, case: Case, known: Known) -> date:
        """The day at the office on which that was decided which is told."""
        if case.state is State.NOT_REGISTERED:
            refusal = await self.papers.rows.last_paper(case, DocumentKind.REFUSAL)
            return refusal.dated_on if refusal else known.facts.received_on
        return known.day(case.decided_at) if case.decided_at else known.facts.received_on

    async def _tell(self, case: Case, text: str) -> int:
        """Write to whoever holds a receipt of the case: every reporter, and the finder."""
        reports = await self.steps.cases.complaints(case.id)
        for each in reports:
            await self.letters.write_about(each, MessageIn(text=text))
        return len(reports)

    def _announced(self, case: Case, known: Known, follows: UUID | None) -> Announcement:
        text = announce(known.facts)
        return Announcement(
            case_id=case.id,
            region_id=known.office.region_id,
            region_code=known.office.region_code,
            office_id=known.office.id,
            office=known.office.name,
            number=case.number,
            kind=case.kind,
            regime=case.regime,
            election_code=case.election_code,
            state=case.state,
            result=known.result,
            not_registered_reason=known.facts.not_registered_reason,
            categories=[each.value for each in known.facts.categories],
            text_id=text.id,
            text_en=text.en,
            announced_at=self.now,
            officer_id=self.steps.actor.id,
            follows_id=follows,
        )


def _reason_of(case: Case) -> NotRegisteredReason | None:
    return case.not_registered_reason if case.state is State.NOT_REGISTERED else None


def _notice(form: NoticeIn, text: str) -> Paper:
    return Paper(
        kind=DocumentKind.STATUS_NOTICE,
        text=text,
        number=form.number,
        form_code=form.form_code,
        dated_on=form.dated_on,
    )


def _paper(said: Announcement) -> Paper:
    """The announcement among the papers of the case, under the same id."""
    text = in_both(Text(said.text_id, said.text_en))
    return Paper(kind=DocumentKind.ANNOUNCEMENT, text=text, id=said.id)


class AnnouncementService:
    """What was announced, for everybody."""

    def __init__(self, session: AsyncSession) -> None:
        self.announcements = AnnouncementRepository(session)

    async def find(self, wanted: AnnouncementFilter) -> Found[AnnouncementOut]:
        found = await self.announcements.find(wanted)
        return Found([_shown(each) for each in found.items], found.next_cursor, found.total)

    async def latest(
        self, wanted: AnnouncementFilter, election: str | None
    ) -> list[AnnouncementOut]:
        """The newest of an election and of none; of all where none is named."""
        found = await self.announcements.find(wanted, election)
        return [_shown(each) for each in found.items]


def _shown(row: Announcement) -> AnnouncementOut:
    return AnnouncementOut(
        id=row.id,
        number=row.number,
        kind=row.kind,
        regime=row.regime,
        election_code=row.election_code,
        office=row.office,
        region_code=row.region_code,
        state=row.state,
        result=row.result,
        not_registered_reason=row.not_registered_reason,
        categories=[Category(each) for each in row.categories],
        text=TextOut(id=row.text_id, en=row.text_en),
        announced_at=row.announced_at,
        supersedes_id=row.follows_id,
    )
