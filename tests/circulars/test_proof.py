import base64
import hashlib
import subprocess
import sys
from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient

from app.circulars.rules.leaves import CircularAct, read_leaf
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.jobs.copies import make_copies
from app.evidence.service.copies import CopyService
from app.web.clock import present
from tests.circulars.circulating import AGENCIES, DONE, answer, codes, draft, issue
from tests.circulars.conftest import OpenDesk
from tests.evidence import samples
from tests.evidence.sending import Sender
from tests.ledger.publishing import publish
from tests.rakor.meeting import Desk, told

VERIFIER = "app/ledger/data/netra_verify.py"

NEWER = {"number": "800/9/REKAAN/2024", "dated_on": "2024-10-01", "acknowledge_by": None}


async def uploaded(desk: Desk, circular_id: str, content: bytes) -> str:
    sender = Sender(desk.client, desk.headers, said={"circular_id": circular_id})
    return (await sender.sent(content)).rpartition("/")[2]


async def test_every_act_is_a_leaf_that_anybody_can_prove(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk
) -> None:
    old = await issue(sinjai)
    ends = [{"circular_id": old["id"], "how": "superseded"}]
    new = await issue(sinjai, **NEWER, obligations=[], ends=ends)
    await publish(sessions, keys)

    ended = told(await client.get(f"/circulars/{old['id']}"), 200)
    entries = (await client.get("/ledger/circulars/tile/entries/000.p/3")).content
    checkpoint = (await client.get("/ledger/circulars/checkpoint")).text

    leaves = _leaves(entries)
    issued, issued_anew, superseded = (read_leaf(each) for each in leaves)
    assert issued.content.hex() == superseded.content.hex() == old["content_hash"]
    assert (issued.act, superseded.act) == (CircularAct.ISSUED, CircularAct.SUPERSEDED)
    assert str(superseded.on) == new["in_force_from"]
    assert (ended["issued_leaf"], new["issued_leaf"], ended["ended_leaf"]) == (0, 1, 2)
    assert issued_anew.content.hex() == new["content_hash"]
    assert checkpoint.split("\n")[:2] == ["netra.local/ledger/circulars", "3"]


async def test_the_verifier_for_everybody_takes_the_proof_of_a_circular(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk, tmp_path: Path
) -> None:
    issued = await issue(sinjai)
    await publish(sessions, keys)
    log = "/ledger/circulars"
    proof = await client.get(f"{log}/proofs/inclusion.txt?index={issued['issued_leaf']}")
    key = (await client.get(f"{log}/key")).text.strip()
    file = tmp_path / "proof.txt"
    file.write_bytes(proof.content)

    command = (sys.executable, VERIFIER, "proof", str(file), "--key", key)
    checked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603, ASYNC221

    content = bytes.fromhex(issued["content_hash"])
    said = base64.urlsafe_b64encode(content).rstrip(b"=").decode()
    assert checked.returncode == 0, checked.stderr
    assert f"issued {issued['id']} {said}" in checked.stdout


async def test_the_signed_letter_is_attached_and_everybody_reads_its_clean_copy(
    app: FastAPI, client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk
) -> None:
    drafted = await draft(sinjai, body=None)
    letter = samples.photograph()
    id = await uploaded(sinjai, drafted["id"], letter)
    path = f"/circulars/{drafted['id']}"
    file = {"evidence_id": id, "title": "Surat bertanda tangan", "is_letter": True}

    patched = await sinjai.patch(path, {"attachments": [file]}, **{"If-Match": '"1"'})
    told(await sinjai.post(f"{path}/issuance"), 200)
    folder = app.state.settings.copying_folder
    await make_copies(CopyService(sessions, keys, app.state.depot.objects, folder, present))
    read = await client.get(f"{path}/attachments/{id}")

    [attached] = told(patched, 200)["attachments"]
    assert attached["sha256"] == hashlib.sha256(letter).hexdigest()
    assert read.status_code == 200
    assert read.content != letter


async def test_the_proof_of_an_office_is_not_among_the_files_of_the_letter(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    id = await uploaded(sinjai, issued["id"], b"Bukti rekaan")

    read = await client.get(f"/circulars/{issued['id']}/attachments/{id}")

    assert read.status_code == 404


async def test_the_issuer_opens_the_proof_of_an_office_and_nobody_else_does(
    app: FastAPI, sessions: Sessions, keys: Keyring, sinjai: Desk, open_desk: OpenDesk
) -> None:
    own = {"category": "other", "region_code": "73.07", "office_ids": [sinjai.office_id]}
    issued = await issue(sinjai, addressees=[own])
    circular = f"/circulars/{issued['id']}"
    [office] = told(await sinjai.get(f"{circular}/addressees"), 200)["items"]
    id = await uploaded(sinjai, issued["id"], samples.photograph())
    report = DONE | {"obligation_id": issued["obligations"][0]["id"], "evidence_ids": [id]}
    told(await sinjai.post(f"{circular}/addressees/{office['id']}/reports", report), 200)
    folder = app.state.settings.copying_folder
    await make_copies(CopyService(sessions, keys, app.state.depot.objects, folder, present))
    path = f"{circular}/addressees/{office['id']}/proofs/{id}"

    opened = await sinjai.get(path)
    strange = await sinjai.get(f"{circular}/addressees/{office['id']}/proofs/{office['id']}")
    other = await (await open_desk("bawaslu-73.08")).get(path)

    assert (opened.status_code, strange.status_code, other.status_code) == (200, 404, 404)


async def test_a_file_of_something_else_is_no_attachment(sinjai: Desk) -> None:
    other, drafted = await draft(sinjai), await draft(sinjai)
    id = await uploaded(sinjai, other["id"], b"Lampiran rekaan")
    file = {"evidence_id": id, "title": "Lampiran"}

    refused = await sinjai.patch(
        f"/circulars/{drafted['id']}", {"attachments": [file]}, **{"If-Match": '"1"'}
    )

    assert told(refused, 422)["errors"][0]["pointer"] == "/attachments/0/evidence_id"


async def test_what_an_office_wrote_lies_sealed(
    client: AsyncClient, sessions: Sessions, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    code = (await codes(sinjai, issued))[AGENCIES[0]]
    first = issued["obligations"][0]["id"]

    done = await answer(client, "reports", code, 201, **DONE, obligation_id=first)

    assert DONE["note"] not in str(done)


def _leaves(entries: bytes) -> list[bytes]:
    """An entry bundle of C2SP tlog-tiles: each entry after its length in two bytes."""
    found = []
    while entries:
        size = int.from_bytes(entries[:2], "big")
        found.append(entries[2 : 2 + size])
        entries = entries[2 + size :]
    return found
