from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Client, Officer
from app.accounts.repository import ClientRepository, OfficerRepository
from app.accounts.schemas import AccountOut
from app.core.actors import SYSTEM, Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import NotAllowed
from app.core.places import NATION
from app.offices.repository import OfficeRepository
from app.offices.schemas import OfficeOut


class AccountService:
    """What the holder of an account can see of it."""

    def __init__(self, session: AsyncSession, actor: Actor, keys: Keyring) -> None:
        self.officers = OfficerRepository(session, SYSTEM)
        self.clients = ClientRepository(session, SYSTEM)
        self.offices = OfficeRepository(session)
        self.actor = actor
        self.keys = keys

    async def describe(self) -> AccountOut:
        who, actor = await self._holder(), self.actor
        officer = who if isinstance(who, Officer) else None
        return AccountOut(
            kind=actor.kind,
            id=who.id,
            name=self._name(who),
            login=officer.login if officer else None,
            role=officer.role if officer else None,
            office=OfficeOut.model_validate(await self.offices.get(who.office_id)),
            area=actor.area if actor.area != "" else NATION,
            permissions=sorted(each for each in actor.permissions if actor.may(each)),
            must_change_password=actor.must_change_password,
        )

    async def _holder(self) -> Officer | Client:
        if self.actor.id is None:
            raise NotAllowed
        if self.actor.kind is ActorKind.CLIENT:
            return await self.clients.get(self.actor.id)
        return await self.officers.get(self.actor.id)

    def _name(self, who: Officer | Client) -> str:
        if isinstance(who, Client):
            return who.name
        return self.keys.open(who.sealed_name, who.id).decode()
