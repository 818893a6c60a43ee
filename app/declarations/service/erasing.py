import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import Actor
from app.core.crypto import Keyring
from app.core.errors import NotFound
from app.core.places import Subject
from app.declarations import files
from app.declarations.models.declarations import Declaration
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.erasing import ErasureRepository, Known
from app.declarations.repository.papers import PaperRepository
from app.declarations.schemas.rosters import ErasureIn, ErasureOut
from app.evidence.service.checks import forget_signatories

_INDEX: Final = 16


class ErasureService:
    """Erases who signed or should sign (UU 27/2022, article 43). What was signed still counts, and
    every proof stays what it was: without the salt, nothing leads from it to anybody."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.session = session
        self.declarations = DeclarationRepository(session, actor)
        self.persons = ErasureRepository(session)
        self.papers = PaperRepository(session)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def erase(self, declaration_id: UUID, person_id: UUID, form: ErasureIn) -> ErasureOut:
        """Erase the person behind a target, a signature, or both, wherever the declaration knows
        it: who signed as a target has the target's id, who stands for one or has the same blind
        index has another."""
        found = await self._known(await self.declarations.get(declaration_id), person_id)
        declaration = await self.declarations.get(declaration_id, lock=True)
        # Whoever has read a target of it and waits for the declaration reads it again.
        await self.declarations.count_change(declaration.id)
        reason = bool(form.reason)
        for (region_id, id), known in sorted(found.items()):
            await self._erase(region_id, id)
            subject = Subject(id, region_id, known.region_code)
            await self.journal.record(
                "person.erased", subject, declaration=str(declaration.id), reasoned=reason
            )
        ids = sorted({id for _, id in found})
        return ErasureOut(person_id=person_id, erased_ids=ids, erased_at=self.now)

    async def _known(self, declaration: Declaration, id: UUID) -> dict[tuple[int, UUID], Known]:
        """Every row of this person, and of whoever is found to be the same by them."""
        ids, marks = {id}, set[bytes]()
        found: dict[tuple[int, UUID], Known] = {}
        while True:
            rows = await self.persons.known(declaration.id, ids, marks)
            fresh = {(each.region_id, each.id): each for each in rows}.keys() - found.keys()
            if not fresh:
                break
            for each in rows:
                found.setdefault((each.region_id, each.id), each)
                ids |= {each.id, *filter(None, [each.stands_for])}
                marks |= await self._marks(each)
        if not found:
            raise NotFound
        return found

    async def _marks(self, known: Known) -> set[bytes]:
        """The blind indexes of its person; a post without a name is no person."""
        person = await self.papers.person(known.region_id, known.id)
        if person is None or person.salt is None:
            return set()
        signer = files.open_signer(person.sealed, known.id, self.keys)
        if not signer.name:
            return set()
        own = filter(None, [known.person_key])
        return {*own, *self.keys.blinds(files.SIGNER, files.person_in(signer))}

    async def _erase(self, region_id: int, id: UUID) -> None:
        paper = await self.persons.papers_of(region_id, id)
        if paper is not None:
            await forget_signatories(self.session, paper, self.keys)
        # Equal to no other, so that it names nobody and meets nobody.
        key = secrets.token_bytes(_INDEX)
        sealed = self.keys.seal(files.NOBODY.model_dump_json().encode(), id)
        await self.persons.erase(region_id, id, key, sealed)
