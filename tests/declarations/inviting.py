"""Invented targets of a declaration, and the personal links that were made for them."""

import secrets
from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations import files
from app.declarations.models.declarations import Target
from app.declarations.rules.kinds import Group, SignatoryRole
from app.declarations.rules.tickets import Ticket
from app.declarations.schemas.signatures import SignerOut
from app.declarations.service.tickets import TicketMaker
from app.regions.service import RegionService
from tests.declarations.declaring import Body

CAPTURED = "2024-09-30T03:15:00Z"


async def invite(
    sessions: Sessions, keys: Keyring, where: Body, *numbers: int, region: str = "13.03"
) -> list[Target]:
    """Put invented persons on the roster of a declaration, by their numbers."""
    async with sessions.begin() as session:
        targets = [await _target(session, keys, where, number, region) for number in numbers]
        session.add_all(targets)
    return targets


def ticket(keys: Keyring, target: Target) -> str:
    return TicketMaker(keys).write(Ticket(target.region_id, target.id))


async def redeem(client: AsyncClient, ticket: str, **changes: Any) -> Response:
    body = {"ticket": ticket, "method": "click", "captured_at": CAPTURED} | changes
    return await client.post("/signatures", json=body)


async def _target(
    session: AsyncSession, keys: Keyring, where: Body, number: int, region: str
) -> Target:
    signer, salt, id = person(number), secrets.token_bytes(16), new_id()
    located = await RegionService(session).locate(region)
    return Target(
        region_id=located.placement_id,
        id=id,
        declaration_id=UUID(where["id"]),
        region_code=region,
        office=signer.office,
        group=Group.ASN_PNS,
        role=SignatoryRole.SIGNATORY,
        key_id=keys.index_key(),
        person_key=keys.blind(files.SIGNER, files.person_in(signer)),
        salt=salt,
        person_hash=files.hash_signer(signer, salt),
        sealed=keys.seal(signer.model_dump_json().encode(), id),
    )


def person(number: int) -> SignerOut:
    """The same whom `declaring.signature(number)` lets sign by the open link."""
    return SignerOut(
        name=f"Penanda Rekaan {number}",
        position="Camat",
        office="Kecamatan Rekaan",
        employee_number=None,
        represents=None,
    )
