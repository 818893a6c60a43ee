"""The page of an invitation: it works without a script, and tells every refusal in its place."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ValidationError

from app.core.errors import DomainError, Invalid, TooMany, UnsupportedMedia, WrongCredential
from app.rakor.router.invitations import Answers
from app.rakor.schemas.answers import AnswerIn
from app.rakor.service import answer_page
from app.rakor.service.answer_form import as_sent
from app.web.door import anyone
from app.web.messages import faults_in
from app.web.operation import Operation
from app.web.pages import Page
from app.web.problems import status_of

PAGE: Final = Page(Path(__file__).parent.parent / "data" / "invitation.html")
PATH: Final = "/invitations"

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 20

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageOperation(Operation):
    """Answers a refusal with the page itself."""

    def get_route_handler(self) -> Handler:
        carry_out = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                return await carry_out(request)
            except WrongCredential as wrong:
                return await self._refuse_slowly(request, wrong)
            except DomainError as refusal:
                return self._refuse(refusal)

        return handle

    def tell(self, refusal: DomainError) -> Response:
        """The page on which a refusal is told."""
        return PAGE.show(status_of(type(refusal)), content=answer_page.refuse(refusal))

    async def _refuse_slowly(self, request: Request, refusal: DomainError) -> Response:
        """Whoever guesses codes waits longer each time, as everywhere."""
        try:
            async with request.app.state.limits.after_wrong(request):
                return self._refuse(refusal)
        except TooMany as busy:
            return self._refuse(busy)

    def _refuse(self, refusal: DomainError) -> Response:
        answer = self.tell(refusal)
        if refusal.retry_after is not None:
            answer.headers["Retry-After"] = str(refusal.retry_after)
        return answer


pages = APIRouter(route_class=PageOperation, include_in_schema=False)


async def read_fields(request: Request) -> dict[str, str]:
    """What was typed in; nothing where it is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UnsupportedMedia
    body = (await request.body()).decode(errors="replace")
    try:
        return as_sent(parse_qs(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}


Filled = Annotated[dict[str, str], Depends(read_fields)]


@pages.get(PATH, dependencies=[anyone])
async def show_invitation() -> Response:
    """Show where the code of an invitation is entered; in a link it stands behind the `#`."""
    return PAGE.show(content=answer_page.ask_code())


@pages.post(PATH, dependencies=[anyone])
async def answer_on_page(filled: Filled, service: Answers) -> Response:
    """Open an invitation by its code, or answer it; what was typed is never lost."""
    code = filled.pop("code", "")
    own = await service.look_up(code)
    if filled.pop("step", None) is None:
        return PAGE.show(content=answer_page.ask(own, code, answer_page.before(own)))
    try:
        answered = await service.answer(_form(code, filled))
    except Invalid as refusal:
        status, faults = status_of(type(refusal)), refusal.faults
        return PAGE.show(status, content=answer_page.ask(own, code, filled, faults))
    return PAGE.show(content=answer_page.tell(answered, code))


def _form(code: str, filled: dict[str, str]) -> AnswerIn:
    try:
        return AnswerIn.model_validate({"code": code} | filled)
    except ValidationError as broken:
        raise Invalid(*faults_in(broken.errors(include_input=False))) from None
