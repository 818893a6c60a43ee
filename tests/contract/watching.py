"""Logs that were published, and witnesses who watch over them, for the contract to be tried on."""

import hashlib
from collections.abc import Mapping
from typing import Final

from app.core.actors import Role
from app.core.ids import new_id
from app.ledger.rules.cosigning import CosignatureSigner
from app.ledger.rules.notes import read_note, write_note
from app.web.clock import present
from tests.contract.crew import HEAD_OFFICE, Crew, Prepare, Values
from tests.ledger.publishing import publish
from tests.people import officer
from tests.rakor.meeting import told


async def published(crew: Crew) -> Values:
    """A log with at least one leaf under a checkpoint."""
    await crew.opened()
    await publish(crew.sessions, crew.keys)
    return {"log": "declarations", "path": "0/000.p/1"}


async def witness(crew: Crew) -> Values:
    return {"witness_id": await _registered(crew, _signer())}


async def cosigned(crew: Crew) -> Values:
    """A checkpoint with the line of a registered witness, ready to be sent."""
    log, signer = await published(crew), _signer()
    await _registered(crew, signer)
    answer = await crew.client.get(f"/ledger/{log['log']}/checkpoint")
    text, _ = read_note(answer.text)
    line = signer.sign(text, int(present().timestamp()))
    return {"log": log["log"], "content": write_note(text, [line])}


def _signer() -> CosignatureSigner:
    name = f"saksi.example/{new_id().hex[-12:]}"
    return CosignatureSigner(name, hashlib.sha256(name.encode()).digest())


async def _registered(crew: Crew, signer: CosignatureSigner) -> str:
    headers = await officer(crew.sessions, crew.keys, role=Role.ADMIN, office_code=HEAD_OFFICE)
    form = {"verifier_key": signer.verifier_key, "operator": "Lembaga Pemantau Contoh"}
    return str(told(await crew.post("/ledger/witnesses", form, headers), 201)["id"])


USED_UP: Final[Mapping[str, Prepare]] = {"end_witness": witness}
LASTING: Final[Mapping[str, Prepare]] = {
    **dict.fromkeys(
        (
            "read_checkpoint",
            "read_log_key",
            "list_log_keys",
            "read_tile",
            "read_inclusion_proof",
            "read_log_proof",
            "read_consistency_proof",
        ),
        published,
    ),
    "add_cosignature": cosigned,
}
