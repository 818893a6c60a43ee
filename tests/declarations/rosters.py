"""Invented rosters, written straight into the tables, and what the journal says."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations import files
from app.declarations.models.declarations import Declaration, Target
from app.declarations.rules.kinds import Group, SignatoryRole
from app.declarations.schemas.signatures import SignerOut
from tests.declarations.declaring import Body


@dataclass
class Somebody:
    name: str = "Target Rekaan"
    position: str = "Camat"
    office: str = "Kecamatan Rekaan"


async def list_of(
    sessions: Sessions, keys: Keyring, where: Body, *people: Somebody
) -> Sequence[Target]:
    """Put these people on the roster of a declaration."""
    async with sessions.begin() as session:
        declaration = await session.get_one(Declaration, UUID(where["id"]))
        targets = [_target(declaration, keys, each) for each in people]
        session.add_all(targets)
    return targets


def _target(declaration: Declaration, keys: Keyring, somebody: Somebody) -> Target:
    id, salt = new_id(), secrets.token_bytes(16)
    person = SignerOut(
        name=somebody.name,
        position=somebody.position,
        office=somebody.office,
        employee_number=None,
        represents=None,
    )
    return Target(
        region_id=declaration.region_id,
        id=id,
        declaration_id=declaration.id,
        region_code=declaration.region_code,
        office=somebody.office,
        group=Group.ASN_PNS,
        role=SignatoryRole.SIGNATORY,
        key_id=keys.index_key(),
        person_key=keys.blind(files.SIGNER, files.person_in(person)),
        salt=salt,
        person_hash=files.hash_signer(person, salt),
        sealed=keys.seal(person.model_dump_json().encode(), id),
    )


async def listed(sessions: Sessions, action: str) -> Sequence[JournalEntry]:
    """What the journal holds of an action."""
    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == action)
        return (await session.scalars(query.order_by(JournalEntry.id))).all()
