from functools import partial
from typing import Final

from app.certificates.files.sheet import print_sheet
from app.certificates.files.typesetting import qr_picture
from app.certificates.rules.codes import CodeKind
from app.certificates.rules.states import STATES
from app.certificates.schemas.verification import ProofOut
from app.certificates.service.codes import CodeMaker
from app.certificates.service.press import Press
from app.certificates.service.verification import Reading
from app.core.actors import PUBLIC
from app.core.forms import TextOut
from app.declarations import files
from app.declarations.models.declarations import Signature
from app.declarations.repository.papers import PaperRepository, Pledged, Signed
from app.declarations.rules import papers
from app.declarations.rules.persons import written_moment
from app.declarations.rules.strokes import svg_picture
from app.declarations.rules.tickets import UnknownTicket
from app.declarations.schemas.certificates import CertificateOut, LeafOpeningOut, SignedTextOut
from app.declarations.schemas.declarations import PointIn
from app.declarations.schemas.signatures import SignerOut
from app.declarations.service.facts import facts_of_signature
from app.declarations.service.sheets import certificate_sheet
from app.declarations.service.tickets import TicketMaker
from app.declarations.service.verifying import proof_of
from app.ledger.rules.logs import LogName
from app.ledger.service.reading import KeptProof, LedgerService

PRESS: Final = Press(at_once=2, most_waiting=62)

LOG: Final = LogName.DECLARATIONS


class CertificateService:
    """What a signer takes home; only the holder of the ticket is told who signed."""

    def __init__(self, reading: Reading, public_address: str) -> None:
        self.rows = PaperRepository(reading.session)
        self.ledger = LedgerService(reading.session, PUBLIC, reading.now, reading.keys)
        self.codes = CodeMaker(reading.keys)
        self.tickets = TicketMaker(reading.keys)
        self.keys = reading.keys
        self.public_address = public_address

    async def read(self, written: str) -> CertificateOut:
        """The certificate of whoever holds this ticket, whatever became of the signature."""
        signed, signer, salt = await self._held(written)
        signature, declaration = signed.signature, signed.pledged.declaration
        state = papers.state_of_signature(signature.state, signature.check, declaration.status)
        code = self.codes.write(CodeKind.SIGNATURE, signature.leaf_index)
        proof = await self._proof(signature.leaf_index)
        kept = await self._kept_proof(proof)
        return CertificateOut(
            code=code,
            address=self.address_of(code),
            qr=qr_picture(self.address_of(code)),
            state=state,
            state_said=TextOut.model_validate(STATES[state]),
            title=TextOut.model_validate(papers.OF_SIGNATURE[declaration.kind]),
            heading=declaration.title,
            text=signed_text_of(signed.pledged),
            signer=signer,
            drawing=await self._drawing(signature),
            facts=list(facts_of_signature(signed)),
            proof=proof,
            log_key=kept.log_key if kept else None,
            tlog_proof=kept.text if kept else None,
            opening=_opening(signature, signer, salt),
        )

    def address_of(self, code: str) -> str:
        """Where people check a code; it is printed, so it never changes."""
        return f"{self.public_address}/verify/{code}"

    async def _held(self, written: str) -> tuple[Signed, SignerOut, bytes]:
        """What the holder signed, who that is, and the salt under which the leaf commits to it."""
        ticket = self.tickets.read(written)
        signed = await self.rows.signed(ticket.region_id, ticket.id)
        if signed is None:
            raise papers.NotSignedYet
        person = await self.rows.person(ticket.region_id, ticket.id)
        if person is None or person.salt is None:
            raise UnknownTicket
        signer = files.open_signer(person.sealed, signed.signature.id, self.keys)
        return signed, signer, person.salt

    async def _drawing(self, signature: Signature) -> str | None:
        sealed = await self.rows.drawing(signature.region_id, signature.id)
        if sealed is None:
            return None
        return svg_picture(files.open_strokes(sealed, signature.id, self.keys))

    async def _proof(self, index: int) -> ProofOut:
        leaf = await self.rows.leaf(index)
        if leaf is None:
            raise UnknownTicket
        return proof_of(leaf, await self.rows.tree_head())

    async def _kept_proof(self, proof: ProofOut) -> KeptProof | None:
        if proof.tree_size is None:
            return None
        return await self.ledger.kept_proof(LOG, proof.leaf_index)


def signed_text_of(pledged: Pledged) -> SignedTextOut:
    """The text with the points that the office added."""
    text = pledged.text
    return SignedTextOut(
        title=TextOut.model_validate(text.title),
        opening=TextOut.model_validate(text.opening),
        points=[
            PointIn.model_validate(each)
            for each in (*text.points, *pledged.declaration.local_points)
        ],
    )


async def print_certificate(certificate: CertificateOut) -> bytes:
    """The certificate as PDF, when its turn comes at the press."""
    return await PRESS.print(partial(print_sheet, certificate_sheet(certificate)))


def _opening(signature: Signature, signer: SignerOut, salt: bytes) -> LeafOpeningOut:
    captured = signature.captured_at
    return LeafOpeningOut(
        signature=signature.id,
        salt=salt.hex(),
        person=signer,
        method=signature.method.value,
        captured_at=None if captured is None else written_moment(captured),
        recorded_at=written_moment(signature.recorded_at),
    )
