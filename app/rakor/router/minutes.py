from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from app.core.paging import Found
from app.rakor.models.minutes import PublishedDecision
from app.rakor.router.doors import MERGE_PATCH, acts, changes, may_read, presides
from app.rakor.schemas.minutes import (
    DecisionFilter,
    DecisionPublicationIn,
    MinutesApprovalIn,
    MinutesIn,
    MinutesOut,
    MinutesPatch,
    MinutesRevisionOut,
    PublishedDecisionOut,
    RevisionFilter,
)
from app.rakor.service.decisions import DecisionService
from app.rakor.service.minutes import MinutesService
from app.web.door import anyone
from app.web.etags import IfMatch, tagged
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events/{event_id}", "events")

MinutesDesk = Annotated[MinutesService, opened(MinutesService)]
Decisions = Annotated[DecisionService, opened(DecisionService)]


@router.post("/minutes", status_code=201, dependencies=acts)
async def write_minutes(
    event_id: UUID, form: MinutesIn, service: MinutesDesk, response: Response
) -> MinutesOut:
    """Write the first minutes of an event, with its proposals and decisions."""
    return tagged(response, await service.write(event_id, form))


@router.patch("/minutes", dependencies=changes)
async def revise_minutes(
    event_id: UUID,
    version: IfMatch,
    patch: Annotated[MinutesPatch, MERGE_PATCH],
    service: MinutesDesk,
    response: Response,
) -> MinutesOut:
    """Revise the minutes; the revision before is kept, and the new one is approved anew."""
    return tagged(response, await service.revise(event_id, version, patch))


@router.get("/minutes", dependencies=[may_read])
async def read_minutes(event_id: UUID, service: MinutesDesk, response: Response) -> MinutesOut:
    """Read the minutes in their last revision; the reading is journalled."""
    return tagged(response, await service.read(event_id))


@router.get("/minutes/revisions", response_model=Page[MinutesRevisionOut], dependencies=[may_read])
async def list_minutes_revisions(
    event_id: UUID, wanted: Annotated[RevisionFilter, Query()], service: MinutesDesk
) -> Found[MinutesRevisionOut]:
    """List the revisions of the minutes and when each was approved, newest first."""
    return await service.revisions(event_id, wanted)


@router.get("/minutes/revisions/{revision_id}", dependencies=[may_read])
async def read_minutes_revision(
    event_id: UUID, revision_id: UUID, service: MinutesDesk
) -> MinutesOut:
    """Read the minutes as they stood in one revision; the reading is journalled."""
    return await service.read_revision(event_id, revision_id)


@router.post("/minutes/approval", dependencies=presides)
async def approve_minutes(
    event_id: UUID, form: MinutesApprovalIn, service: MinutesDesk
) -> MinutesRevisionOut:
    """Approve the last revision of the minutes, as a member of the organising office."""
    return await service.approve(event_id, form.version)


@router.post("/decisions", status_code=201, response_model=PublishedDecisionOut, dependencies=acts)
async def publish_decision(
    event_id: UUID, form: DecisionPublicationIn, service: Decisions
) -> PublishedDecision:
    """Publish a decision of the approved minutes, in words that name no person."""
    return await service.publish(event_id, form)


@router.get("/decisions", response_model=Page[PublishedDecisionOut], dependencies=[anyone])
async def list_decisions(
    event_id: UUID, wanted: Annotated[DecisionFilter, Query()], service: Decisions
) -> Found[PublishedDecision]:
    """List the decisions that an event has published, newest first."""
    return await service.find(event_id, wanted)


@router.post(
    "/decisions/{decision_id}/withdrawal",
    response_model=PublishedDecisionOut,
    dependencies=acts,
)
async def withdraw_decision(
    event_id: UUID, decision_id: UUID, service: Decisions
) -> PublishedDecision:
    """Withdraw what was published of a decision; it can be published in other words."""
    return await service.withdraw(event_id, decision_id)
