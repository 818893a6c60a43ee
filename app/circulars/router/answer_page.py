"""The page of a link: it works without a script, and tells every refusal in its place."""

from pathlib import Path
from typing import Final

from fastapi import Request, Response
from pydantic import ValidationError

from app.circulars.files import answer_page
from app.circulars.files.answer_forms import AnswerStep
from app.circulars.router.answers import Answers
from app.circulars.service.answer_page import AnswerPageService
from app.core.errors import (
    Conflict,
    DomainError,
    Invalid,
)
from app.web.addresses import PublicAddress
from app.web.door import anyone
from app.web.forms import Fields, Filled, form_pages, kept, last_of
from app.web.messages import faults_in
from app.web.pages import Page
from app.web.problems import status_of

PAGE: Final = Page(
    Path(__file__).parent.parent / "data" / "answer.html", "Jawaban edaran · Answer a circular"
)
PATH: Final = "/circular-answers"


async def refuse(request: Request, refusal: DomainError) -> Response:
    """Why it cannot be, and the way to begin anew."""
    again = await kept(request, refusal)
    return PAGE.show(status_of(type(refusal)), content=answer_page.refuse(refusal, again))


pages = form_pages(refuse)


@pages.get(PATH, dependencies=[anyone])
async def show_answer() -> Response:
    """Show where the code of a link is entered; in the link it stands behind the `#`."""
    return PAGE.show(content=answer_page.ask_code())


@pages.post(PATH, dependencies=[anyone])
async def answer_on_page(filled: Filled, answers: Answers, address: PublicAddress) -> Response:
    """Open what a link leads to, or take a step there; what was typed is never lost."""
    service = AnswerPageService(answers, address)
    code = last_of(filled, "code")
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
    asked = last_of(filled, "step")
    return AnswerStep(asked) if asked in set(AnswerStep) else AnswerStep.OPEN
