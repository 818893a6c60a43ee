import base64
import hashlib
import subprocess
import sys
from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from app.circulars.rules.leaves import CircularAct
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.jobs.copies import make_copies
from app.evidence.service.copies import CopyService
from app.web.clock import present
from tests.circulars.circulating import AGENCIES, DONE, answer, codes, draft, issue
from tests.circulars.conftest import OpenDesk
from tests.circulars.leaves import read_leaf
from tests.evidence import samples
from tests.evidence.sending import Sender
from tests.ledger.publishing import publish
from tests.rakor.meeting import Desk, told

VERIFIER = "app/ledger/data/netra_verify.py"

NEWER = {"number": "800/9/REKAAN/2024", "dated_on": "2024-10-01", "acknowledge_by": None}


def sender(desk: Desk, **subject: str) -> Sender:
    return Sender(desk.client, desk.headers, said=subject)


async def uploaded(desk: Desk, content: bytes, **subject: str) -> str:
    return (await sender(desk, **subject).sent(content)).rpartition("/")[2]


async def copied(app: FastAPI, sessions: Sessions, keys: Keyring) -> None:
    folder = app.state.settings.copying_folder
    await make_copies(CopyService(sessions, keys, app.state.depot.objects, folder, present))


async def test_the_log_is_held_only_when_everybody_was_addressed(
    engine: AsyncEngine, sinjai: Desk
) -> None:
    drafted = await draft(sinjai)
    asked: list[str] = []

    def note(*said: str) -> None:
        asked.append(said[2])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    told(await sinjai.post(f"/circulars/{drafted['id']}/issuance"), 200)
    event.remove(engine.sync_engine, "before_cursor_execute", note)

    addressed = [n for n, each in enumerate(asked) if "INTO circular_addressee" in each]
    held = [n for n, each in enumerate(asked) if "FROM ledger_log" in each and "UPDATE" in each]
    assert max(addressed) < min(held)


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


async def test_the_signed_letter_is_attached_and_its_clean_copy_stands_in_the_content(
    app: FastAPI, client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk
) -> None:
    drafted = await draft(sinjai, body=None)
    letter = samples.written(samples.blank())
    id = await uploaded(sinjai, letter, circular_id=drafted["id"])
    path = f"/circulars/{drafted['id']}"
    file = {"evidence_id": id, "title": "Surat bertanda tangan", "is_letter": True}

    patched = await sinjai.patch(path, {"attachments": [file]}, **{"If-Match": '"1"'})
    waiting = await sinjai.post(f"{path}/issuance")
    await copied(app, sessions, keys)
    issued = told(await sinjai.post(f"{path}/issuance"), 200)
    read = await client.get(f"{path}/attachments/{id}")
    content = await client.get(f"{path}/content")

    [attached] = told(patched, 200)["attachments"]
    assert attached["sha256"] == hashlib.sha256(letter).hexdigest()
    assert told(waiting, 409)["code"] == "attachment-copy-missing"
    served = hashlib.sha256(read.content).hexdigest()
    assert content.json()["attachments"][0]["copy_sha256"] == served
    assert issued["attachments"][0]["copy_sha256"] == served


async def test_a_letter_that_nobody_could_read_is_not_issued(
    app: FastAPI, sessions: Sessions, keys: Keyring, sinjai: Desk
) -> None:
    drafted = await draft(sinjai)
    id = await uploaded(sinjai, b"%PDF-1.7 rusak", circular_id=drafted["id"])
    path = f"/circulars/{drafted['id']}"
    file = {"evidence_id": id, "title": "Lampiran rusak"}
    told(await sinjai.patch(path, {"attachments": [file]}, **{"If-Match": '"1"'}), 200)
    await copied(app, sessions, keys)

    refused = await sinjai.post(f"{path}/issuance")

    assert told(refused, 409)["code"] == "attachment-copy-missing"
    assert told(await sinjai.get(path), 200)["state"] == "draft"


async def test_a_photograph_is_no_signed_letter(sinjai: Desk) -> None:
    drafted = await draft(sinjai)
    id = await uploaded(sinjai, samples.photograph(), circular_id=drafted["id"])
    file = {"evidence_id": id, "title": "Foto", "is_letter": True}

    refused = await sinjai.patch(
        f"/circulars/{drafted['id']}", {"attachments": [file]}, **{"If-Match": '"1"'}
    )

    [fault] = told(refused, 422)["errors"]
    assert (fault["code"], fault["pointer"]) == ("letter-not-pdf", "/attachments/0/evidence_id")


async def test_the_proof_of_an_office_is_not_among_the_files_of_the_letter(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)
    id = await uploaded(sinjai, b"Bukti rekaan", circular_id=issued["id"])

    read = await client.get(f"/circulars/{issued['id']}/attachments/{id}")

    assert read.status_code == 404


async def test_an_addressed_agency_proves_by_files_and_the_issuer_alone_opens_them(
    app: FastAPI, sessions: Sessions, keys: Keyring, sinjai: Desk, personnel: Desk
) -> None:
    issued = await issue(sinjai)
    circular = f"/circulars/{issued['id']}"
    [task] = told(await personnel.get("/addressed-circulars?own=true"), 200)["items"]
    id = await uploaded(personnel, samples.photograph(), circular_addressee_id=task["id"])
    report = DONE | {"obligation_id": issued["obligations"][0]["id"], "evidence_ids": [id]}

    told(await personnel.post(f"{circular}/addressees/{task['id']}/reports", report), 201)
    await copied(app, sessions, keys)
    path = f"{circular}/addressees/{task['id']}/proofs/{id}"
    opened = await sinjai.get(path)
    strange = await sinjai.get(f"{circular}/addressees/{task['id']}/proofs/{task['id']}")
    other = await personnel.get(path)

    assert (opened.status_code, strange.status_code, other.status_code) == (200, 404, 403)


async def test_nobody_else_adds_to_the_files_of_an_office(sinjai: Desk, personnel: Desk) -> None:
    issued = await issue(sinjai)
    [task] = told(await personnel.get("/addressed-circulars?own=true"), 200)["items"]
    mine = await uploaded(sinjai, b"Bukti rekaan", circular_id=issued["id"])
    report = DONE | {"obligation_id": issued["obligations"][0]["id"], "evidence_ids": [mine]}

    refused = await sender(sinjai, circular_addressee_id=task["id"]).begin(b"Rekaan")
    of_issuer = await sender(personnel, circular_id=issued["id"]).begin(b"Rekaan")
    path = f"/circulars/{issued['id']}/addressees/{task['id']}/reports"
    strange = await personnel.post(path, report)

    assert (refused.status_code, of_issuer.status_code) == (404, 404)
    assert told(strange, 422)["errors"][0]["pointer"] == "/evidence_ids/0"


async def test_who_it_is_addressed_to_adds_nothing_to_the_files_of_the_letter(
    open_desk: OpenDesk, sinjai: Desk
) -> None:
    province = await open_desk("bawaslu-73")
    line = {"category": "supervisor", "region_code": "73.07"}
    issued = await issue(province, addressees=[line])

    refused = await sender(sinjai, circular_id=issued["id"]).begin(b"Rekaan")
    own = await sender(province, circular_id=issued["id"]).begin(b"Rekaan")

    assert (refused.status_code, own.status_code) == (404, 201)


async def test_a_file_of_something_else_is_no_attachment(sinjai: Desk) -> None:
    other, drafted = await draft(sinjai), await draft(sinjai)
    id = await uploaded(sinjai, b"Lampiran rekaan", circular_id=other["id"])
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
