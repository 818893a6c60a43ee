from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from app.audit.service import Journal
from app.certificates.files.sheet import Sheet, print_long_sheet, print_sheet
from app.certificates.rules.codes import CodeKind
from app.certificates.service.codes import CodeMaker
from app.certificates.service.press import EditionPress, Press
from app.certificates.service.verification import Reading
from app.core.actors import Actor, ActorKind
from app.core.errors import NotAllowed, NotFound
from app.declarations import files
from app.declarations.models.declarations import Signature
from app.declarations.repository.declarations import DeclarationRepository, SignatureRepository
from app.declarations.repository.papers import PaperRepository, Pledged
from app.declarations.rules import papers
from app.declarations.rules.ranks import order_of
from app.declarations.schemas.documents import Document, Signatory
from app.declarations.service.certificates import signed_text_of
from app.declarations.service.document_sheets import document_sheet
from app.declarations.service.facts import facts_of_declaration
from app.declarations.service.tallies import TallyService

PRESS: Final = EditionPress(at_once=1, most_waiting=15)
PRESS_FOR_OFFICERS: Final = Press(at_once=1, most_waiting=15)
"""Of their own: whoever asks for public documents again and again holds up none of theirs."""
MOST: Final = 5_000
"""Signatories in one document; printing them takes 2 seconds, in a process of its own."""
_BATCH: Final = 500
_FEW: Final = 50
"""Regencies in a count: a longer table is set in a process of its own."""


class DocumentService:
    """The declaration's own document: for everybody without names, for officers with them."""

    def __init__(self, reading: Reading, actor: Actor, public_address: str) -> None:
        self.declarations = DeclarationRepository(reading.session, actor)
        self.signatures = SignatureRepository(reading.session)
        self.tallies = TallyService(reading.session, actor, reading.now, reading.keys)
        self.rows = PaperRepository(reading.session)
        self.journal = Journal(reading.session, actor, reading.now)
        self.codes = CodeMaker(reading.keys)
        self.keys = reading.keys
        self.actor = actor
        self.public_address = public_address

    async def read(self, declaration_id: UUID) -> Document:
        """What everybody may read of it; a cancelled declaration has no document."""
        declaration = await self.declarations.published(declaration_id)
        pledged = await self.rows.pledged(declaration.id)
        if pledged is None:
            raise NotFound
        tally = await self.tallies.tally(declaration.id)
        code = await self._code(declaration.id)
        return Document(
            title=papers.OF_DECLARATION[declaration.kind],
            heading=declaration.title,
            version=declaration.version,
            state=papers.state_of_declaration(declaration.status),
            facts=list(facts_of_declaration(pledged)),
            led_by=declaration.led_by,
            organiser=declaration.organiser,
            witnesses=declaration.witnesses,
            legal_basis=_legal_basis(pledged),
            text=signed_text_of(pledged),
            tally=tally,
            head=await self.rows.note(tally.tree_size),
            code=code,
            address=self._address(declaration.id, code),
        )

    async def read_with_names(self, declaration_id: UUID) -> Document:
        """The same with those who signed, by rank; that they were read stands in the journal."""
        declaration = await self.declarations.get(declaration_id)
        if self.actor.kind is not ActorKind.OFFICER:
            raise NotAllowed
        found = await self._signatories(await self.rows.signatories(declaration.id, MOST))
        await self.journal.record("signatures.read", declaration, names=len(found))
        found.sort(key=lambda each: _order(each, declaration.led_by))
        return replace(await self.read(declaration.id), signatories=found)

    async def _signatories(self, signatures: Sequence[Signature]) -> list[Signatory]:
        found: list[Signatory] = []
        for start in range(0, len(signatures), _BATCH):
            batch = signatures[start : start + _BATCH]
            sealed = await self.signatures.sealed_signers(batch)
            found += [
                Signatory(each.role, files.open_signer(sealed[each.id], each.id, self.keys))
                for each in batch
                if each.id in sealed
            ]
        return found

    async def _code(self, declaration_id: UUID) -> str | None:
        """It hangs on the first leaf of the declaration: before the first there is none."""
        first = await self.rows.first_leaf(declaration_id)
        return None if first is None else self.codes.write(CodeKind.TALLY, first)

    def _address(self, declaration_id: UUID, code: str | None) -> str:
        """Where people read the count of the declaration."""
        if code is None:
            return f"{self.public_address}/api/v1/declarations/{declaration_id}/tally"
        return f"{self.public_address}/verify/{code}"


async def print_for_everybody(document: Document) -> bytes:
    """The public version as PDF; each edition goes through the press once in a minute."""
    return await PRESS.print_edition(document.edition, partial(_typeset, document))


async def print_for_officers(document: Document) -> bytes:
    """The version with names as PDF, when its turn comes at the press."""
    return await PRESS_FOR_OFFICERS.print(partial(print_long_sheet, _sheet(document)))


def _sheet(document: Document) -> Sheet:
    return document_sheet(document, MOST)


def _typeset(document: Document) -> bytes:
    is_short = len(document.tally.regions) <= _FEW
    return print_sheet(_sheet(document)) if is_short else print_long_sheet(_sheet(document))


def _order(signatory: Signatory, led_by: str) -> tuple[int, str, str]:
    return order_of(signatory.signer.position, signatory.signer.name, led_by)


def _legal_basis(pledged: Pledged) -> list[str]:
    """Of the text and of the office, each once."""
    return list(dict.fromkeys((*pledged.text.legal_basis, *pledged.declaration.legal_basis)))
