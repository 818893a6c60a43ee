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
from app.declarations.repository.declarations import DeclarationRepository
from app.declarations.repository.erasing import ErasureRepository
from app.declarations.schemas.rosters import ErasureIn, ErasureOut

_INDEX: Final = 16


class ErasureService:
    """Erases who signed or should sign (UU 27/2022, article 43). What was signed still counts, and
    every proof stays what it was: without the salt, nothing leads from it to anybody."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.declarations = DeclarationRepository(session, actor)
        self.persons = ErasureRepository(session)
        self.journal = Journal(session, actor, now)
        self.keys = keys
        self.now = now

    async def erase(self, declaration_id: UUID, person_id: UUID, form: ErasureIn) -> ErasureOut:
        """Erase the person behind a target, a signature, or both; who signed as a target has the
        target's id."""
        declaration = await self.declarations.get(declaration_id, lock=True)
        place = await self.persons.place_of(declaration.id, person_id)
        if place is None:
            raise NotFound
        # Equal to no other, so that it names nobody and meets nobody.
        key = secrets.token_bytes(_INDEX)
        sealed = self.keys.seal(files.NOBODY.model_dump_json().encode(), person_id)
        await self.persons.erase(place.region_id, person_id, key, sealed)
        subject = Subject(person_id, place.region_id, place.region_code)
        await self.journal.record(
            "person.erased", subject, declaration=str(declaration.id), reasoned=bool(form.reason)
        )
        return ErasureOut(person_id=person_id, erased_at=self.now)
