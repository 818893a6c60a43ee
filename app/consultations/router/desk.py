from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.audit.models import JournalEntry
from app.consultations.router.doors import Desk, Publishing, may_answer, may_read
from app.consultations.schemas.answers import ConsultationAnswerIn
from app.consultations.schemas.desk import (
    ConsultationCountsOut,
    ConsultationFilter,
    ConsultationHistoryOut,
    ConsultationOut,
    ConsultationRow,
)
from app.consultations.schemas.publications import (
    PublicationIn,
    PublicationOut,
    PublicationReasonIn,
)
from app.core.paging import Found, Slice
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/consultations", "consultations")


@router.get("", response_model=Page[ConsultationRow], dependencies=[may_read])
async def list_consultations(
    wanted: Annotated[ConsultationFilter, Query()], desk: Desk
) -> Found[ConsultationRow]:
    """List the questions that the reader sees, newest first.

    `stale=true` is the list for review: a rule that an answer cites has ended or was changed, or
    the published text is on an answer that was replaced.
    """
    return await desk.find(wanted)


@router.get("/counts", dependencies=[may_read])
async def count_consultations(desk: Desk) -> ConsultationCountsOut:
    """See how many questions wait for an answer, a reader or a review, in the reader's sight.

    When a rule changes, `stale` grows, and the journal has `consultation.review_due` for each.
    """
    return await desk.counts()


@router.get("/{consultation_id}", dependencies=[may_read])
async def read_consultation(consultation_id: UUID, desk: Desk) -> ConsultationOut:
    """Read one question with its answers and the texts for the public; reading is recorded."""
    return await desk.read(consultation_id)


@router.get(
    "/{consultation_id}/history",
    response_model=Page[ConsultationHistoryOut],
    dependencies=[may_read],
)
async def read_consultation_history(
    consultation_id: UUID, wanted: Annotated[Slice, Query()], desk: Desk
) -> Found[JournalEntry]:
    """Read what was done with a question, newest first."""
    return await desk.history(consultation_id, wanted)


@router.post(
    "/{consultation_id}/answers",
    status_code=201,
    dependencies=[may_answer, idempotent, can_be_rehearsed],
)
async def answer_consultation(
    consultation_id: UUID, form: ConsultationAnswerIn, desk: Desk
) -> ConsultationOut:
    """Answer a question with its legal basis; a later answer takes the place of an earlier one."""
    return await desk.answer(consultation_id, form)


@router.post(
    "/{consultation_id}/publications",
    status_code=201,
    dependencies=[may_answer, idempotent, can_be_rehearsed],
)
async def draft_publication(
    consultation_id: UUID, form: PublicationIn, publishing: Publishing
) -> PublicationOut:
    """Write a text for the public on the present answer, without anything of any person.

    It stays sealed until a second person has read and approved it.
    """
    return await publishing.draft(consultation_id, form)


@router.post(
    "/{consultation_id}/publications/{publication_id}/approval",
    dependencies=[may_answer, idempotent, can_be_rehearsed],
)
async def approve_publication(
    consultation_id: UUID, publication_id: UUID, publishing: Publishing
) -> PublicationOut:
    """Publish a text that somebody else wrote, after having read it."""
    return await publishing.approve(consultation_id, publication_id)


@router.post(
    "/{consultation_id}/publications/{publication_id}/rejection",
    dependencies=[may_answer, idempotent, can_be_rehearsed],
)
async def reject_publication(
    consultation_id: UUID, publication_id: UUID, form: PublicationReasonIn, publishing: Publishing
) -> PublicationOut:
    """Send a text back with a reason: it is not published."""
    return await publishing.reject(consultation_id, publication_id, form)


@router.post(
    "/{consultation_id}/publications/{publication_id}/withdrawal",
    dependencies=[may_answer, idempotent, can_be_rehearsed],
)
async def withdraw_publication(
    consultation_id: UUID, publication_id: UUID, form: PublicationReasonIn, publishing: Publishing
) -> PublicationOut:
    """Take a published text from the public with a reason; it stays with the question."""
    return await publishing.withdraw(consultation_id, publication_id, form)
