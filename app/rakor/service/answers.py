from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.rakor import files
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation, InvitationDeputy, InvitationReason
from app.rakor.repository.invitations import InvitationRepository
from app.rakor.repository.secrets import InvitationSecrets, Secret
from app.rakor.rules import attendance as rules
from app.rakor.rules.attendance import COMES, Answer
from app.rakor.rules.events import ANNOUNCED, check_stage
from app.rakor.rules.mails import answers_due
from app.rakor.rules.seats import check_online
from app.rakor.schemas.answers import AnsweredOut, AnswerIn, InvitedToOut, OwnInvitationOut
from app.rakor.service.codes import InvitationCodes
from app.rakor.service.duty_letters import DutyLetters
from app.rakor.service.queue import Queue
from app.rakor.service.ticket_book import TicketBook


def link_of(public_address: str, code: str) -> str:
    """Where the office answers; no browser sends what stands behind the `#`, so it is in no log."""
    return f"{public_address}/invitations#{code}"


class AnswerService:
    """What an invited office does with its code."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.invitations = InvitationRepository(session)
        self.codes = InvitationCodes(session)
        self.secrets = InvitationSecrets(session)
        self.journal = Journal(session, actor, now)
        self.queue = Queue(session, self.journal)
        self.letters = DutyLetters(session, actor, now)
        self.tickets = TicketBook(session, keys, now)
        self.now = now
        self.keys = keys

    async def look_up(self, code: str) -> OwnInvitationOut:
        invitation = await self.codes.open(code)
        return await self._own(await self.invitations.event_of(invitation), invitation)

    async def answer(self, form: AnswerIn) -> AnsweredOut:
        """Answer for the invited office; until the event was held the last answer counts."""
        rules.check_answer(form.answer, form.deputy_post, form.reason)
        rules.check_deputy(form.answer, form.deputy_name, form.duty_letter_number)
        event = await self.invitations.event_of(await self.codes.open(form.code), lock=True)
        # What was read before the lock may have been withdrawn, or got another code, meanwhile.
        check_stage(event.stage, ANNOUNCED)
        invitation = await self.codes.open_standing(form.code)
        rules.check_not_over(event.ends_on, event.time_zone, self.now)
        await self._take_seat(event, invitation, form)
        await self._keep(invitation, form)
        if form.answer is Answer.SENDS_DEPUTY:
            await self.letters.admit(event, invitation)
        else:
            await self.letters.dismiss(invitation)
        await self.journal.record(
            "invitation.answered", event, invitation=str(invitation.id), answer=form.answer
        )
        own = await self._own(event, invitation)
        has_seat = own.seat is rules.InvitationSeat.HELD
        ticket = await self.tickets.give(event, invitation) if has_seat else None
        told = {"answer": form.answer, "answered_at": self.now, "ticket": ticket}
        return AnsweredOut(**dict(own) | told)

    async def _take_seat(self, event: Event, invitation: Invitation, form: AnswerIn) -> None:
        """Who joins by network leaves the hall to the others."""
        check_online(form.answer, event.mode, online=form.online)
        invitation.joins_online = form.online
        if form.answer in COMES and not form.online:
            await self.queue.join(event, invitation)
        else:
            await self.queue.leave(event, invitation)

    async def _keep(self, invitation: Invitation, form: AnswerIn) -> None:
        before = (invitation.answer, invitation.deputy_post)
        now = (form.answer, form.deputy_post)
        invitation.answer = form.answer
        invitation.deputy_post = form.deputy_post
        invitation.duty_letter_number = form.duty_letter_number
        invitation.answered_at = self.now
        await self._seal(invitation, InvitationReason, form.reason)
        if not rules.keeps_name(before, now, form.deputy_name):
            await self._seal(invitation, InvitationDeputy, form.deputy_name)

    async def _seal(self, invitation: Invitation, kind: Secret, words: str | None) -> None:
        sealed = files.seal_words(words, invitation.id, self.keys) if words else None
        await self.secrets.keep(invitation, kind, sealed)

    async def _own(self, event: Event, invitation: Invitation) -> OwnInvitationOut:
        is_withdrawn = invitation.withdrawn_at is not None
        is_past = rules.is_over(event.ends_on, event.time_zone, self.now)
        last = await self.queue.last_seated(event)
        return OwnInvitationOut(
            **dict(_of_event(event)),
            joins_online=invitation.joins_online,
            online_link=None if is_withdrawn else event.online_link,
            office_name=invitation.office_name,
            post=invitation.post,
            letter_number=invitation.letter_number,
            takes_answers=event.stage in ANNOUNCED and not (is_withdrawn or is_past),
            is_withdrawn=is_withdrawn,
            answer=invitation.answer,
            deputy_post=invitation.deputy_post,
            deputy_is_named=await self.secrets.of(invitation, InvitationDeputy) is not None,
            duty_letter_number=invitation.duty_letter_number,
            answered_at=invitation.answered_at,
            seat=rules.seat_of(invitation.queue_number, last),
            waiting_number=await self.queue.number(event, invitation),
        )


def _of_event(event: Event) -> InvitedToOut:
    return InvitedToOut(
        event_id=event.id,
        title=event.title,
        purpose=event.purpose,
        organiser=event.office_name,
        mode=event.mode,
        venue=event.venue,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        time_zone=event.time_zone,
        stage=event.stage,
        answers_due_on=answers_due(event.answers_due_on, event.starts_on),
        declaration_id=event.declaration_id,
    )
