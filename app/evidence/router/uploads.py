from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from app.evidence.router import tus
from app.evidence.router.contract import CHUNK, FIRST_CHUNK, answers, may_refuse
from app.evidence.router.doors import OpenDepot, Uploads, may_upload
from app.evidence.rules.uploads import Chunk
from app.evidence.schemas.uploads import UploadIn, UploadOut
from app.web.door import anyone
from app.web.operation import rooms

router = rooms("/uploads", "uploads")

_TUS = [tus.answers_tus, may_upload, tus.speaks_tus]


@router.options(
    "",
    status_code=204,
    dependencies=[tus.answers_tus, anyone],
    responses=answers(
        204,
        "What this server offers.",
        "Tus-Version",
        "Tus-Extension",
        "Tus-Max-Size",
        "Tus-Checksum-Algorithm",
    ),
)
async def consult_uploads(depot: OpenDepot) -> Response:
    """Say which version and extensions of tus are spoken here, and how large a file may be."""
    return tus.answer_consulted(depot.limits)


@router.post(
    "",
    status_code=201,
    dependencies=_TUS,
    response_class=Response,
    openapi_extra=FIRST_CHUNK,
    responses=answers(201, "Begun, or begun before.", "Location", "Upload-Offset", "Upload-Expires")
    | may_refuse(404, 408, 410, 412, 415, 423, 460),
)
async def begin_upload(
    form: Annotated[UploadIn, Depends(tus.read_metadata)],
    length: Annotated[int, Depends(tus.read_length)],
    chunk: Annotated[Chunk | None, Depends(tus.read_first_chunk)],
    uploads: Uploads,
) -> Response:
    """Begin to upload a file of evidence; the same file of the same report is never sent twice.

    Whoever begins it again, also from another phone with the same receipt, is told how much of it
    has come: `Upload-Offset` says where to go on, and equals the length if nothing is missing.
    """
    return tus.answer_created(await uploads.begin(form, length, chunk))


@router.head(
    "/{upload_id}",
    response_class=Response,
    dependencies=_TUS,
    responses=answers(200, "Go on from here.", "Upload-Offset", "Upload-Length", "Upload-Metadata")
    | may_refuse(410, 412),
)
async def check_upload(upload_id: UUID, uploads: Uploads) -> Response:
    """Say how much of a file has come, so that a client goes on from there."""
    return tus.answer_checked(await uploads.check(upload_id))


@router.patch(
    "/{upload_id}",
    status_code=204,
    dependencies=_TUS,
    openapi_extra=CHUNK,
    responses=answers(204, "Kept.", "Upload-Offset", "Upload-Expires")
    | may_refuse(408, 410, 412, 415, 423, 460),
)
async def continue_upload(
    upload_id: UUID, chunk: Annotated[Chunk, Depends(tus.read_chunk)], uploads: Uploads
) -> Response:
    """Send the next bytes of a file; what arrives before the line breaks is kept.

    With the last byte the file is compared with its SHA-256 and sealed as evidence. The last
    chunk may be repeated, also without its bytes, until an answer arrives.
    """
    return tus.answer(204, await uploads.receive(upload_id, chunk))


@router.delete(
    "/{upload_id}",
    status_code=204,
    dependencies=_TUS,
    responses=answers(204, "Given up; nothing of it is left.") | may_refuse(409, 410, 412, 423),
)
async def cancel_upload(upload_id: UUID, uploads: Uploads) -> Response:
    """Give up an unfinished upload; evidence that is complete is never deleted."""
    await uploads.cancel(upload_id)
    return Response(status_code=204)


@router.get("/{upload_id}", dependencies=[tus.answers_tus, may_upload], responses=may_refuse(410))
async def read_upload(upload_id: UUID, uploads: Uploads) -> UploadOut:
    """Read what became of an upload: what kind of file came, its hash, and when it was sealed."""
    return await uploads.read(upload_id)
