import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.certificates.rules.codes import CodeKind
from app.certificates.service.codes import CodeMaker
from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, NotFound
from app.core.ids import new_id
from app.core.once import Done
from app.core.places import area_of
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.papers import PaperRepository, Pledged
from app.declarations.rules import steps
from app.declarations.schemas.open_links import PageSignatureIn
from app.declarations.schemas.signatures import SignedOut
from app.declarations.service.signatures import SignatureService
from app.regions.service import RegionService

_SECRET_BYTES: Final = 16
_REGENCY: Final = len("13.03")


@dataclass(frozen=True)
class Receipt:
    """What somebody takes home who signed by the open link."""

    signed: SignedOut
    code: str


def address_of(public_address: str, declaration_id: UUID) -> str:
    """The open link of a declaration; it is printed, so it never changes."""
    return f"{public_address}/sign/{declaration_id}"


def fresh_marks() -> dict[str, str]:
    """What makes one form the same however often it is sent."""
    return {"id": str(new_id()), "secret": secrets.token_hex(_SECRET_BYTES)}


class OpenLinkService:
    """Reading and signing a declaration by its open link, as somebody whom nobody has asked."""

    def __init__(self, session: AsyncSession, keys: Keyring, now: datetime) -> None:
        self.declarations = DeclarationRepository(session, PUBLIC)
        self.rows = PaperRepository(session)
        self.signatures = SignatureService(session, PUBLIC, now, keys)
        self.regions = RegionService(session)
        self.codes = CodeMaker(keys)

    async def read(self, declaration_id: UUID) -> Pledged:
        """What is to be signed, as everybody may read it; a cancelled declaration is none."""
        declaration = await self.declarations.published(declaration_id)
        pledged = await self.rows.pledged(declaration.id)
        if pledged is None:
            raise NotFound
        return pledged

    async def regencies(self, pledged: Pledged) -> Sequence[tuple[str, str]]:
        """Among what signers say where their office is; nothing to choose within one regency."""
        code = pledged.declaration.region_code
        is_wide = len(code) < _REGENCY
        return await self.regions.regencies_in(area_of(code)) if is_wide else ()

    async def sign(self, declaration_id: UUID, form: PageSignatureIn) -> Done[Receipt]:
        """Sign as the operation for programs does; the same form sent again gets the same answer.

        Refuses what is not open and who has signed as that does, and raises `ConflictingBody`
        where the form was used by somebody else.
        """
        done = await self.signatures.sign(declaration_id, form.id, form)
        if done.answer.ticket is None:
            raise ConflictingBody
        code = self.codes.write(CodeKind.SIGNATURE, done.answer.leaf_index)
        return Done(Receipt(done.answer, code), done.first)


def may_sign_later(pledged: Pledged) -> bool:
    """Whether what was typed may still be of use: it is open, or will be."""
    declaration = pledged.declaration
    return declaration.open_link and declaration.status in steps.TAKES_TARGETS
