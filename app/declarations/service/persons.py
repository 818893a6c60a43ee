from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring, ValueDamaged
from app.declarations import files
from app.declarations.repository.persons import PersonRepository, SealedSigner


class PersonService:
    """Brings those who signed under the index key in use, so that older ones can retire."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.persons = PersonRepository(session, keys.index_key())
        self.keys = keys

    async def rekey(self, region_id: int, last: UUID | None) -> list[UUID]:
        """Do the next signers of a region after this one; return which they were."""
        signers = await self.persons.following(region_id, last)
        if signers:
            await self.persons.rekey(region_id, {each.id: self._key_of(each) for each in signers})
        return [each.id for each in signers]

    def _key_of(self, signer: SealedSigner) -> bytes:
        """A signer who was damaged keeps an index that finds nobody; the rotation tells of it."""
        try:
            opened = files.open_signer(signer.sealed, signer.id, self.keys)
        except ValueDamaged:
            return signer.person_key
        return self.keys.blind(files.SIGNER, files.person_in(opened))
