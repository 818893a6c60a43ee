"""The page of a follow-up, for offices that have its code and no account; it works without a
script."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, ValidationError

from app.core.errors import DomainError, Invalid
from app.rakor.router.followups import OwnFollowUps
from app.rakor.schemas.followups import EventFollowUpOut, OwnBeginningIn, OwnCompletionIn
from app.rakor.service import follow_up_page
from app.rakor.service.follow_up_page import BEGINNING, COMPLETION, PATH
from app.rakor.service.progress import OwnFollowUpService
from app.web.door import anyone
from app.web.forms import Typed, form_pages, kept
from app.web.messages import faults_in
from app.web.pages import Page
from app.web.problems import status_of

PAGE: Final = Page(
    Path(__file__).parent.parent / "data" / "follow-up.html", "Tindak lanjut · Follow-up"
)

Fields: TypeAlias = Mapping[str, str]
T = TypeVar("T", bound=BaseModel)


async def refuse(request: Request, refusal: DomainError) -> Response:
    """Why it cannot be, and the way to begin anew."""
    again = await kept(request, refusal)
    return PAGE.show(status_of(type(refusal)), content=follow_up_page.refuse(refusal, again))


pages = form_pages(refuse)


@pages.get(PATH, dependencies=[anyone])
async def show_follow_up() -> Response:
    """Show where the code of a follow-up is entered; in a link it stands behind the `#`."""
    return PAGE.show(content=follow_up_page.ask_code())


@pages.post(PATH, dependencies=[anyone])
async def report_on_page(filled: Typed, service: OwnFollowUps) -> Response:
    """Open a follow-up by its code, or report on it; what was typed is never lost."""
    code, step = filled.pop("code", ""), _STEPS.get(filled.pop("step", ""))
    if step is None:
        return PAGE.show(content=follow_up_page.ask(await service.read(code), code, {}))
    try:
        follow_up = await step({"code": code} | filled, service)
    except Invalid as refusal:
        own, status = await service.read(code), status_of(type(refusal))
        return PAGE.show(status, content=follow_up_page.ask(own, code, filled, refusal.faults))
    return PAGE.show(content=follow_up_page.tell(follow_up, code))


async def _begin(said: Fields, service: OwnFollowUpService) -> EventFollowUpOut:
    # A proof is of what is done: the link of who only begins is left out.
    known = {name: value for name, value in said.items() if name != "link"}
    return await service.begin(_form(OwnBeginningIn, known))


async def _complete(said: Fields, service: OwnFollowUpService) -> EventFollowUpOut:
    return await service.complete(_form(OwnCompletionIn, said))


_STEPS: Final[Mapping[str, Callable[[Fields, OwnFollowUpService], Awaitable[EventFollowUpOut]]]] = {
    BEGINNING: _begin,
    COMPLETION: _complete,
}


def _form(kind: type[T], said: Fields) -> T:
    try:
        return kind.model_validate(said)
    except ValidationError as broken:
        raise Invalid(*faults_in(broken.errors(include_input=False))) from None
