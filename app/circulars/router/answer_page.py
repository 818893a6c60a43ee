"""The page of a link: it works without a script, and tells every refusal in its place."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ValidationError

from app.circulars.files import answer_page
from app.circulars.files.answer_forms import AnswerStep
from app.circulars.router.answers import Answers
from app.circulars.service.answer_page import AnswerPageService
from app.core.errors import (
    Conflict,
    DomainError,
    Invalid,
    TooMany,
    UnsupportedMedia,
    WrongCredential,
)
from app.web.addresses import PublicAddress
from app.web.door import anyone
from app.web.messages import faults_in
from app.web.operation import Operation
from app.web.pages import Page
from app.web.problems import status_of

PAGE: Final = Page(Path(__file__).parent.parent / "data" / "answer.html")
PATH: Final = "/circular-answers"

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 40

Handler: TypeAlias = Callable[[Request], Coroutine[Any, Any, Response]]
Fields: TypeAlias = Mapping[str, Sequence[str]]


class PageOperation(Operation):
    """Answers a refusal with the page itself."""

    def get_route_handler(self) -> Handler:
        carry_out = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await carry_out(request)
            except WrongCredential as wrong:
                return await _refuse_slowly(request, wrong)
            except DomainError as refusal:
                return _refuse(refusal)

        return handle


pages = APIRouter(route_class=PageOperation, include_in_schema=False)


async def read_fields(request: Request) -> Fields:
    """What was typed in; nothing where it is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UnsupportedMedia
    body = (await request.body()).decode(errors="replace")
    try:
        return parse_qs(body, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}


Filled = Annotated[Fields, Depends(read_fields)]


@pages.get(PATH, dependencies=[anyone])
async def show_answer() -> Response:
    """Show where the code of a link is entered; in the link it stands behind the `#`."""
    return PAGE.show(content=answer_page.ask_code())


@pages.post(PATH, dependencies=[anyone])
async def answer_on_page(filled: Filled, answers: Answers, address: PublicAddress) -> Response:
    """Open what a link leads to, or take a step there; what was typed is never lost."""
    service = AnswerPageService(answers, address)
    code = "".join(filled.get("code", ())[-1:]).strip()
    step = _step(filled)
    try:
        return PAGE.show(content=await service.take(code, step, filled))
    except ValidationError as broken:
        wrong = Invalid(*faults_in(broken.errors(include_input=False)))
        return _again(wrong, await service.show(code, step, filled, wrong))
    except (Invalid, Conflict) as refusal:
        # How it stands now is shown as well: a step that was repeated has happened.
        return _again(refusal, await service.show(code, step, filled, refusal))


def _again(refusal: DomainError, content: str) -> Response:
    return PAGE.show(status_of(type(refusal)), content=content)


def _step(filled: Fields) -> AnswerStep:
    asked = "".join(filled.get("step", ())[-1:])
    return AnswerStep(asked) if asked in set(AnswerStep) else AnswerStep.OPEN


async def _refuse_slowly(request: Request, refusal: DomainError) -> Response:
    """Whoever guesses codes waits longer each time, as everywhere."""
    try:
        async with request.app.state.limits.after_wrong(request):
            return _refuse(refusal)
    except TooMany as busy:
        return _refuse(busy)


def _refuse(refusal: DomainError) -> Response:
    answer = PAGE.show(status_of(type(refusal)), content=answer_page.refuse(refusal))
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer
