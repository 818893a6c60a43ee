"""What both sides of a correspondence do alike: write a message, and show a page of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.core.crypto import Keyring
from app.core.places import Placed
from app.correspondence.files.sealing import open_text
from app.correspondence.models import Message
from app.correspondence.repository.messages import MessageRepository
from app.correspondence.rules.messages import Side
from app.correspondence.schemas.messages import MessageOut
from app.receipts.rules import ReceiptKind


def write(subject: Placed, kind: ReceiptKind, id: UUID, sealed: bytes, now: datetime) -> Message:
    """A message of the reporter; whoever writes for an office adds its name."""
    return Message(
        id=id,
        subject_id=subject.id,
        kind=kind,
        region_id=subject.region_id,
        region_code=subject.region_code,
        side=Side.REPORTER,
        sealed=sealed,
        sent_at=now,
    )


async def show(
    found: Sequence[Message], messages: MessageRepository, keys: Keyring
) -> list[MessageOut]:
    """Open messages as either side may read them: the office by its name, no officer."""
    names = await messages.office_names({each.office_id for each in found if each.office_id})
    return [
        MessageOut(
            id=each.id,
            side=each.side,
            office=names[each.office_id] if each.office_id else None,
            text=open_text(each, keys),
            sent_at=each.sent_at,
            is_read=each.read_at is not None,
        )
        for each in found
    ]
