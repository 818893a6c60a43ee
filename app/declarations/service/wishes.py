import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.core.crypto import Keyring
from app.core.places import Place
from app.declarations import files
from app.declarations.models.declarations import Declaration
from app.declarations.repository.room import Invited
from app.declarations.rules.certified import IN_A_DOCUMENT
from app.declarations.rules.holders import accept_name
from app.declarations.rules.kinds import Group, Method, SignatoryRole
from app.declarations.rules.persons import SALT_BYTES
from app.declarations.rules.wishes import Wish
from app.declarations.schemas.batches import ItemIn
from app.declarations.schemas.signatures import SignerOut
from app.declarations.service.holders import held_by


@dataclass(frozen=True)
class Somebody:
    """Who signs, where, and as what."""

    signer: SignerOut
    place: Place
    group: Group
    role: SignatoryRole


class Signing(Protocol):
    """An item of a batch or a form: how somebody signed, and when."""

    @property
    def method(self) -> Method: ...

    @property
    def captured_at(self) -> datetime | None: ...


class WishMaker:
    """Writes down what somebody wants to have signed."""

    def __init__(self, keys: Keyring) -> None:
        self.keys = keys

    def of_target(self, declaration: Declaration, item: ItemIn, target: Invited) -> Wish:
        """Under the id of the target, unless that was used by somebody else, who was rejected: the
        log keeps it for good, and the person signs under the id of the item. So does who signed in
        a document: if it turns out to be another's, the target's own id is still free."""
        accept_name(item.name, needs_name=target.needs_name)
        place = Place(target.region_id, target.region_code)
        signer = files.open_signer(target.sealed, target.id, self.keys)
        who = Somebody(signer, place, target.group, target.role)
        if target.is_rejected or item.method in IN_A_DOCUMENT:
            named = signer if item.name is None else signer.model_copy(update={"name": item.name})
            wish = self.of_somebody(declaration, item.id, item, replace(who, signer=named))
            return wish._replace(stands_for=target.id)
        wish = self._wish(declaration, target.id, item, who, target.person_hash)
        return wish if item.name is None else held_by(item.name, wish, signer, self.keys)

    def of_somebody(self, declaration: Declaration, id: UUID, how: Signing, who: Somebody) -> Wish:
        """Under an id of its own, with the person beside it."""
        salt = secrets.token_bytes(SALT_BYTES)
        wish = self._wish(declaration, id, how, who, files.hash_signer(who.signer, salt))
        sealed = self.keys.seal(who.signer.model_dump_json().encode(), id)
        return wish._replace(salt=salt, sealed=sealed)

    def _wish(
        self, declaration: Declaration, id: UUID, how: Signing, who: Somebody, person_hash: bytes
    ) -> Wish:
        """Under the index key in use: while two have rows, the person may lie under either."""
        person = files.person_in(who.signer)
        return Wish(
            id=id,
            region_id=who.place.region_id,
            region_code=who.place.region_code,
            declaration_id=declaration.id,
            text_hash=bytes.fromhex(declaration.text_hash),
            group=who.group,
            role=who.role,
            method=how.method,
            captured_at=how.captured_at,
            key_id=self.keys.index_key(),
            person_key=self.keys.blind(files.SIGNER, person),
            person_hash=person_hash,
            marks=tuple(self.keys.blinds(files.SIGNER, person)),
        )
