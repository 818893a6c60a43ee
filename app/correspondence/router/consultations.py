"""What whoever asked and the office that answers write to each other."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.paging import Found, Slice
from app.correspondence.router.doors import (
    AnsweringDesk,
    Asker,
    AskersContact,
    may_answer_consultations,
    may_follow_consultation,
    may_read_consultations,
)
from app.correspondence.schemas.contact import ContactIn, ContactOut
from app.correspondence.schemas.messages import (
    DeskMessageOut,
    MessageIn,
    MessageOut,
    ReadIn,
    SeenIn,
    SentOut,
    UnreadOut,
)
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

desk = rooms("/consultations/{consultation_id}/messages", "consultations")
receipt = rooms("/receipt/consultation", "receipt")


@desk.get("", response_model=Page[DeskMessageOut], dependencies=[may_read_consultations])
async def list_consultation_messages(
    consultation_id: UUID, wanted: Annotated[Slice, Query()], desk: AnsweringDesk
) -> Found[DeskMessageOut]:
    """Read what asker and office wrote to each other, newest first; none is marked as read."""
    return await desk.find(consultation_id, wanted)


@desk.post(
    "",
    status_code=201,
    dependencies=[may_answer_consultations, idempotent, can_be_rehearsed],
)
async def write_consultation_message(
    consultation_id: UUID, form: MessageIn, desk: AnsweringDesk
) -> DeskMessageOut:
    """Write to whoever asked in the name of the office; the officer's name is never shown."""
    return await desk.write(consultation_id, form)


@desk.post("/read", dependencies=[may_answer_consultations, can_be_rehearsed])
async def mark_consultation_messages_read(
    consultation_id: UUID, form: ReadIn, desk: AnsweringDesk
) -> UnreadOut:
    """Mark the asker's messages up to this one as read, for everybody at the desk."""
    return await desk.mark_read(consultation_id, form.up_to)


@receipt.get("/messages", response_model=Page[MessageOut], dependencies=[may_follow_consultation])
async def list_own_consultation_messages(
    wanted: Annotated[Slice, Query()], asker: Asker
) -> Found[MessageOut]:
    """Read what was written both ways, newest first; nothing is marked as read by it."""
    return await asker.find(wanted)


@receipt.put(
    "/messages/{message_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=[may_follow_consultation, can_be_rehearsed],
)
async def put_own_consultation_message(
    message_id: UUID, form: MessageIn, asker: Asker, told: Told
) -> SentOut:
    """Write to the office under an id made by the phone; repeat it until an answer arrives."""
    return told.of(await asker.put(message_id, form))


@receipt.post("/messages/read", dependencies=[may_follow_consultation, can_be_rehearsed])
async def mark_own_consultation_messages_read(form: SeenIn, asker: Asker) -> UnreadOut:
    """Say what was seen: the next news is then told again to the address, if one was left."""
    return await asker.see(form.up_to)


@receipt.get("/contact", dependencies=[may_follow_consultation])
async def read_consultation_contact(contacts: AskersContact) -> ContactOut:
    """See, masked, to which address news is told, and whether this service sends e-mail."""
    return await contacts.read()


@receipt.put("/contact", dependencies=[may_follow_consultation, can_be_rehearsed])
async def put_consultation_contact(form: ContactIn, contacts: AskersContact) -> ContactOut:
    """Leave an address, in place of the one before; it is told that there is news, never what."""
    return await contacts.leave(form)


@receipt.delete("/contact", dependencies=[may_follow_consultation])
async def delete_consultation_contact(contacts: AskersContact) -> ContactOut:
    """Take the address back: it is deleted, with any notice on its way."""
    return await contacts.forget()
