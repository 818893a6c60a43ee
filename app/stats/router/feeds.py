"""Large sets line by line, and the moves of the figures as they happen."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from time import monotonic
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from app.core.actors import Actor
from app.core.database import may_pass
from app.core.errors import Unauthenticated
from app.stats.router.paper import may_read
from app.stats.schemas.feed import CellsFilter, ChangesFilter, MovedOut, PlaceFilter
from app.stats.service.feed import Exports
from app.stats.service.watching import FigureWatch, Listener, Moved
from app.web.accepting import accepted, choose
from app.web.clock import Now
from app.web.database import SessionFactory
from app.web.door import CurrentActor
from app.web.operation import rooms

router = rooms("/stats", "statistics")

_JSON: Final = "application/json"
_LINES: Final = "application/x-ndjson"
_EVENTS: Final = "text/event-stream"
_HEARTBEAT: Final = b": masih di sini\n\n"
_EVENT: Final = 'id: 4711\nevent: figures\ndata: {"fold":4711,"at":null,"units":["case"]}\n\n'
_UNBUFFERED: Final = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}


def lines(example: str) -> dict[int | str, dict[str, Any]]:
    return {
        200: {
            "description": "One object of JSON in each line; the last says that it is whole.",
            "content": {_LINES: {"schema": {"type": "string"}, "example": example}},
        }
    }


_CHANGE: Final = (
    '{"fold":4711,"reason":"case.registered","unit":"case","change":1,"region_code":"73.04",'
    '"election_code":"pilkada-2024","day":"2024-11-05","codes":{"furthest_step":"registered"}}\n'
    '{"complete_to":4711,"lines":1}\n'
)
_CELL: Final = (
    '{"unit":"case","snapshot":4711}\n{"key":"73.04","across":null,"count":12}\n'
    '{"complete_to":4711,"lines":1}\n'
)
MOVED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Server-sent events; the present state as JSON where `Accept` asks not.",
        "content": {_EVENTS: {"schema": {"type": "string"}, "example": _EVENT}},
    },
    406: {},
}


async def open_exports(
    request: Request, sessions: SessionFactory, actor: CurrentActor, now: Now
) -> Exports:
    return Exports(request.app.state.replica or sessions, actor, now)


Opened = Annotated[Exports, Depends(open_exports)]


async def read_since(
    last_event_id: Annotated[
        str | None,
        Header(description="The last event you had.", pattern="^[0-9]{1,15}$", examples=["4711"]),
    ] = None,
) -> int | None:
    return int(last_event_id) if last_event_id else None


Since = Annotated[int | None, Depends(read_since)]


class Audience:
    """One dashboard that listens, let go when what it may read has changed or ended."""

    def __init__(self, request: Request, actor: Actor, listener: Listener) -> None:
        self.request = request
        self.watch: FigureWatch = request.app.state.watch
        self.actor = actor
        self.listener = listener

    async def events(self, since: int | None) -> AsyncIterator[bytes]:
        looked = monotonic()
        async with aclosing(self.watch.follow(self.listener, since)) as moves:
            async for moved in moves:
                # On a busy day no heartbeat comes: figures move before it.
                if moved is None or monotonic() - looked >= self.watch.heartbeat:
                    looked = monotonic()
                    if not await self._may_still_read():
                        return
                yield _HEARTBEAT if moved is None else _event(moved)

    async def _may_still_read(self) -> bool:
        """Asked as often as a heartbeat comes, in a unit of work of its own."""
        state, written = self.request.app.state, self.request.headers["authorization"]
        try:
            async with state.sessions.begin() as session:
                return bool(await state.authenticate(session, written) == self.actor)
        except Unauthenticated:
            return False
        except Exception as trouble:
            if may_pass(trouble):
                return True
            raise


async def take_seat(
    request: Request, actor: CurrentActor, wanted: Annotated[PlaceFilter, Query()], since: Since
) -> AsyncIterator[Response]:
    """The seat is given back when the last event is sent, however the line ended."""
    watch: FigureWatch = request.app.state.watch
    area = await watch.area_in(actor.area, wanted.region)
    if choose(accepted(request), (_JSON, _EVENTS)) == _JSON:
        yield Response(_json(await watch.now(area, since)), media_type=_JSON)
        return
    with watch.seated(area, actor.named()) as listener:
        # How long somebody listens is no measure of how fast we answer.
        request.state.endless = True
        events = Audience(request, actor, listener).events(since)
        yield StreamingResponse(events, headers=_UNBUFFERED, media_type=_EVENTS)


Seat = Annotated[Response, Depends(take_seat, scope="request")]


@router.get(
    "/changes",
    response_class=StreamingResponse,
    responses=lines(_CHANGE),
    dependencies=[may_read],
)
async def export_changes(
    wanted: Annotated[ChangesFilter, Query()], exports: Opened
) -> StreamingResponse:
    """Export every change of the figures with its reason, line by line, in the order of the folds.

    Whoever adds them to the counts of `/stats/cells` at `since_fold` has the figures of the fold
    that the last line names as `complete_to`: go on with that one. What ends without that line
    broke off.
    """
    found = await exports.check_changes(wanted)
    return StreamingResponse(exports.changes(found), media_type=_LINES)


@router.get(
    "/cells", response_class=StreamingResponse, responses=lines(_CELL), dependencies=[may_read]
)
async def export_cells(
    wanted: Annotated[CellsFilter, Query()], exports: Opened
) -> StreamingResponse:
    """Export every count that is not zero by one or two dimensions, line by line.

    For large sets, such as every regency on every day. The first line says what is counted, the
    last one as of which fold it is whole (`complete_to`): what ends without it broke off.
    """
    found = await exports.check_cells(wanted)
    return StreamingResponse(exports.cells(found), media_type=_LINES)


@router.get("/stream", response_model=MovedOut, responses=MOVED, dependencies=[may_read])
async def watch_figures(seat: Seat) -> Response:
    """Watch the figures: an event whenever they have moved, at most one a second.

    `Accept: text/event-stream` asks for it; `Last-Event-ID` goes on where the line broke. It ends
    with the token, or when its rights change. At most 10 at once by one account (429): a system
    that shows figures to many listens once for all of them. Without that header, the present state
    is answered once.
    """
    return seat


def _event(moved: Moved) -> bytes:
    return f"id: {moved.fold}\nevent: figures\ndata: {_json(moved)}\n\n".encode()


def _json(moved: Moved) -> str:
    return MovedOut.model_validate(moved).model_dump_json()
