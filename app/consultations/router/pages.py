"""The page of questions for people: look first, then ask; it works without a script.

It is all POST, because what somebody is about to ask is confidential, and addresses end in logs.
"""

import secrets
from pathlib import Path
from typing import Final
from uuid import UUID

from fastapi import Request, Response
from pydantic import ValidationError

from app.consultations.files import page
from app.consultations.router.doors import Asking, PlacesToAsk, Published
from app.consultations.rules.questions import LONGEST_QUESTION
from app.consultations.schemas.asking import PhoneConsultationIn
from app.consultations.service.own_page import OwnPageService
from app.core.actors import Permission
from app.core.errors import Conflict, ConflictingBody, DomainError, Invalid, WrongCredential
from app.core.ids import new_id
from app.core.paging import Slice
from app.receipts.service import receipt_holder
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import anyone
from app.web.forms import Typed, form_pages, kept
from app.web.messages import faults_in
from app.web.pages import Page
from app.web.problems import status_of
from app.web.room import has_room

PAGE: Final = Page(
    Path(__file__).parent.parent / "data" / "consultation.html",
    "Konsultasi netralitas ASN · Neutrality questions",
)
_LATEST: Final = 10


async def refuse(request: Request, refusal: DomainError) -> Response:
    """Why it cannot be, and the way to begin anew."""
    again = await kept(request, refusal)
    return PAGE.show(status_of(type(refusal)), content=page.refuse(refusal, again))


pages = form_pages(refuse)


@pages.get(page.PATH, dependencies=[anyone])
async def show_published_answers(published: Published) -> Response:
    """Show the latest published answers, and where one looks for others."""
    latest = await published.find(Slice(limit=_LATEST))
    return PAGE.show(content=page.begin(latest.items))


@pages.post(page.PATH, dependencies=[anyone])
async def show_similar_answers(
    filled: Typed, published: Published, places: PlacesToAsk
) -> Response:
    """Show what was answered to similar questions, and then the form to ask."""
    asked = filled.get("question", "")[:LONGEST_QUESTION]
    similar = await published.similar(asked)
    form = page.ask(_new() | {"question": asked}, await places.with_office())
    return PAGE.show(content=page.found(asked, similar.items, form))


@pages.post(page.ASKING, dependencies=[anyone, has_room])
async def ask_on_page(filled: Typed, asking: Asking, places: PlacesToAsk) -> Response:
    """Ask; sent twice it is asked once, and where something is wrong nothing typed is lost."""
    try:
        asked = await asking.ask(_id(filled), _form(filled))
    except (ConflictingBody, Invalid) as refusal:
        form = page.ask(filled | _new(), await places.with_office(), refusal)
        return PAGE.show(status_of(type(refusal)), content=form)
    return PAGE.show(content=page.tell(asked.answer))


@pages.post(page.FOLLOWING, dependencies=[anyone])
async def follow_on_page(filled: Typed, session: Session, now: Now, keys: Keys) -> Response:
    """Show the answer and the messages to whoever has the code, who may rate it and write."""
    author = await receipt_holder(session, filled.get("code", ""))
    if not author.may(Permission.FOLLOW_CONSULTATION):
        raise WrongCredential
    own = OwnPageService(session, author, now, keys)
    try:
        await own.take(filled)
    except ValidationError as broken:
        wrong = Invalid(*faults_in(broken.errors(include_input=False)))
        return await _again(own, filled, wrong)
    except (Conflict, Invalid) as refusal:
        return await _again(own, filled, refusal)
    return PAGE.show(content=await own.show(filled))


async def _again(own: OwnPageService, filled: dict[str, str], refusal: DomainError) -> Response:
    return PAGE.show(status_of(type(refusal)), content=await own.show(filled, refusal))


def _new() -> dict[str, str]:
    """An id and a secret for the form: by them sending twice asks once."""
    return {"id": str(new_id()), "receipt_secret": secrets.token_hex(16)}


def _id(filled: dict[str, str]) -> UUID:
    try:
        return UUID(filled.get("id", ""))
    except ValueError:
        raise Invalid from None


def _form(filled: dict[str, str]) -> PhoneConsultationIn:
    said = {name: value for name, value in filled.items() if name != "id"}
    try:
        return PhoneConsultationIn.model_validate(said)
    except ValidationError as broken:
        raise Invalid(*faults_in(broken.errors(include_input=False))) from None
