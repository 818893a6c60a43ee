from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Client, Officer
from app.accounts.schemas import ClientFilter, OfficerFilter
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Found, newest_first
from app.core.visibility import visible_to
from app.offices.models import Office


class OfficerRepository:
    """The officers of the reader's area."""

    def __init__(self, session: AsyncSession, reader: Actor) -> None:
        self.session = session
        self.reader = reader

    def add(self, officer: Officer) -> None:
        self.session.add(officer)

    async def get(self, officer_id: UUID, *, lock: bool = False) -> Officer:
        query = self._visible().where(Officer.id == officer_id)
        officer = await self.session.scalar(query.with_for_update() if lock else query)
        if officer is None:
            raise NotFound
        return officer

    async def named(self, login: str, *, lock: bool = False) -> Officer | None:
        query = self._visible().where(Officer.login == login)
        return await self.session.scalar(query.with_for_update() if lock else query)

    async def is_taken(self, login: str) -> bool:
        """Whether anybody has this login, in sight or not."""
        query = select(Officer.id).where(Officer.login == login)
        return await self.session.scalar(query) is not None

    async def find(self, wanted: OfficerFilter) -> Found[Officer]:
        query = self._visible()
        if wanted.office is not None:
            query = query.where(Officer.office_id.in_(_id_of(wanted.office)))
        if wanted.role is not None:
            query = query.where(Officer.role == wanted.role)
        if wanted.active is not None:
            query = query.where(Officer.active == wanted.active)
        return await newest_first(self.session, query, (Officer.added_at, Officer.id), wanted)

    def _visible(self) -> Select[Officer]:
        return select(Officer).where(visible_to(self.reader, Officer.id, Officer.region_code))


class ClientRepository:
    """The machine clients of the reader's area."""

    def __init__(self, session: AsyncSession, reader: Actor) -> None:
        self.session = session
        self.reader = reader

    def add(self, client: Client) -> None:
        self.session.add(client)

    async def get(self, client_id: UUID, *, lock: bool = False) -> Client:
        query = self._visible().where(Client.id == client_id)
        client = await self.session.scalar(query.with_for_update() if lock else query)
        if client is None:
            raise NotFound
        return client

    async def named(self, written: str) -> Client | None:
        """The client of this `client_id`, as another system wrote it."""
        try:
            query = self._visible().where(Client.id == UUID(written))
        except ValueError:
            return None
        return await self.session.scalar(query)

    async def find(self, wanted: ClientFilter) -> Found[Client]:
        query = self._visible()
        if wanted.office is not None:
            query = query.where(Client.office_id.in_(_id_of(wanted.office)))
        if wanted.active is not None:
            query = query.where(Client.active == wanted.active)
        return await newest_first(self.session, query, (Client.added_at, Client.id), wanted)

    def _visible(self) -> Select[Client]:
        return select(Client).where(visible_to(self.reader, Client.id, Client.region_code))


def _id_of(office_code: str) -> Select[UUID]:
    return select(Office.id).where(Office.code == office_code)
