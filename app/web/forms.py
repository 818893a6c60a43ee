"""Pages with forms: they work without a script, and tell every refusal in its place."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Annotated, Any, Final, TypeAlias
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.crypto import KeysOutdated
from app.core.database import may_pass
from app.core.errors import (
    DomainError,
    NotFound,
    TooMany,
    Unauthenticated,
    Unavailable,
    UnsupportedMedia,
)
from app.core.html import sent_again
from app.web.operation import Operation

Fields: TypeAlias = Mapping[str, Sequence[str]]
Handler: TypeAlias = Callable[[Request], Coroutine[Any, Any, Response]]
Refuse: TypeAlias = Callable[[Request, DomainError], Awaitable[Response]]

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 40
_RECOVERY_SECONDS: Final = 2


def form_pages(refuse: Refuse) -> APIRouter:
    """The router of pages of which `refuse` makes the one that tells why something cannot be.

    It is called when the unit of work is closed, also where the share is used up, or the database
    away.
    """

    class PageOperation(Operation):
        def get_route_handler(self) -> Handler:
            carry_out = super().get_route_handler()

            async def handle(request: Request) -> Response:
                return await _answer(carry_out, refuse, request)

            return handle

    return APIRouter(route_class=PageOperation, include_in_schema=False)


async def read_fields(request: Request) -> Fields:
    """What was typed in, or chosen; nothing where it cannot be read."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UnsupportedMedia
    body = (await request.body()).decode(errors="replace")
    try:
        return parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}


Filled = Annotated[Fields, Depends(read_fields)]


def last_of(fields: Fields, name: str) -> str:
    """The one value of a field, or nothing."""
    return "".join(fields.get(name, ())[-1:]).strip()


async def read_typed(fields: Filled) -> dict[str, str]:
    """The last value of each field that was not left empty."""
    return {name: said for name in fields if (said := last_of(fields, name))}


Typed = Annotated[dict[str, str], Depends(read_typed)]


async def kept(request: Request, refusal: DomainError) -> str:
    """A form that sends once more what could only not be taken now; else nothing."""
    if request.method != "POST" or not isinstance(refusal, (TooMany, Unavailable)):
        return ""
    try:
        return sent_again(await read_fields(request))
    except UnsupportedMedia:
        return ""


async def _answer(carry_out: Handler, refuse: Refuse, request: Request) -> Response:
    try:
        return await carry_out(request)
    except Unauthenticated as wrong:
        return await _slowly(refuse, request, wrong)
    except RequestValidationError:
        return await _told(refuse, request, NotFound())
    except DomainError as refusal:
        return await _told(refuse, request, refusal)
    except (DBAPIError, PoolTimeout, OSError, KeysOutdated) as trouble:
        if not may_pass(trouble):
            raise
        return await _told(refuse, request, Unavailable(retry_after=_RECOVERY_SECONDS))


async def _slowly(refuse: Refuse, request: Request, wrong: DomainError) -> Response:
    """Whoever guesses codes waits longer each time, as everywhere."""
    try:
        async with request.app.state.limits.after_wrong(request):
            return await _told(refuse, request, wrong)
    except TooMany as busy:
        return await _told(refuse, request, busy)


async def _told(refuse: Refuse, request: Request, refusal: DomainError) -> Response:
    answer = await refuse(request, refusal)
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer
