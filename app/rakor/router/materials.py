"""The materials and photos of an event; the files themselves come by `/uploads`."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse

from app.core.paging import Found
from app.evidence.router.doors import OpenDepot
from app.evidence.router.downloads import DOWNLOADS, attachment
from app.evidence.schemas.custody import OpeningIn
from app.rakor.models.materials import Material
from app.rakor.router.doors import acts, changes
from app.rakor.schemas.materials import (
    EventMaterialIn,
    EventMaterialOut,
    InvitedMaterialIn,
    InvitedMaterialsIn,
    MaterialFilter,
)
from app.rakor.service.materials import MaterialFileService, MaterialService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, anyone
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events/{event_id}/materials", "events")
of_invited = rooms("/invitation-materials", "events")


async def open_files(
    session: Session, actor: CurrentActor, now: Now, keys: Keys, depot: OpenDepot
) -> MaterialFileService:
    return MaterialFileService(session, actor, now, keys, depot.objects)


Materials = Annotated[MaterialService, opened(MaterialService)]
Files = Annotated[MaterialFileService, Depends(open_files)]


@router.post("", status_code=201, response_model=EventMaterialOut, dependencies=acts)
async def add_material(event_id: UUID, form: EventMaterialIn, service: Materials) -> Material:
    """Add a file of the event to its materials, and say who may see it.

    The file comes by `/uploads`, which names the event.
    """
    return await service.add(event_id, form)


@router.get("", response_model=Page[EventMaterialOut], dependencies=[anyone])
async def list_materials(
    event_id: UUID, wanted: Annotated[MaterialFilter, Query()], service: Materials
) -> Found[Material]:
    """List the materials of an event, newest first: what is public, or for whoever asks."""
    return await service.find(event_id, wanted)


@router.get(
    "/{material_id}/copy",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[anyone],
)
async def read_material_copy(event_id: UUID, material_id: UUID, files: Files) -> StreamingResponse:
    """Read a material in its working copy: the picture or the pages, and nothing beside."""
    return attachment(await files.open_copy(event_id, material_id))


@router.post(
    "/{material_id}/openings",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=changes,
)
async def open_material(
    event_id: UUID, material_id: UUID, form: OpeningIn, files: Files
) -> StreamingResponse:
    """Open the original of a material as its organiser, with a reason that stays on record."""
    return attachment(await files.open_original(event_id, material_id, form))


@router.post("/{material_id}/withdrawal", response_model=EventMaterialOut, dependencies=acts)
async def withdraw_material(event_id: UUID, material_id: UUID, service: Materials) -> Material:
    """Withdraw a material: nobody is shown it any more."""
    return await service.withdraw(event_id, material_id)


@of_invited.post("", response_model=Page[EventMaterialOut], dependencies=[anyone])
async def list_invited_materials(form: InvitedMaterialsIn, service: Materials) -> Found[Material]:
    """List the materials for the invited with the code of an invitation; no account is needed."""
    return await service.find_invited(form)


@of_invited.post(
    "/copy", response_class=StreamingResponse, responses=DOWNLOADS, dependencies=[anyone]
)
async def read_invited_material(form: InvitedMaterialIn, files: Files) -> StreamingResponse:
    """Read a material in its working copy with the code of an invitation."""
    return attachment(await files.open_invited(form.code, form.material_id))
