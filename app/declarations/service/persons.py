from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring, ValueDamaged
from app.declarations import files
from app.declarations.models.declarations import Signature, Target
from app.declarations.repository.persons import PersonRepository, SealedPerson


class PersonService:
    """Brings those who signed, or should, under the index key in use, so that older ones can
    retire."""

    def __init__(
        self, session: AsyncSession, keys: Keyring, kind: type[Signature | Target]
    ) -> None:
        self.persons = PersonRepository(session, keys.index_key(), kind)
        self.keys = keys

    async def rekey(self, region_id: int, last: UUID | None) -> list[UUID]:
        """Do the next persons of a region after this one; return which they were."""
        persons = await self.persons.following(region_id, last)
        if persons:
            await self.persons.rekey(region_id, {each.id: self._key_of(each) for each in persons})
        return [each.id for each in persons]

    def _key_of(self, person: SealedPerson) -> bytes:
        """Whoever was erased, or is damaged, keeps an index that finds nobody; of the damaged the
        rotation tells."""
        if person.sealed is None:
            return person.person_key
        try:
            opened = files.open_signer(person.sealed, person.id, self.keys)
        except ValueDamaged:
            return person.person_key
        if opened == files.NOBODY:
            return person.person_key
        return self.keys.blind(files.SIGNER, files.person_in(opened))
