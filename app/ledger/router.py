"""The logs for everybody: checkpoints, tiles, proofs, and the witnesses who watch over them."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Body, Query, Response
from fastapi.responses import PlainTextResponse

from app.core.actors import Permission
from app.core.paging import Found
from app.ledger.files import read_verifier
from app.ledger.models import LedgerKey, LedgerWitness
from app.ledger.rules.logs import LogName
from app.ledger.schemas import (
    CHECKPOINT,
    ConsistencyOut,
    InclusionOut,
    LogKeyFilter,
    LogKeyOut,
    LogWitnessFilter,
    LogWitnessIn,
    LogWitnessOut,
)
from app.ledger.service.reading import Consistency, Inclusion, LedgerService
from app.ledger.service.witnessing import WitnessService
from app.web.door import anyone, needs
from app.web.etags import cached
from app.web.idempotency import idempotent
from app.web.opening import opened
from app.web.operation import rooms
from app.web.outcome import Cost
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/ledger", "ledger")

MOMENT: Final = 1
MINUTE: Final = 60
HOUR: Final = 3_600
KEPT: Final[dict[bool, str]] = {
    True: "public, max-age=31536000, immutable",
    False: f"public, max-age={HOUR}",
}
"""How long caches keep a tile, by whether it is full; a partial one is soon asked for no more."""

may_manage = needs(Permission.MANAGE_CLIENTS)

Logs = Annotated[LedgerService, opened(LedgerService)]
Witnesses = Annotated[WitnessService, opened(WitnessService)]
Index = Annotated[int, Query(ge=0, le=2**53, examples=[0])]
Size = Annotated[
    int | None, Query(ge=0, le=2**53, description="The latest published one if it is left out.")
]
Quorum = Annotated[
    int, Query(ge=0, le=16, description="The latest that so many witnesses cosigned at least.")
]


class Octets(Response):
    media_type = "application/octet-stream"


def _file(kind: str, said: str, example: str | None = None) -> dict[int | str, dict[str, Any]]:
    shown = {} if example is None else {"example": example}
    schema = {"type": "string"} if example else {"type": "string", "format": "binary"}
    return {200: {"description": said, "content": {kind: {"schema": schema, **shown}}}}


TILE: Final = _file("application/octet-stream", "C2SP tlog-tiles: hashes, or a bundle of entries.")
TEXT: Final = _file("text/plain", "Text in UTF-8.", "netra.local/ledger/declarations\n")

SENT: Final = {"requestBody": {"content": {"text/plain": {"example": CHECKPOINT}}}}


@router.get(
    "/verifier",
    response_class=PlainTextResponse,
    responses=TEXT,
    dependencies=[anyone, cached(HOUR)],
)
async def read_verifier_file() -> str:
    """Read the program that counts a log again and checks proofs, trusting nobody here.

    One file of Python that needs the package `cryptography` and nothing of ours.
    """
    return read_verifier()


@router.get("/witnesses", response_model=Page[LogWitnessOut], dependencies=[anyone, cached(MINUTE)])
async def list_witnesses(
    wanted: Annotated[LogWitnessFilter, Query()], witnesses: Witnesses
) -> Found[LedgerWitness]:
    """List the witnesses with their keys, the last registered first; also those of the past."""
    return await witnesses.find(wanted)


@router.post(
    "/witnesses",
    status_code=201,
    response_model=LogWitnessOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def register_witness(form: LogWitnessIn, witnesses: Witnesses) -> LedgerWitness:
    """Register a witness by its key; only the head office does."""
    return await witnesses.register(form)


@router.post(
    "/witnesses/{witness_id}/ending",
    response_model=LogWitnessOut,
    dependencies=[may_manage, idempotent, can_be_rehearsed],
)
async def end_witness(witness_id: UUID, witnesses: Witnesses) -> LedgerWitness:
    """Let a witness cosign no more; what it cosigned before stays."""
    return await witnesses.end(witness_id)


@router.get(
    "/{log}/checkpoint",
    response_class=PlainTextResponse,
    responses=TEXT,
    dependencies=[anyone, cached(MOMENT)],
)
async def read_checkpoint(
    log: LogName,
    logs: Logs,
    witnesses: Quorum = 0,
) -> str:
    """Read what we signed last of a log: its size and root, and who cosigned it (C2SP)."""
    return await logs.checkpoint(log, witnesses)


@router.get(
    "/{log}/key",
    response_class=PlainTextResponse,
    responses=TEXT,
    dependencies=[anyone, cached(MOMENT)],
)
async def read_log_key(log: LogName, logs: Logs) -> str:
    """Read the key under which the latest checkpoint of a log stands (C2SP signed-note)."""
    return await logs.key(log)


@router.get("/{log}/keys", response_model=Page[LogKeyOut], dependencies=[anyone, cached(MOMENT)])
async def list_log_keys(
    log: LogName, wanted: Annotated[LogKeyFilter, Query()], logs: Logs
) -> Found[LedgerKey]:
    """List all keys that a log has had, the one in use first: a verifier needs those under which
    the checkpoints stand that it looks at."""
    return await logs.keys(log, wanted)


@router.get("/{log}/tile/{path:path}", response_class=Octets, responses=TILE, dependencies=[anyone])
async def read_tile(log: LogName, path: str, logs: Logs, cost: Cost) -> Response:
    """Read a tile of hashes or a bundle of entries: `0/x001/067`, `entries/000.p/12` (C2SP).

    What is full costs nothing of the caller's share: a whole log can be counted in one go.
    """
    tile = await logs.tile(log, path)
    cost.give_back(when=tile.is_full)
    return Octets(tile.content, headers={"Cache-Control": KEPT[tile.is_full]})


@router.get(
    "/{log}/proofs/inclusion",
    response_model=InclusionOut,
    dependencies=[anyone, cached(MOMENT)],
)
async def read_inclusion_proof(
    log: LogName, index: Index, logs: Logs, size: Size = None
) -> Inclusion:
    """Read a leaf with the hashes that show that it is in the log (RFC 9162, 2.1.3)."""
    return await logs.inclusion(log, index, size)


@router.get(
    "/{log}/proofs/inclusion.txt",
    response_class=PlainTextResponse,
    responses=TEXT,
    dependencies=[anyone, cached(MOMENT)],
)
async def read_log_proof(
    log: LogName, index: Index, logs: Logs, size: Size = None, witnesses: Quorum = 0
) -> str:
    """Read the same as one text to keep: it is checked without asking anybody (C2SP tlog-proof).

    Only for a size of which there is a checkpoint, and so many witnesses (404 for any other).
    """
    return await logs.proof(log, index, size, witnesses)


@router.get(
    "/{log}/proofs/consistency",
    response_model=ConsistencyOut,
    dependencies=[anyone, cached(MOMENT)],
)
async def read_consistency_proof(
    log: LogName, old: Index, logs: Logs, new: Size = None
) -> Consistency:
    """Read the hashes that show that the log only grew between two sizes (RFC 9162, 2.1.4)."""
    return await logs.consistency(log, old, new)


@router.post(
    "/{log}/cosignatures",
    response_class=PlainTextResponse,
    responses=TEXT,
    dependencies=[anyone, can_be_rehearsed],
    openapi_extra=SENT,
)
async def add_cosignature(
    log: LogName,
    note: Annotated[str, Body(media_type="text/plain", max_length=20_000)],
    witnesses: Witnesses,
) -> str:
    """Cosign a checkpoint that we published: the note with the line of a registered witness.

    The signature is the credential (C2SP tlog-cosignature). A repeat is answered as the first.
    """
    return await witnesses.cosign(log, note)
