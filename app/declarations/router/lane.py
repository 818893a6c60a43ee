"""What the lane of a national hour takes of those who sign by a ticket, and what it answers."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Final, Literal, NamedTuple
from uuid import UUID

import msgspec
from fastapi import Request

from app.core.actors import PUBLIC
from app.declarations.router.signing import redeem
from app.declarations.rules.kinds import Check, Group, Method, SignatoryRole, SignatureState
from app.declarations.rules.wishes import Recorded

# As our own page writes it; the route reads the other spellings, and refuses other centuries.
_MOMENT: Final = (
    r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3}([0-9]{3})?)?Z$"
)


class TicketForm(msgspec.Struct, forbid_unknown_fields=True):
    """The plain shape of `TicketSignatureIn`."""

    ticket: Annotated[str, msgspec.Meta(max_length=200)]
    method: Literal["click"] = "click"
    captured_at: Annotated[str, msgspec.Meta(pattern=_MOMENT)] | None = None


class SignatureAnswer(msgspec.Struct):
    """The same as `SignatureOut`, field by field."""

    id: UUID
    declaration_id: UUID
    region_code: str
    group: Group
    role: SignatoryRole
    method: Method
    captured_at: datetime | None
    recorded_at: datetime
    state: SignatureState
    check: Check
    leaf_index: int


_FORMS: Final = msgspec.json.Decoder(TicketForm)
_ANSWERS: Final = msgspec.json.Encoder()


class Asked(NamedTuple):
    """What a body in the plain shape asks for."""

    ticket: str
    captured_at: datetime | None


def read(body: bytes) -> Asked | None:
    """Read a body in the plain shape; None for any other."""
    try:
        form = _FORMS.decode(body)
        captured = None if form.captured_at is None else datetime.fromisoformat(form.captured_at)
    except ValueError:  # also what msgspec raises, and a 30th of February
        return None
    return Asked(form.ticket, captured)


async def carry_out(request: Request, asked: Asked) -> tuple[int, bytes]:
    """Sign as the route does: 201 the first time, 200 ever after."""
    request.state.actor = PUBLIC
    done = await redeem(request, asked.ticket, Method.CLICK, asked.captured_at)
    return HTTPStatus.CREATED if done.first else HTTPStatus.OK, _ANSWERS.encode(_told(done.answer))


def _told(signed: Recorded) -> SignatureAnswer:
    return SignatureAnswer(
        id=signed.id,
        declaration_id=signed.declaration_id,
        region_code=signed.region_code,
        group=signed.group,
        role=signed.role,
        method=signed.method,
        captured_at=signed.captured_at,
        recorded_at=signed.recorded_at,
        state=signed.state,
        check=signed.check,
        leaf_index=signed.leaf_index,
    )
