from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.paging import Found, Slice
from app.correspondence.router.doors import Contacts, Reporter, may_follow
from app.correspondence.schemas.contact import ContactIn, ContactOut
from app.correspondence.schemas.messages import MessageIn, MessageOut, SeenIn, SentOut, UnreadOut
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/receipt", "receipt")


@router.get("/messages", response_model=Page[MessageOut], dependencies=[may_follow])
async def list_receipt_messages(
    wanted: Annotated[Slice, Query()], reporter: Reporter
) -> Found[MessageOut]:
    """Read what was written both ways, newest first; nothing is marked as read by it."""
    return await reporter.find(wanted)


@router.put(
    "/messages/{message_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=[may_follow, can_be_rehearsed],
)
async def put_receipt_message(
    message_id: UUID, form: MessageIn, reporter: Reporter, told: Told
) -> SentOut:
    """Write to the office under an id made by the phone; repeat it until an answer arrives."""
    return told.of(await reporter.put(message_id, form))


@router.post("/messages/read", dependencies=[may_follow, can_be_rehearsed])
async def mark_receipt_messages_read(form: SeenIn, reporter: Reporter) -> UnreadOut:
    """Say what was seen: the next news is then told again to the address, if one was left."""
    return await reporter.see(form.up_to)


@router.get("/contact", dependencies=[may_follow])
async def read_contact(contacts: Contacts) -> ContactOut:
    """See, masked, to which address news is told, and whether this service sends e-mail."""
    return await contacts.read()


@router.put("/contact", dependencies=[may_follow, can_be_rehearsed])
async def put_contact(form: ContactIn, contacts: Contacts) -> ContactOut:
    """Leave an address, in place of the one before; it is told that there is news, never what."""
    return await contacts.leave(form)


@router.delete("/contact", dependencies=[may_follow])
async def delete_contact(contacts: Contacts) -> ContactOut:
    """Take the address back: it is deleted, with any notice on its way."""
    return await contacts.forget()
