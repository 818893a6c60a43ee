"""Who signs for a post of a roster that names nobody: known by the name given at signing."""

import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.errors import ConflictingBody, DomainError
from app.declarations import files
from app.declarations.repository.declarations import SignatureRepository
from app.declarations.rules.persons import SALT_BYTES
from app.declarations.rules.tickets import Redemption
from app.declarations.rules.wishes import Recorded, Wish
from app.declarations.schemas.signatures import SignerOut


def held_by(name: str, wish: Wish, post: SignerOut, keys: Keyring) -> Wish:
    """The wish of whoever holds the post now: the leaf commits to the person with the name, under
    a salt of its own, and the post on the roster stays what it is."""
    holder, salt = post.model_copy(update={"name": name}), secrets.token_bytes(SALT_BYTES)
    person = files.person_in(holder)
    return wish._replace(
        key_id=keys.index_key(),
        person_key=keys.blind(files.SIGNER, person),
        marks=tuple(keys.blinds(files.SIGNER, person)),
        person_hash=files.hash_signer(holder, salt),
        salt=salt,
        sealed=keys.seal(holder.model_dump_json().encode(), wish.id),
        for_target=True,
    )


class Holders:
    """Those who have signed for posts."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.signatures = SignatureRepository(session)
        self.keys = keys

    async def refused(
        self,
        redemptions: Sequence[Redemption],
        wishes: Mapping[int, Wish],
        recorded: Mapping[int, Recorded],
    ) -> dict[int, DomainError]:
        """By place: whoever comes with another name than the one who has signed for the post."""
        mine = {
            place: each
            for place, each in recorded.items()
            if redemptions[place].name is not None and each.id == wishes[place].id
        }
        sealed = await self.signatures.sealed_signers(list(mine.values())) if mine else {}
        return {
            place: ConflictingBody()
            for place, each in mine.items()
            if self._name_of(sealed, each) != redemptions[place].name
        }

    def _name_of(self, sealed: Mapping[UUID, bytes], signed: Recorded) -> str | None:
        kept = sealed.get(signed.id)
        return files.open_signer(kept, signed.id, self.keys).name if kept else None
