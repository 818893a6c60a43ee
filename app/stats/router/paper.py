"""What every question about live figures has in common: its reader, its format, its ETag."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Request, Response
from pydantic.config import JsonDict

from app.core.actors import Permission
from app.core.places import NATION
from app.core.remembered import Remembered
from app.stats.files.sheets import (
    TABLES,
    Format,
    write_answer,
    write_public_table,
    write_summary,
    write_table,
)
from app.stats.repository.reached import Reached, reached
from app.stats.rules import periods
from app.stats.schemas.answers import AnswerOut, ReportOut
from app.stats.schemas.crossing import CrossOut
from app.stats.schemas.figures import SummaryOut, TableOut
from app.stats.schemas.public import PublicTableOut
from app.stats.service.asking import Asking
from app.web.accepting import accepted, choose
from app.web.clock import Now
from app.web.database import ReadSession
from app.web.door import CurrentActor, needs
from app.web.etags import PRIVATE, NotModified, is_known, tag_of

may_read: Any = needs(Permission.READ_STATISTICS)

_REACHED: Final = "figures"
_NO_MOMENT: Final = datetime(1, 1, 1, tzinfo=UTC)


Known = Annotated[
    str | None, Header(alias="If-None-Match", description="ETags you have.", max_length=2_000)
]


class Paper:
    """The format that the caller reads, among those that there are."""

    def __init__(self, request: Request, among: Sequence[Format] = TABLES) -> None:
        vary = (b"vary", b"Accept")
        request.state.headers += [] if vary in request.state.headers else [vary]
        self.format = choose(accepted(request), among)

    def with_table(self, table: TableOut) -> Response:
        return Response(write_table(table, self.format), media_type=self.format.value)

    def with_public(self, table: PublicTableOut, named: str | None) -> Response:
        """In the form that the address names: a link to a file cannot send `Accept`."""
        form = Format[named.upper()] if named else self.format
        return Response(write_public_table(table, form), media_type=form.value)


class LivePaper(Paper):
    """Its ETag tells the answer before it is counted: by release, fold, question, area, day and
    format."""

    def __init__(self, request: Request, area: str | None, day: str, to: Reached) -> None:
        super().__init__(request, tuple(Format))
        asked = request.url.path, *sorted(request.query_params.multi_items())
        release = request.app.state.release
        version = (release, to, asked, NATION if area == "" else area, day, self.format)
        self.headers = {"ETag": tag_of(repr(version).encode()), "Cache-Control": PRIVATE}
        self.request, self.to = request, to

    def check(self, known: str) -> None:
        """Say 304 where the caller has the answer, and again while the same look is remembered."""
        # A star names any answer, also to a question that is not one.
        if known.strip() != "*" and is_known(self.headers["ETag"], known):
            memory, to = self.request.app.state.reached, self.to
            self.request.state.same_while = lambda: memory.get(_REACHED) is to
            raise NotModified(self.headers)

    def with_table(self, table: TableOut) -> Response:
        return self._with(write_table(table, self.format))

    def with_answer(self, answer: AnswerOut | ReportOut) -> Response:
        return self._with(write_answer(answer, self.format))

    def with_course(self, course: TableOut | CrossOut) -> Response:
        return self.with_table(course) if isinstance(course, TableOut) else self.with_answer(course)

    def with_summary(self, summary: SummaryOut) -> Response:
        return self._with(write_summary(summary, self.format))

    def _with(self, written: bytes) -> Response:
        return Response(written, media_type=self.format.value, headers=self.headers)


class WholePaper(Paper):
    """Its weak ETag is the hash of what was counted: not all of it is told by the fold."""

    def __init__(self, request: Request, known: str) -> None:
        super().__init__(request, tuple(Format))
        self.known = known

    def with_answer(self, answer: ReportOut) -> Response:
        written = write_answer(answer, self.format)
        # The moment of asking is no change.
        same = write_answer(answer.model_copy(update={"as_of": _NO_MOMENT}), self.format)
        tag = tag_of(same)
        headers = {"ETag": f"W/{tag}", "Cache-Control": PRIVATE}
        if self.known and is_known(tag, self.known):
            raise NotModified(headers)
        return Response(written, media_type=self.format.value, headers=headers)


async def take_whole_paper(request: Request, if_none_match: Known = None) -> WholePaper:
    return WholePaper(request, if_none_match or "")


async def take_paper(request: Request) -> Paper:
    return Paper(request)


async def read_reached(
    request: Request, session: ReadSession, actor: CurrentActor, now: Now, known: Known = None
) -> Reached:
    """How far the figures are; who asks again within a moment is answered from memory."""
    memory: Remembered[Reached] = request.app.state.reached
    lately = memory.get(_REACHED)
    if lately is not None and known:
        LivePaper(request, actor.area, periods.today(now).isoformat(), lately).check(known)
    return memory.keep(_REACHED, await reached(session))


To = Annotated[Reached, Depends(read_reached)]


async def take_live_paper(
    request: Request,
    actor: CurrentActor,
    now: Now,
    to: To,
    if_none_match: Known = None,
) -> LivePaper:
    paper = LivePaper(request, actor.area, periods.today(now).isoformat(), to)
    paper.check(if_none_match or "")
    return paper


async def begin_asking(
    request: Request, session: ReadSession, actor: CurrentActor, now: Now, to: To
) -> Asking:
    return Asking(session, actor, now, to, request.app.state.heard)


Chosen = Annotated[Paper, Depends(take_paper)]
Live = Annotated[LivePaper, Depends(take_live_paper)]
Whole = Annotated[WholePaper, Depends(take_whole_paper)]
Asked = Annotated[Asking, Depends(begin_asking)]


def asked_by(kind: Any) -> Any:
    """For `Annotated`: the service of this kind, for the reader's questions."""

    async def open_service(asking: Asked) -> Any:
        return kind(asking)

    return Depends(open_service)


def answers(example: JsonDict, sheet: bytes, lines: bytes | None = None) -> Any:
    """Document the formats of an answer."""
    content: dict[str, Any] = {
        "application/json": {"example": example},
        "text/csv": {"schema": {"type": "string"}, "example": sheet.decode()},
    }
    if lines is not None:
        text = {"schema": {"type": "string"}, "example": lines.decode()}
        content["application/x-ndjson"] = text
    described = "JSON, or one row for each cell where `Accept` asks for another format."
    return {200: {"description": described, "content": content}, 406: {}}


def live(kind: type[AnswerOut | ReportOut], example: JsonDict) -> Any:
    """Document an answer row by row."""
    answer = kind.model_validate(example)
    return answers(example, write_answer(answer, Format.CSV), write_answer(answer, Format.NDJSON))


def of_table(example: JsonDict, *, by_line: bool) -> Any:
    """Document a table; a public one does not come line by line."""
    table = TableOut.model_validate(example)
    lines = write_table(table, Format.NDJSON) if by_line else None
    return answers(example, write_table(table, Format.CSV), lines)
