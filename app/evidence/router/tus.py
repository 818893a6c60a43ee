"""The words of tus 1.0.0 (https://tus.io/protocols/resumable-upload), read and written."""

import base64
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated, Any, Final, Protocol
from uuid import UUID

from fastapi import Depends, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.core.errors import Fault, Invalid, VersionUnknown
from app.core.texts import Text
from app.evidence.rules.uploads import (
    Checksum,
    ChecksumUnknown,
    Chunk,
    Limits,
    MediaTypeWanted,
    UploadState,
)
from app.evidence.schemas.uploads import EXAMPLE, EXAMPLE_SHA256, UploadIn, UploadOut
from app.web.incoming import Body, Incoming

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload,checksum,expiration,termination"
OCTETS: Final = "application/offset+octet-stream"
PATH: Final = "/api/v1/uploads"

_DIGESTS: Final = {"sha1": 20, "sha256": 32}
_CHECKSUM: Final = "^(sha1 [A-Za-z0-9+/]{27}=|sha256 [A-Za-z0-9+/]{43}=)$"
_METADATA: Final = ("header", "upload-metadata")
_EXAMPLE_METADATA: Final = f"sha256 {base64.b64encode(EXAMPLE_SHA256.encode()).decode()}"

_NO_METADATA: Final = Fault(
    "/header/upload-metadata",
    "malformed",
    Text(
        "Tulis pasangan nama dan nilai base64, dipisahkan koma, tiap nama satu kali.",
        "Write pairs of a name and its value in base64, with commas between, each name once.",
    ),
)


class Moving(Protocol):
    """An upload, as far as tus speaks of it."""

    @property
    def id(self) -> UUID: ...
    @property
    def state(self) -> UploadState: ...
    @property
    def received(self) -> int: ...
    @property
    def expires_at(self) -> datetime | None: ...


async def _answers_tus(request: Request) -> None:
    # Here and not in the endpoint: refusals carry it as well.
    request.state.headers.append((b"tus-resumable", VERSION.encode()))


async def _speaks_tus(
    request: Request,
    tus_resumable: Annotated[
        str, Header(description="The version of tus that you speak.", examples=[VERSION])
    ],
) -> None:
    if tus_resumable != VERSION:
        request.state.headers.append((b"tus-version", VERSION.encode()))
        raise VersionUnknown


answers_tus: Any = Depends(_answers_tus)
"""First of all, so that no refusal goes without it."""

speaks_tus: Any = Depends(_speaks_tus)
"""After the door: who may not come in need not be told of versions."""


async def read_length(
    upload_length: Annotated[
        str,
        Header(
            description="Bytes of the whole file.",
            pattern="^[1-9][0-9]{0,17}$",
            examples=[str(len(EXAMPLE))],
        ),
    ],
) -> int:
    return int(upload_length)


async def read_metadata(
    upload_metadata: Annotated[
        str,
        Header(
            description="`sha256` of the whole file (hex, required), `filename`, `filetype`,"
            " `captured_at` (RFC 3339), `complaint_id`, `declaration_id`, `event_id`,"
            " `circular_id`, `invitation_id`, `follow_up_id` or `circular_addressee_id` (one is"
            " required of officers; a receipt names its own); each value in base64.",
            max_length=4_096,
            examples=[_EXAMPLE_METADATA],
        ),
    ],
) -> UploadIn:
    try:
        return UploadIn.model_validate(_fields(upload_metadata))
    except ValidationError as wrong:
        faults = [{**each, "loc": (*_METADATA, *each["loc"])} for each in wrong.errors()]
        raise RequestValidationError(faults) from wrong


def _fields(written: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for pair in written.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            said = base64.b64decode(value, validate=True).decode()
        except ValueError as broken:
            raise Invalid(_NO_METADATA) from broken
        if not name or name in fields:
            raise Invalid(_NO_METADATA)
        fields[name] = said
    return fields


async def read_checksum(
    upload_checksum: Annotated[
        str | None,
        Header(
            description="`sha1` or `sha256` of this chunk, and the digest in base64.",
            json_schema_extra={"pattern": _CHECKSUM},
        ),
    ] = None,
) -> Checksum | None:
    if not upload_checksum:
        return None
    algorithm, _, written = upload_checksum.partition(" ")
    try:
        digest = base64.b64decode(written, validate=True)
    except ValueError as broken:
        raise ChecksumUnknown from broken
    if len(digest) != _DIGESTS.get(algorithm):
        raise ChecksumUnknown
    return Checksum(algorithm, digest)


ChunkChecksum = Annotated[Checksum | None, Depends(read_checksum)]


async def read_chunk(
    body: Body,
    checksum: ChunkChecksum,
    upload_offset: Annotated[
        str,
        Header(
            description="Where this chunk begins in the file.",
            pattern="^[0-9]{1,18}$",
            examples=["0"],
        ),
    ],
) -> Chunk:
    return _chunk(body, checksum, int(upload_offset))


async def read_first_chunk(body: Body, checksum: ChunkChecksum) -> Chunk | None:
    """The chunk that comes with the creation, if the client brings one."""
    if body.announced == 0:
        return None
    return _chunk(body, checksum, 0)


def _chunk(body: Incoming, checksum: Checksum | None, offset: int) -> Chunk:
    if body.media_type != OCTETS:
        raise MediaTypeWanted
    return Chunk(offset, body.pieces(), body.announced, checksum)


def answer(status: int, upload: Moving) -> Response:
    """Say how far an upload has come, and until when the rest is waited for."""
    headers = {"Upload-Offset": str(upload.received)}
    if upload.state is UploadState.OPEN and upload.expires_at is not None:
        expiry = upload.expires_at.astimezone(UTC)
        headers["Upload-Expires"] = format_datetime(expiry, usegmt=True)
    return Response(status_code=status, headers=headers)


def answer_consulted(limits: Limits) -> Response:
    offered = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(limits.file),
        "Tus-Checksum-Algorithm": ",".join(_DIGESTS),
    }
    return Response(status_code=204, headers=offered)


def answer_created(upload: Moving) -> Response:
    created = answer(201, upload)
    created.headers["Location"] = f"{PATH}/{upload.id}"
    return created


def answer_checked(upload: UploadOut) -> Response:
    checked = answer(200, upload)
    checked.headers["Upload-Length"] = str(upload.length)
    checked.headers["Upload-Metadata"] = write_metadata(upload)
    return checked


def write_metadata(upload: UploadOut) -> str:
    """What the sender said, as tus wants it told again."""
    said = {
        "sha256": upload.sha256,
        "filename": upload.file_name,
        "filetype": upload.declared_type,
        "captured_at": upload.captured_at.isoformat() if upload.captured_at else None,
    }
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}"
        for name, value in said.items()
        if value
    )
