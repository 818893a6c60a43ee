from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import WrongCredential
from app.core.ids import new_id
from app.core.passwords import hash_token
from app.core.texts import Text
from app.evidence.service.subjects import SubjectService
from app.rakor import files
from app.rakor.models.followups import EventFollowUp, FollowUpReport
from app.rakor.repository.followups import FollowUpRepository
from app.rakor.rules import followups as rules
from app.rakor.rules.followups import EventFollowUpState
from app.rakor.schemas.followups import (
    EventFollowUpOut,
    FollowUpDetailOut,
    FollowUpFacts,
    FollowUpReportOut,
    OwnBeginningIn,
    OwnCompletionIn,
    ProgressContent,
)

WRONG_CODE = Text(
    "Kode tindak lanjut tidak ada atau tidak berlaku.",
    "The code of the follow-up is missing or invalid.",
)


class Progress:
    """The steps of a follow-up that the caller has found, with what was said at each."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.follow_ups = FollowUpRepository(session, actor)
        self.subjects = SubjectService(session)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def step(
        self,
        follow_up: EventFollowUp,
        to: EventFollowUpState,
        said: ProgressContent,
        evidence_id: UUID | None = None,
    ) -> EventFollowUpOut:
        follow_up.state, id = rules.step(follow_up.state, to), new_id()
        if to not in rules.UNFINISHED:
            follow_up.closed_at = self.now
            await self.subjects.close(follow_up.id)
        report = FollowUpReport(
            id=id,
            follow_up_id=follow_up.id,
            state=to,
            sealed=files.seal_progress(said, id, self.keys),
            evidence_id=evidence_id,
            reported_at=self.now,
            reported_by=self.actor.id,
        )
        self.follow_ups.add(report)
        await self.journal.record(f"follow_up.{to}", follow_up)
        return told(follow_up, self.now)

    async def describe(self, follow_up: EventFollowUp) -> FollowUpDetailOut:
        """With all that was said of it, which may name persons, so it is journalled."""
        reports = await self.follow_ups.reports_of(follow_up)
        await self.journal.record("follow_up.read", follow_up, reports=len(reports))
        return FollowUpDetailOut(
            **dict(told(follow_up, self.now)), reports=[self._opened(each) for each in reports]
        )

    def _opened(self, report: FollowUpReport) -> FollowUpReportOut:
        said = files.open_progress(report.sealed, report.id, self.keys)
        return FollowUpReportOut(
            state=report.state,
            note=said.note,
            link=said.link,
            evidence_id=report.evidence_id,
            reported_at=report.reported_at,
            reported_by=report.reported_by,
        )


class OwnFollowUpService:
    """What the holder of a code does for the office that answers, without an account."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.follow_ups = FollowUpRepository(session, actor)
        self.progress = Progress(session, actor, now, keys)

    async def read(self, code: str) -> FollowUpDetailOut:
        return await self.progress.describe(await self._opened_by(code))

    async def begin(self, form: OwnBeginningIn) -> EventFollowUpOut:
        said = ProgressContent(note=form.note)
        follow_up = await self._opened_by(form.code)
        return await self.progress.step(follow_up, EventFollowUpState.IN_PROGRESS, said)

    async def complete(self, form: OwnCompletionIn) -> EventFollowUpOut:
        said = ProgressContent(note=form.note, link=form.link)
        follow_up = await self._opened_by(form.code)
        return await self.progress.step(follow_up, EventFollowUpState.DONE, said)

    async def _opened_by(self, code: str) -> EventFollowUp:
        follow_up = await self.follow_ups.opened_by(hash_token(code))
        if follow_up is None:
            raise WrongCredential(WRONG_CODE)
        return follow_up


def told(follow_up: EventFollowUp, now: datetime) -> EventFollowUpOut:
    return EventFollowUpOut(
        **dict(FollowUpFacts.model_validate(follow_up)),
        is_overdue=rules.is_overdue(follow_up.state, follow_up.due_at, now),
    )
