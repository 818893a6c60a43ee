"""Signing in a room without network: devices, what they take along, and what they bring back."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse

from app.core.actors import Permission
from app.core.jws import Jws
from app.core.paging import Found
from app.declarations.router.answers import answer_batch
from app.declarations.schemas.batches import BatchIn, BatchOut
from app.declarations.schemas.captures import CaptureOut, PaperFilter, PaperRow
from app.declarations.schemas.devices import (
    BundleOut,
    DeviceAddedOut,
    DeviceFilter,
    DeviceIn,
    DeviceOut,
)
from app.declarations.service.batches import BatchService
from app.declarations.service.captures import CaptureService
from app.declarations.service.devices import DeviceService
from app.declarations.service.papers import PaperCopyService, PaperService
from app.evidence.router.doors import OpenDepot
from app.evidence.router.downloads import DOWNLOADS, attachment
from app.evidence.schemas.custody import OpeningIn
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor, needs
from app.web.idempotency import idempotent
from app.web.language import ReadersLanguage
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/declarations/{declaration_id}", "declarations")

may_manage = needs(Permission.MANAGE_DECLARATIONS)
may_collect = needs(Permission.COLLECT_SIGNATURES)


async def open_paper_copies(
    session: Session, actor: CurrentActor, now: Now, keys: Keys, depot: OpenDepot
) -> PaperCopyService:
    return PaperCopyService(session, actor, now, keys, depot.objects)


Devices = Annotated[DeviceService, opened(DeviceService)]
Batches = Annotated[BatchService, opened(BatchService)]
Captures = Annotated[CaptureService, opened(CaptureService)]
Papers = Annotated[PaperService, opened(PaperService)]
PaperCopies = Annotated[PaperCopyService, Depends(open_paper_copies)]


@router.post(
    "/devices",
    status_code=201,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def register_device(declaration_id: UUID, form: DeviceIn, devices: Devices) -> DeviceAddedOut:
    """Register a device that collects signatures; its credential is shown this once.

    The device needs network once more, to take its bundle along, and again to deliver.
    """
    return await devices.register(declaration_id, form)


@router.get("/devices", response_model=Page[DeviceOut], dependencies=[may_manage])
async def list_devices(
    declaration_id: UUID, wanted: Annotated[DeviceFilter, Query()], devices: Devices
) -> Found[DeviceOut]:
    """List the devices of a declaration, newest first."""
    return await devices.find(declaration_id, wanted)


@router.post(
    "/devices/{device_id}/revocation",
    response_model=DeviceOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def revoke_device(declaration_id: UUID, device_id: UUID, devices: Devices) -> DeviceOut:
    """Take a device out of use, because it was lost or is no longer needed.

    What it collected before, an officer can still send in its name.
    """
    return await devices.revoke(declaration_id, device_id)


@router.get("/bundle", response_model=BundleOut, dependencies=[may_collect])
async def read_bundle(declaration_id: UUID, devices: Devices) -> Jws:
    """Take along what a device needs without network: text, names, nonces, signed by us.

    Only for the device itself. Check the signature with the key from its registration, and set the
    clock by `issued_at`. From then on names lie on the device, so that reading is recorded.
    """
    return await devices.bundle(declaration_id)


@router.post("/signatures/batch", dependencies=[may_collect])
async def record_signatures(
    declaration_id: UUID, form: BatchIn, batches: Batches, language: ReadersLanguage
) -> BatchOut:
    """Deliver what was collected, up to 500 signatures; repeat it in any order until answered.

    Each item gets an answer of its own, in its place: recorded now, recorded before (`repeated`),
    or refused, with a code and a sentence. One bad item never spoils the others.

    What was signed in a document elsewhere waits for the organiser (`check`), who reads what it is.
    """
    return answer_batch(await batches.take(declaration_id, form), language)


@router.get(
    "/signatures/{signature_id}/capture",
    dependencies=[needs(Permission.MANAGE_DECLARATIONS)],
)
async def read_capture(declaration_id: UUID, signature_id: UUID, captures: Captures) -> CaptureOut:
    """Read where a signature came from: its device, its paper, and what was drawn."""
    return await captures.read(declaration_id, signature_id)


@router.get("/papers", response_model=Page[PaperRow], dependencies=[may_manage])
async def list_papers(
    declaration_id: UUID, wanted: Annotated[PaperFilter, Query()], papers: Papers
) -> Found[PaperRow]:
    """List the scans and signed documents of a declaration, with their hashes, newest first.

    They come by `/uploads`, which names the declaration.
    """
    return await papers.find(declaration_id, wanted)


@router.get(
    "/papers/{evidence_id}/copy",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[may_manage],
)
async def read_paper_copy(
    declaration_id: UUID, evidence_id: UUID, copies: PaperCopies
) -> StreamingResponse:
    """Read the working copy of a scan or of a signed document; reading it is recorded.

    Of a signed document it shows the pages; what its signatures are worth stands in the list.
    """
    return attachment(await copies.open(declaration_id, evidence_id))


@router.post(
    "/papers/{evidence_id}/openings",
    response_class=StreamingResponse,
    responses=DOWNLOADS,
    dependencies=[may_manage, can_be_rehearsed],
)
async def open_paper(
    declaration_id: UUID, evidence_id: UUID, form: OpeningIn, copies: PaperCopies
) -> StreamingResponse:
    """Open the original of a scan or of a signed document with a reason, which stays on record.

    Of a HEIC scan there is no working copy: the original is all that can be looked at.
    """
    return attachment(await copies.open_original(declaration_id, evidence_id, form))
