from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.cases.router.doors import Conflicts, Glass, may_decide, may_read
from app.cases.schemas.conflicts import (
    BreakGlassIn,
    BreakGlassOut,
    ConflictDeclaredOut,
    ConflictEndIn,
    ConflictIn,
    ConflictOut,
)
from app.core.paging import Found, Slice
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases/{case_id}", "cases")


@router.post("/conflicts", status_code=201, dependencies=[may_read, idempotent, can_be_rehearsed])
async def declare_conflict(
    case_id: UUID, form: ConflictIn, conflicts: Conflicts
) -> ConflictDeclaredOut:
    """Declare a conflict of interest; from now on the case does not exist for that officer.

    Everybody may declare his own; that of another is for a member of the holding office, or of
    one above it, to say.
    """
    return await conflicts.declare(case_id, form)


@router.get("/conflicts", response_model=Page[ConflictOut], dependencies=[may_read])
async def list_conflicts(
    case_id: UUID, wanted: Annotated[Slice, Query()], conflicts: Conflicts
) -> Found[ConflictOut]:
    """List who is walled off from the case, and who was, newest first."""
    return await conflicts.find(case_id, wanted)


@router.post(
    "/conflicts/{conflict_id}/ending",
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def request_conflict_end(
    case_id: UUID, conflict_id: UUID, form: ConflictEndIn, conflicts: Conflicts
) -> ConflictOut:
    """Ask with a reason that a conflict of interest end; another member has to agree."""
    return await conflicts.ask_to_end(case_id, conflict_id, form.reason)


@router.post(
    "/conflicts/{conflict_id}/ending/agreement",
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def agree_conflict_end(case_id: UUID, conflict_id: UUID, conflicts: Conflicts) -> ConflictOut:
    """End a conflict of interest, as another member has asked; nobody ends his own."""
    return await conflicts.end(case_id, conflict_id)


@router.post(
    "/break-glass", status_code=201, dependencies=[may_decide, idempotent, can_be_rehearsed]
)
async def request_break_glass(case_id: UUID, form: BreakGlassIn, glass: Glass) -> BreakGlassOut:
    """Ask that a wall be lifted for some hours; another member has to agree."""
    return await glass.ask(case_id, form)


@router.get("/break-glass", response_model=Page[BreakGlassOut], dependencies=[may_read])
async def list_break_glass(
    case_id: UUID, wanted: Annotated[Slice, Query()], glass: Glass
) -> Found[BreakGlassOut]:
    """List the requests to lift a wall before the case, newest first."""
    return await glass.find(case_id, wanted)


@router.post(
    "/break-glass/{request_id}/agreement",
    dependencies=[may_decide, idempotent, can_be_rehearsed],
)
async def agree_break_glass(case_id: UUID, request_id: UUID, glass: Glass) -> BreakGlassOut:
    """Agree to lift a wall; it stands again by itself when the hours are over."""
    return await glass.agree(case_id, request_id)
