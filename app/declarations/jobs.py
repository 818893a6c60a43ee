from collections.abc import AsyncIterator
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.patience import patiently
from app.core.reference import Progress, ReferenceSet
from app.core.rotation import Blinded
from app.declarations import files
from app.declarations.models.declarations import Signature, Target
from app.declarations.repository.persons import PersonRepository
from app.declarations.service.counting import MOST_COVERED, Coverer
from app.declarations.service.importing import RosterImporter
from app.declarations.service.persons import PersonService
from app.declarations.service.texts import PledgeTextService


async def load(session: AsyncSession, progress: Progress) -> None:
    await PledgeTextService(session).load(progress)


REFERENCE = ReferenceSet("pledge-texts", files.ALL, load)


# Signatures and targets meet by the same index: both are brought along, in this order.
_KINDS: Final[tuple[type[Signature | Target], ...]] = (Signature, Target)


async def count_persons(session: AsyncSession, key_id: UUID) -> int:
    return sum([await PersonRepository(session, key_id, kind).count() for kind in _KINDS])


async def rekey_persons(sessions: Sessions, keys: Keyring) -> AsyncIterator[int]:
    """Bring the blind indexes of all persons under the key in use, region by region."""
    for kind in _KINDS:
        async with sessions.begin() as session:
            regions = await PersonRepository(session, keys.index_key(), kind).regions()
        for region_id in regions:
            last: UUID | None = None
            batch = partial(_rekey, sessions, keys, kind, region_id)
            while done := await patiently(partial(batch, last)):
                last = done[-1]
                yield len(done)


async def _rekey(
    sessions: Sessions,
    keys: Keyring,
    kind: type[Signature | Target],
    region_id: int,
    last: UUID | None,
) -> list[UUID]:
    async with sessions.begin() as session:
        return await PersonService(session, keys, kind).rekey(region_id, last)


async def import_rosters(importer: RosterImporter) -> None:
    """Work off the tables that wait."""
    while await importer.next():
        pass


async def cover_targets(sessions: Sessions) -> None:
    """Bring coverage along with all that was signed, piece by piece."""
    piece = MOST_COVERED
    # A smaller piece is the last: more may come for as long as somebody signs.
    while piece == MOST_COVERED:
        async with sessions.begin() as session:
            piece = await Coverer(session).follow()


PERSONS = Blinded("signature.person_key", count_persons, rekey_persons)
