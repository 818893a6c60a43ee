from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.complaints.router.doors import Identity, may_decide_identity, may_request_identity
from app.complaints.schemas.identity import (
    DenialIn,
    GrantIn,
    IdentityRequestFilter,
    IdentityRequestIn,
    IdentityRequestOut,
    ReporterOut,
)
from app.core.paging import Found, Slice
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("", "identity")


@router.post(
    "/complaints/{complaint_id}/identity-requests",
    status_code=201,
    dependencies=[may_request_identity, idempotent, can_be_rehearsed],
)
async def request_identity(
    complaint_id: UUID, form: IdentityRequestIn, identity: Identity
) -> IdentityRequestOut:
    """Ask a custodian to let you know who reported; one request at a time."""
    return await identity.request(complaint_id, form)


@router.get(
    "/complaints/{complaint_id}/identity-requests",
    response_model=Page[IdentityRequestOut],
    dependencies=[may_request_identity],
)
async def list_identity_requests_of_complaint(
    complaint_id: UUID, wanted: Annotated[Slice, Query()], identity: Identity
) -> Found[IdentityRequestOut]:
    """List who asked for the reporter's identity, why, and what was decided, newest first."""
    return await identity.about(complaint_id, wanted)


@router.post("/complaints/{complaint_id}/identity/openings", dependencies=[may_request_identity])
async def open_identity(complaint_id: UUID, identity: Identity) -> ReporterOut:
    """Open the reporter's identity while your request is granted; the reporter is told of it.

    Reading it is an act: each time is recorded in the history of the complaint, and none is kept
    for an Idempotency-Key, which would outlive the grant.
    """
    return await identity.open(complaint_id)


@router.get(
    "/identity-requests",
    response_model=Page[IdentityRequestOut],
    dependencies=[may_decide_identity],
)
async def list_identity_requests(
    wanted: Annotated[IdentityRequestFilter, Query()], identity: Identity
) -> Found[IdentityRequestOut]:
    """List the requests for identities in the custodian's area, newest first."""
    return await identity.find(wanted)


@router.post(
    "/identity-requests/{request_id}/grant",
    dependencies=[may_decide_identity, idempotent, can_be_rehearsed],
)
async def grant_identity(request_id: UUID, form: GrantIn, identity: Identity) -> IdentityRequestOut:
    """Let the officer who asked open the identity for some hours; you yourself never see it."""
    return await identity.grant(request_id, form)


@router.post(
    "/identity-requests/{request_id}/denial",
    dependencies=[may_decide_identity, idempotent, can_be_rehearsed],
)
async def deny_identity(request_id: UUID, form: DenialIn, identity: Identity) -> IdentityRequestOut:
    """Refuse a request with a reason; it may be made again with a better one."""
    return await identity.deny(request_id, form.reason)


@router.post(
    "/identity-requests/{request_id}/revocation",
    dependencies=[may_decide_identity, idempotent, can_be_rehearsed],
)
async def revoke_identity(request_id: UUID, identity: Identity) -> IdentityRequestOut:
    """End a grant at once; what was opened before stays in the history."""
    return await identity.revoke(request_id)
