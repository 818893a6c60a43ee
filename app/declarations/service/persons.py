from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring, ValueDamaged
from app.declarations import files
from app.declarations.models.declarations import Signature, Target
from app.declarations.repository.counts import CountRepository
from app.declarations.repository.covering import CoveringRepository
from app.declarations.repository.persons import PersonRepository, SealedPerson
from app.declarations.service.counting import settle_states


class PersonService:
    """Brings those who signed, or should, under the index key in use, so that older ones can
    retire."""

    def __init__(
        self, session: AsyncSession, keys: Keyring, kind: type[Signature | Target]
    ) -> None:
        self.session = session
        self.persons = PersonRepository(session, keys.index_key(), kind)
        self.counts = CountRepository(session)
        self.covering = CoveringRepository(session)
        self.keys = keys

    async def rekey(self, region_id: int, last: UUID | None) -> list[UUID]:
        """Do the next persons of a region after this one, and count them as they are known now:
        who signs under another key than that of the roster covers nobody. Return which they were.
        """
        persons = await self.persons.following(region_id, last)
        if persons:
            fresh = {each: self._key_of(each) for each in persons}
            # Before the rows, which nobody changes who then waits for the counts.
            await self.counts.hold()
            await self.persons.rekey(region_id, fresh)
            await self.covering.settle([(region_id, each.id) for each in persons])
            await settle_states(self.session, {each.declaration_id for each in persons})
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
