from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import rules
from app.accounts.models import Client
from app.accounts.repository import ClientRepository
from app.accounts.schemas import ClientFilter, ClientIn
from app.audit.service import Journal
from app.core.actors import Actor
from app.core.errors import Fault, Invalid
from app.core.paging import Found
from app.core.passwords import hash_token, new_token
from app.core.texts import Text
from app.offices.service import OfficeService

_WRONG_SCOPE: Final = Fault(
    "/scopes",
    "wrong-scope",
    Text("Sistem lain hanya boleh membaca.", "Another system can be given reading only."),
)
_WRONG_EXPIRY: Final = Fault(
    "/expires_at",
    "wrong-expiry",
    Text("Harus di masa depan, paling lama setahun.", "It must lie within the coming year."),
)


class ClientSecret(NamedTuple):
    """What a machine client signs in with; shown once, never kept."""

    client: Client
    client_secret: str


class ClientService:
    """The machine clients in an admin's area."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self.clients = ClientRepository(session, actor)
        self.offices = OfficeService(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.now = now

    async def find(self, wanted: ClientFilter) -> Found[Client]:
        return await self.clients.find(wanted)

    async def get(self, client_id: UUID) -> Client:
        return await self.clients.get(client_id)

    async def add(self, form: ClientIn) -> ClientSecret:
        self._check(form)
        office = await self.offices.managed(form.office_code)
        region = await self.offices.managed_region(form.area, "/area")
        secret = new_token()
        client = Client(
            office_id=office.id,
            region_id=region.placement_id,
            region_code=region.code,
            name=form.name,
            scopes=sorted(set(form.scopes)),
            secret_hash=hash_token(secret),
            expires_at=form.expires_at,
            added_at=self.now,
        )
        self.clients.add(client)
        await self.journal.record("client.added", client, scopes=" ".join(client.scopes))
        return ClientSecret(client, secret)

    async def rotate(self, client_id: UUID) -> ClientSecret:
        """Give a new secret; the old one counts for another day."""
        client = await self.clients.get(client_id, lock=True)
        secret = new_token()
        client.previous_secret_hash = client.secret_hash
        client.previous_secret_until = self.now + rules.OLD_SECRET_LIVES
        client.secret_hash = hash_token(secret)
        await self.journal.record("client.secret_rotated", client)
        return ClientSecret(client, secret)

    async def revoke(self, client_id: UUID) -> Client:
        client = await self.clients.get(client_id, lock=True)
        client.active = False
        await self.journal.record("client.revoked", client)
        return client

    def _check(self, form: ClientIn) -> None:
        if not rules.may_be_given(form.scopes):
            raise Invalid(_WRONG_SCOPE)
        if not rules.may_last_until(form.expires_at, self.now):
            raise Invalid(_WRONG_EXPIRY)
