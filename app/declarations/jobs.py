from collections.abc import AsyncIterator
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.patience import patiently
from app.core.reference import Progress, ReferenceSet
from app.core.rotation import Blinded
from app.declarations import files
from app.declarations.repository.persons import PersonRepository
from app.declarations.service.persons import PersonService
from app.declarations.service.texts import PledgeTextService


async def load(session: AsyncSession, progress: Progress) -> None:
    await PledgeTextService(session).load(progress)


REFERENCE = ReferenceSet("pledge-texts", files.ALL, load)


async def count_persons(session: AsyncSession, key_id: UUID) -> int:
    return await PersonRepository(session, key_id).count()


async def rekey_persons(sessions: Sessions, keys: Keyring) -> AsyncIterator[int]:
    """Bring the blind indexes of all signers under the key in use, region by region."""
    async with sessions.begin() as session:
        regions = await PersonRepository(session, keys.index_key()).regions()
    for region_id in regions:
        last: UUID | None = None
        while done := await patiently(partial(_rekey, sessions, keys, region_id, last)):
            last = done[-1]
            yield len(done)


async def _rekey(
    sessions: Sessions, keys: Keyring, region_id: int, last: UUID | None
) -> list[UUID]:
    async with sessions.begin() as session:
        return await PersonService(session, keys).rekey(region_id, last)


PERSONS = Blinded("signature.person_key", count_persons, rekey_persons)
