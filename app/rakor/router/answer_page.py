"""The page of an invitation: it works without a script, and tells every refusal in its place."""

from pathlib import Path
from typing import Final

from fastapi import Request, Response
from pydantic import ValidationError

from app.core.errors import DomainError, Invalid
from app.rakor.router.invitations import Answers
from app.rakor.schemas.answers import AnswerIn
from app.rakor.service import answer_page
from app.rakor.service.answer_form import as_sent
from app.web.door import anyone
from app.web.forms import Filled, form_pages, kept
from app.web.messages import faults_in
from app.web.pages import Page
from app.web.problems import status_of

PAGE: Final = Page(
    Path(__file__).parent.parent / "data" / "invitation.html", "Undangan · Invitation"
)
PATH: Final = "/invitations"


async def refuse(request: Request, refusal: DomainError) -> Response:
    """Why it cannot be, and the way to begin anew."""
    again = await kept(request, refusal)
    return PAGE.show(status_of(type(refusal)), content=answer_page.refuse(refusal, again))


pages = form_pages(refuse)


@pages.get(PATH, dependencies=[anyone])
async def show_invitation() -> Response:
    """Show where the code of an invitation is entered; in a link it stands behind the `#`."""
    return PAGE.show(content=answer_page.ask_code())


@pages.post(PATH, dependencies=[anyone])
async def answer_on_page(filled: Filled, service: Answers) -> Response:
    """Open an invitation by its code, or answer it; what was typed is never lost."""
    said = as_sent(filled)
    code = said.pop("code", "")
    own = await service.look_up(code)
    if said.pop("step", None) is None:
        return PAGE.show(content=answer_page.ask(own, code, answer_page.before(own)))
    try:
        answered = await service.answer(_form(code, said))
    except Invalid as refusal:
        status, faults = status_of(type(refusal)), refusal.faults
        return PAGE.show(status, content=answer_page.ask(own, code, said, faults))
    return PAGE.show(content=answer_page.tell(answered, code))


def _form(code: str, said: dict[str, str]) -> AnswerIn:
    try:
        return AnswerIn.model_validate({"code": code} | said)
    except ValidationError as broken:
        raise Invalid(*faults_in(broken.errors(include_input=False))) from None
