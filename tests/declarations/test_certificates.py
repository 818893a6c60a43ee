"""A signer takes home what anybody can check, and nobody else is told who signed."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import zxingcpp
from httpx import AsyncClient
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import update

from app.certificates.files.sheet import print_sheet
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.models.declarations import Signature, Target
from app.declarations.rules.kinds import Method, SignatureState
from app.declarations.rules.persons import commitment, person_hash
from app.declarations.schemas.certificates import CertificateOut
from app.declarations.service.sheets import PROOF_FILE, certificate_sheet
from app.ledger.rules.acts import read_act
from app.ledger.rules.cosigning import CosignatureSigner
from app.ledger.rules.notes import NoteVerifier
from app.ledger.rules.proofs import LogProof, Policy, verify_proof
from app.ledger.schemas import LogWitnessIn
from app.ledger.service.witnessing import WitnessService
from app.web.clock import present
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.inviting import invite, redeem, ticket
from tests.ledger.publishing import publish
from tests.ledger.rotating import rotate
from tests.ledger.test_api import cosign
from tests.ledger.test_verifier import run


class Holder:
    """Somebody on a roster, with a ticket in hand."""

    def __init__(self, client: AsyncClient, target: Target, ticket: str) -> None:
        self.client = client
        self.target = target
        self.body = {"ticket": ticket}

    async def sign(self) -> Body:
        answer = await redeem(self.client, self.body["ticket"])
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def certificate(self) -> Body:
        answer = await self.client.post("/signatures/certificate", json=self.body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def paper(self) -> PdfReader:
        answer = await self.client.post("/signatures/certificate/paper", json=self.body)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/pdf"
        return PdfReader(io.BytesIO(answer.content))


@pytest.fixture
async def holder(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> Holder:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    return Holder(client, target, ticket(keys, target))


async def become(sessions: Sessions, of: Target, state: SignatureState) -> None:
    async with sessions.begin() as session:
        mine = (Signature.region_id == of.region_id, Signature.id == of.id)
        await session.execute(update(Signature).where(*mine).values(state=state))


async def test_the_holder_reads_what_was_signed_and_by_whom(holder: Holder) -> None:
    signed = await holder.sign()

    certificate = await holder.certificate()

    assert certificate["state"] == "valid"
    assert certificate["signer"]["name"] == "Penanda Rekaan 1"
    assert certificate["proof"]["leaf_index"] == signed["leaf_index"]
    assert certificate["text"]["points"][-1]["id"] == "Menjaga netralitas di setiap nagari."
    assert certificate["address"] == f"http://test/verify/{certificate['code']}"


async def test_its_code_is_known(holder: Holder) -> None:
    await holder.sign()
    code = (await holder.certificate())["code"]

    checked = await holder.client.get(f"/verify/{code}")
    named = await holder.client.post(f"/verify/{code}/name", json={"name": "penanda rekaan 1"})

    assert checked.json()["state"] == "valid"
    assert named.json() == {"is_same": True}


async def test_the_proof_taken_home_shows_who_cosigned(
    holder: Holder, client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    """Checkpoints come every second, and witnesses now and then."""
    signed = await holder.sign()
    await publish(sessions, keys)
    witness = await admitted(sessions, keys)
    note = (await client.get("/ledger/declarations/checkpoint")).text
    await cosign(client, witness, note)
    where = {"id": signed["declaration_id"]}
    await sign(client, where, signature(2))
    await publish(sessions, keys)

    certificate = await holder.certificate()

    proof = LogProof.read(certificate["tlog_proof"])
    policy = Policy(NoteVerifier.parse(certificate["log_key"]), [witness.verifier], quorum=1)
    shown = verify_proof(proof, proof.extra, policy)
    assert list(shown.cosigned) == [witness.name]
    assert shown.checkpoint.size < certificate["proof"]["tree_size"]


async def test_the_key_on_it_is_the_one_that_signed_its_checkpoint(
    holder: Holder, client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    """After a rotation, also where the proof still stands under what the old key signed."""
    signed = await holder.sign()
    await publish(sessions, keys)
    witness = await admitted(sessions, keys)
    note = (await client.get("/ledger/declarations/checkpoint")).text
    before = await holder.certificate()
    new = await rotate(sessions, keys)
    between = await holder.certificate()
    await sign(client, {"id": signed["declaration_id"]}, signature(2))
    await publish(sessions, keys)
    after = await holder.certificate()
    await cosign(client, witness, note)

    cosigned = await holder.certificate()

    shown = [before, between, after, cosigned]
    for each in shown:
        proof = LogProof.read(each["tlog_proof"])
        verify_proof(proof, proof.extra, Policy(NoteVerifier.parse(each["log_key"])))
    is_new = [each["log_key"] == new.verifier_key for each in shown]
    assert is_new == [False, False, True, False]


async def admitted(sessions: Sessions, keys: Keyring) -> CosignatureSigner:
    """A witness that the head office has registered."""
    signer = CosignatureSigner("saksi.example/netra", bytes(range(32)))
    form = LogWitnessIn(verifier_key=signer.verifier_key, operator="Lembaga Pemantau Contoh")
    async with sessions.begin() as session:
        await WitnessService(session, SYSTEM, present(), keys).register(form)
    return signer


async def test_proof_and_opening_show_the_signature_without_us(
    holder: Holder, sessions: Sessions, keys: Keyring
) -> None:
    await holder.sign()
    before = await holder.certificate()
    await publish(sessions, keys)

    certificate = await holder.certificate()

    proof = LogProof.read(certificate["tlog_proof"])
    shown = verify_proof(proof, proof.extra, Policy(NoteVerifier.parse(certificate["log_key"])))
    assert (before["tlog_proof"], before["log_key"]) == (None, None)
    assert shown.checkpoint.size == certificate["proof"]["tree_size"]
    assert read_act(proof.extra).commitment == opened_by(certificate["opening"])


@pytest.mark.parametrize("change", [{}, {"name": "Orang Lain"}])
async def test_another_program_checks_it_offline(
    holder: Holder, sessions: Sessions, keys: Keyring, tmp_path: Path, change: dict[str, str]
) -> None:
    await holder.sign()
    await publish(sessions, keys)
    certificate = await holder.certificate()
    opening = certificate["opening"]
    opening["person"] |= change
    (proven,) = (await holder.paper()).attachments[PROOF_FILE]
    (tmp_path / "proof").write_bytes(proven)
    (tmp_path / "opening").write_text(json.dumps(opening))

    done = run("proof", tmp_path / "proof", tmp_path / "opening", key=certificate["log_key"])

    assert (done.returncode == 0) is not bool(change), done.stderr


def opened_by(opening: dict[str, Any]) -> bytes:
    """What the opening leads to, computed as an outsider does."""
    return commitment(
        UUID(opening["signature"]),
        person_hash(bytes.fromhex(opening["salt"]), opening["person"]),
        Method(opening["method"]),
        datetime.fromisoformat(opening["captured_at"]),
        datetime.fromisoformat(opening["recorded_at"]),
    )


async def test_the_paper_says_it_all(holder: Holder, sessions: Sessions, keys: Keyring) -> None:
    await holder.sign()
    await publish(sessions, keys)
    certificate = await holder.certificate()

    paper = await holder.paper()

    said = " ".join(page.extract_text() for page in paper.pages).replace("\u200b", "")
    together = "".join(said.split())
    for words in (
        "Penanda Rekaan 1",
        "Camat",
        "Kecamatan Rekaan",
        "Ikrar Netralitas Rekaan",
        "Gedung Rekaan, Sijunjung",
        "30 September 2024",
        "Menjaga netralitas di setiap nagari.",
        "To serve everyone alike",
        "Consent on a screen",
        certificate["code"],
        certificate["proof"]["leaf_hash"],
        certificate["proof"]["root_hash"],
        certificate["log_key"],
    ):
        assert "".join(words.split()) in together
    assert len(paper.pages) == 1
    (attached,) = paper.attachments[PROOF_FILE]
    assert attached.decode() == certificate["tlog_proof"]


async def test_the_paper_says_that_nobody_has_checked_who_signed(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    signed = (await sign(client, where, signature(2))).json()
    holder = Holder(client, target, signed["ticket"])

    paper = await holder.paper()

    assert (await holder.certificate())["state"] == "waiting"
    assert "Menunggu pemeriksaan penyelenggara" in " ".join(paper.pages[0].extract_text().split())


async def test_the_paper_carries_no_number_of_an_employee(holder: Holder) -> None:
    await holder.sign()

    sheet = certificate_sheet(CertificateOut.model_validate(await holder.certificate()))

    assert holder.target.salt is not None
    assert holder.target.salt.hex() not in json.dumps(
        [sheet.sections, dict(sheet.files)], default=str
    )


async def test_its_qr_code_leads_to_the_check(holder: Holder) -> None:
    await holder.sign()
    certificate = CertificateOut.model_validate(await holder.certificate())

    picture = Image.open(io.BytesIO(print_sheet(certificate_sheet(certificate), "png")))

    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [certificate.address]


@pytest.mark.parametrize(
    ("state", "stamp"),
    [(SignatureState.WITHDRAWN, "DITARIK KEMBALI"), (SignatureState.INVALIDATED, "TIDAK SAH")],
)
async def test_what_is_void_is_stamped_so(
    holder: Holder, sessions: Sessions, state: SignatureState, stamp: str
) -> None:
    await holder.sign()
    await become(sessions, holder.target, state)

    paper = await holder.paper()

    assert stamp in paper.pages[0].extract_text()
    assert (await holder.certificate())["state"] == state.value


async def test_there_is_none_before_the_signature(holder: Holder) -> None:
    for path in ("/signatures/certificate", "/signatures/certificate/paper"):
        answer = await holder.client.post(path, json=holder.body)

        assert (answer.status_code, answer.json()["code"]) == (404, "not-signed-yet")


@pytest.mark.parametrize("written", ["rekaan", "A" * 43, ""])
async def test_nobody_else_is_told(holder: Holder, written: str) -> None:
    await holder.sign()

    answer = await holder.client.post("/signatures/certificate", json={"ticket": written})

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-ticket")
    assert "Rekaan 1" not in answer.text


async def test_a_person_who_was_unlinked_has_no_certificate(
    holder: Holder, sessions: Sessions
) -> None:
    await holder.sign()
    async with sessions.begin() as session:
        mine = (Target.region_id == holder.target.region_id, Target.id == holder.target.id)
        await session.execute(update(Target).where(*mine).values(salt=None))

    answer = await holder.client.post("/signatures/certificate", json=holder.body)

    assert answer.json()["code"] == "unknown-ticket"
