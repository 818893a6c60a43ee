import secrets
from collections.abc import Collection, Sequence
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
from app.declarations.repository.erasing import ErasureRepository, Known, Nobody
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
        regions = await self.persons.regions()
        # Looked for while nobody signs: whoever came later would stay, and never be found again.
        declaration = await self.declarations.get(declaration_id, lock=True)
        found = await self._known(declaration, regions, person_id)
        # Whoever has read a target of it and waits for the declaration reads it again.
        await self.declarations.count_change(declaration.id)
        reason = bool(form.reason)
        threads = _Threads()
        for known, marks in sorted(found, key=lambda each: each[0][:3]):
            await self._erase(known, threads.of(known.region_id, marks))
            subject = Subject(known.id, known.region_id, known.region_code)
            await self.journal.record(
                "person.erased", subject, declaration=str(declaration.id), reasoned=reason
            )
        ids = sorted({known.id for known, _ in found})
        return ErasureOut(person_id=person_id, erased_ids=ids, erased_at=self.now)

    async def _known(
        self, declaration: Declaration, regions: Sequence[int], id: UUID
    ) -> list[tuple[Known, set[bytes]]]:
        """Every row of this person, and of whoever is found to be the same by them."""
        ids, marks = {id}, set[bytes]()
        found: dict[tuple[int, UUID], tuple[Known, set[bytes]]] = {}
        while True:
            rows = await self.persons.known(declaration.id, regions, ids, marks)
            fresh = [each for each in rows if (each.region_id, each.id) not in found]
            if not fresh:
                break
            for each in fresh:
                own = await self._marks(each)
                found.setdefault((each.region_id, each.id), (each, own))
                ids |= {each.id, *filter(None, [each.stands_for])}
                marks |= own
        if not found:
            raise NotFound
        return list(found.values())

    async def _marks(self, known: Known) -> set[bytes]:
        """The blind indexes of its person; a post without a name is no person."""
        own = set(filter(None, [known.person_key]))
        person = await self.papers.person(known.region_id, known.id)
        if person is None or person.salt is None:
            return own
        signer = files.open_signer(person.sealed, known.id, self.keys)
        if not signer.name:
            return own
        return {*own, *self.keys.blinds(files.SIGNER, files.person_in(signer))}

    async def _erase(self, known: Known, person_key: bytes) -> None:
        region_id, id = known.region_id, known.id
        paper = await self.persons.papers_of(region_id, id)
        if paper is not None:
            await forget_signatories(self.session, paper, self.keys)
        sealed = self.keys.seal(files.NOBODY.model_dump_json().encode(), id)
        nobody = Nobody(person_key, secrets.token_bytes(_INDEX), sealed)
        await self.persons.erase(region_id, id, nobody)


class _Threads:
    """New indexes in the place of persons: each made by chance, so that it names nobody and meets
    nobody, but the same for what had met in a region, or a target would lose who signed for it."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, bytes], bytes] = {}

    def of(self, region_id: int, marks: Collection[bytes]) -> bytes:
        before = (self.known.get((region_id, mark)) for mark in marks)
        thread = next(filter(None, before), None) or secrets.token_bytes(_INDEX)
        self.known |= {(region_id, mark): thread for mark in marks}
        return thread
