"""The prevention of the demo: one meeting with its circular, its follow-ups and a published answer.

All of it is invented, and says so.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.schemas.answers import CodedObligationReportIn
from app.circulars.schemas.cascade import AddresseeCodeOut, CodeFilter
from app.circulars.schemas.circulars import CircularIn
from app.circulars.schemas.parts import AddresseeLineIn
from app.circulars.schemas.shown import CircularDetailOut
from app.circulars.service.by_code import CodeAnswerService
from app.circulars.service.circulars import CircularService
from app.circulars.service.codes import CodeService
from app.circulars.service.issuing import IssuingService
from app.cli.demo_events import Secretariat
from app.cli.demo_meeting import Meeting
from app.consultations.schemas.answers import ConsultationAnswerIn
from app.consultations.schemas.asking import ConsultationIn
from app.consultations.schemas.publications import PublicationIn
from app.consultations.service.asking import AskingService
from app.consultations.service.desk import DeskService
from app.consultations.service.publishing import PublishingService
from app.core.actors import PUBLIC, SYSTEM, Actor, ActorKind
from app.core.crypto import Keyring
from app.core.forms import Form, Moment
from app.core.ids import new_id
from app.offices.models import Office
from app.offices.service import OfficeService
from app.posts.rules.categories import PostCategory
from app.rakor.schemas.followups import EventFollowUpIn, FollowUpCompletionIn
from app.rakor.service.followups import FollowUpService

PREVENTION: Final = Path(__file__).parent / "data" / "demo_prevention.json"
MOST: Final = 200
_LETTER: Final = "002/REKAAN/2024"
_DONE: Final = "Rekaan: imbauan dibacakan dalam apel."


class Letter(Form):
    """A circular, and how many of the addressed offices did what."""

    drafted_at: Moment
    issued_at: Moment
    acknowledged_at: Moment
    reported_at: Moment
    plan: dict[str, object]
    acknowledged: int
    forwarded: int
    reported: int


class Question(Form):
    """A question, its answer, and the text that was published of it."""

    asked_at: Moment
    answered_at: Moment
    published_at: Moment
    question: ConsultationIn
    answer: ConsultationAnswerIn
    text: PublicationIn


class Prevention(Form):
    """What one office did to prevent; of its follow-ups the first is done."""

    office_code: str
    circular: Letter
    meeting: Meeting
    follow_ups: list[EventFollowUpIn]
    done_at: Moment
    consultation: Question


async def prevent(session: AsyncSession, keys: Keyring) -> None:
    data = Prevention.model_validate_json(PREVENTION.read_bytes())
    offices = OfficeService(session, SYSTEM, data.circular.drafted_at)
    desk = PreventionDesk(session, keys, await offices.managed(data.office_code))
    circular = await desk.circulate(data.circular)
    await desk.meet(data, circular.id)
    await desk.advise(data.consultation)


class PreventionDesk:
    """An office that circulates, meets and advises."""

    def __init__(self, session: AsyncSession, keys: Keyring, office: Office) -> None:
        self.session = session
        self.keys = keys
        self.office = office

    async def circulate(self, letter: Letter) -> CircularDetailOut:
        form = CircularIn.model_validate({"office_id": self.office.id} | letter.plan)
        actor = self._officer()
        drafting = CircularService(self.session, actor, letter.drafted_at, self.keys)
        drafted = await drafting.draft(form)
        issuing = IssuingService(self.session, actor, letter.issued_at, self.keys)
        circular = await issuing.issue(drafted.id)
        codes = CodeService(self.session, actor, letter.issued_at, self.keys)
        addressed = (await codes.find(circular.id, CodeFilter(limit=MOST), "")).items
        await self._answer(letter, circular, list(addressed))
        return circular

    async def meet(self, data: Prevention, circular_id: UUID) -> None:
        """The meeting explains the circular; what it leaves to do is done in part."""
        plan = data.meeting.plan | {"circular_id": circular_id}
        meeting = data.meeting.model_copy(update={"plan": plan})
        event = await Secretariat(self.session, self.keys, self.office).hold(meeting)
        actor = self._officer()
        planning = FollowUpService(self.session, actor, meeting.reported_at, self.keys)
        planned = [await planning.plan(event.id, each) for each in data.follow_ups]
        doing = FollowUpService(self.session, actor, data.done_at, self.keys)
        await doing.complete(planned[0].id, FollowUpCompletionIn(note=_DONE))

    async def advise(self, data: Question) -> None:
        """One officer answers and writes for the public, another one has read it."""
        question_id, author = new_id(), self._officer()
        asking = AskingService(self.session, PUBLIC, data.asked_at, self.keys)
        await asking.ask(question_id, data.question)
        desk = DeskService(self.session, author, data.answered_at, self.keys)
        await desk.answer(question_id, data.answer)
        writing = PublishingService(self.session, author, data.answered_at, self.keys)
        written = await writing.draft(question_id, data.text)
        reading = PublishingService(self.session, self._officer(), data.published_at, self.keys)
        await reading.approve(question_id, written.id)

    async def _answer(
        self, letter: Letter, circular: CircularDetailOut, addressed: list[AddresseeCodeOut]
    ) -> None:
        taking = CodeAnswerService(self.session, PUBLIC, letter.acknowledged_at, self.keys)
        for each in addressed[: letter.acknowledged]:
            await taking.acknowledge(each.code)
        for each in addressed[: letter.forwarded]:
            wanted = PostCategory.VILLAGE_HEAD
            below = AddresseeLineIn(category=wanted, region_code=each.region_code)
            await taking.forward(each.code, [below])
        reporting = CodeAnswerService(self.session, PUBLIC, letter.reported_at, self.keys)
        for each in addressed[: letter.reported]:
            report = CodedObligationReportIn(
                code=each.code,
                obligation_id=circular.obligations[0].id,
                done_on=letter.reported_at.date(),
                note=_DONE,
                letter_number=_LETTER,
            )
            await reporting.report(report)

    def _officer(self) -> Actor:
        """Somebody else each time: what one has written another one reads."""
        return replace(SYSTEM, kind=ActorKind.OFFICER, id=new_id(), office_id=self.office.id)
