"""Signatures that a rule does not let count: counted first, then applied, and reversible."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.actors import Permission
from app.core.paging import Found
from app.declarations.models.signing import Invalidation, InvalidationFind
from app.declarations.schemas.changes import (
    FindFilter,
    FoundSignatureOut,
    InvalidationFilter,
    InvalidationIn,
    InvalidationOut,
    PreviewedInvalidationOut,
)
from app.declarations.service.invalidations import InvalidationService
from app.web.door import needs
from app.web.idempotency import idempotent
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/declarations/{declaration_id}/invalidations", "declarations")

may_manage = needs(Permission.MANAGE_DECLARATIONS)

Invalidations = Annotated[InvalidationService, opened(InvalidationService)]


@router.post("", status_code=201, dependencies=[may_manage, idempotent, can_be_rehearsed])
async def preview_invalidation(
    declaration_id: UUID, form: InvalidationIn, invalidations: Invalidations
) -> PreviewedInvalidationOut:
    """Count the signatures that a rule does not let count; nothing else changes.

    What was found is kept, at most 100,000, and listed at `/signatures` below it. While the index
    key is being replaced, the same person is not looked for (409, `index-keys-in-rotation`).
    """
    return await invalidations.preview(declaration_id, form)


@router.get("", response_model=Page[InvalidationOut], dependencies=[may_manage])
async def list_invalidations(
    declaration_id: UUID,
    wanted: Annotated[InvalidationFilter, Query()],
    invalidations: Invalidations,
) -> Found[Invalidation]:
    """List what rules found in a declaration, and what was done about it, newest first."""
    return await invalidations.previews(declaration_id, wanted)


@router.get(
    "/{invalidation_id}/signatures",
    response_model=Page[FoundSignatureOut],
    dependencies=[may_manage],
)
async def list_found_signatures(
    declaration_id: UUID,
    invalidation_id: UUID,
    wanted: Annotated[FindFilter, Query()],
    invalidations: Invalidations,
) -> Found[InvalidationFind]:
    """List the signatures that a rule found, as the preview showed them."""
    return await invalidations.finds(declaration_id, invalidation_id, wanted)


@router.post(
    "/{invalidation_id}/approval",
    response_model=InvalidationOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def approve_invalidation(
    declaration_id: UUID, invalidation_id: UUID, invalidations: Invalidations
) -> Invalidation:
    """Invalidate exactly what the preview showed; each gets a leaf of its own in the log.

    One step does 2,500 at most, so that nobody waits long to sign: repeat it until `applied_at` is
    set. Refused where the rule would find something else by now (409, `invalidation-set-changed`).
    """
    return await invalidations.apply(declaration_id, invalidation_id)


@router.post(
    "/{invalidation_id}/reversal",
    response_model=InvalidationOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def reverse_invalidation(
    declaration_id: UUID, invalidation_id: UUID, invalidations: Invalidations
) -> Invalidation:
    """Let what was invalidated count again, except where something else was done since.

    One step does 2,500 at most: repeat it until `reversed_at` is set.
    """
    return await invalidations.reverse(declaration_id, invalidation_id)
