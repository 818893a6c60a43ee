"""What everybody can do: look at earlier answers, say whether they help, and ask."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.consultations.router.doors import Asking, Catalogue, Published
from app.consultations.rules.articles import Article
from app.consultations.schemas.answers import ArticleFilter, LawArticleOut
from app.consultations.schemas.asking import (
    ConsultationIn,
    PhoneConsultationIn,
    QuestionFiledOut,
    RatingIn,
)
from app.consultations.schemas.publications import (
    PublishedAnswerOut,
    SimilarIn,
    SimilarOut,
    VoteOut,
)
from app.core.ids import new_id
from app.core.paging import Found, Slice
from app.web.daily import Daily
from app.web.door import anyone, toll_door
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed, never_rehearsed
from app.web.room import has_room

router = rooms("/consultations", "consultations")


@router.get("/articles", response_model=Page[LawArticleOut], dependencies=[anyone])
async def list_articles(
    wanted: Annotated[ArticleFilter, Query()], catalogue: Catalogue
) -> Found[Article]:
    """List the articles that answers can cite, with their versions, by code."""
    return await catalogue.find(wanted)


@router.get("/published", response_model=Page[PublishedAnswerOut], dependencies=[anyone])
async def list_published_answers(
    wanted: Annotated[Slice, Query()], published: Published
) -> Found[PublishedAnswerOut]:
    """List the published answers, newest first; they name no person, no place and no office."""
    return await published.find(wanted)


@router.post("/published/search", dependencies=[anyone])
async def search_published_answers(form: SimilarIn, published: Published) -> SimilarOut:
    """See before asking what was answered to similar questions; nothing of it is kept.

    Words are found in any form and, by trigrams, misspelt as well. It is a POST because what is
    about to be asked is confidential, and URLs end in logs.
    """
    return await published.similar(form.question)


@router.get("/published/{publication_id}", dependencies=[anyone])
async def read_published_answer(publication_id: UUID, published: Published) -> PublishedAnswerOut:
    """Read one published answer with the articles that it cites."""
    return await published.read(publication_id)


@router.put("/published/{publication_id}/rating", dependencies=[anyone, never_rehearsed])
async def rate_published_answer(
    publication_id: UUID, daily: Daily, form: RatingIn, published: Published
) -> VoteOut:
    """Say whether it helps: one voice for each address and day counts, and no address is kept."""
    return await published.vote(publication_id, helpful=form.helpful, first=daily.first)


@router.put(
    "/{consultation_id}",
    status_code=201,
    responses=REPEATABLE,
    dependencies=[toll_door, has_room, can_be_rehearsed],
)
async def put_consultation(
    consultation_id: UUID, form: PhoneConsultationIn, asking: Asking, told: Told
) -> QuestionFiledOut:
    """Ask before acting, under an id made by the phone; repeat it until an answer arrives.

    The same body gets the first answer again (200), with the same receipt code; another body
    is refused (409).
    """
    return told.of(await asking.ask(consultation_id, form))


@router.post("", status_code=201, dependencies=[toll_door, has_room, idempotent, can_be_rehearsed])
async def file_consultation(form: ConsultationIn, asking: Asking, told: Told) -> QuestionFiledOut:
    """Ask before acting, under an id of ours; send an Idempotency-Key to repeat it safely."""
    return told.of(await asking.ask(new_id(), form))
