from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import rules
from app.accounts.models import Client, Officer
from app.accounts.repository import ClientRepository, OfficerRepository
from app.accounts.schemas import (
    AccountOut,
    ClientFilter,
    ClientIn,
    OfficerFilter,
    OfficerIn,
)
from app.audit.service import Journal
from app.core.actors import SYSTEM, Actor, ActorKind
from app.core.crypto import Keyring
from app.core.errors import Conflict, Fault, Invalid, NotAllowed
from app.core.ids import new_id
from app.core.paging import Found
from app.core.passwords import hash_password, hash_token, new_password, new_token
from app.core.places import NATION
from app.core.texts import Text
from app.offices.repository import OfficeRepository
from app.offices.schemas import OfficeOut
from app.offices.service import OfficeService

_WRONG_ROLE: Final = Fault(
    "/role",
    "wrong-role",
    Text("Kantor seperti itu tidak mengenal peran ini.", "No such office has this role."),
)
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


class LoginTaken(Conflict):
    """Logins are unique in the whole country."""

    code = "login-taken"
    text = Text("Nama pengguna ini sudah dipakai.", "This login is taken.")


class OwnAccount(Conflict):
    """Nobody ends his own account: it might be the last one that can open another."""

    code = "own-account"
    text = Text("Akun sendiri tidak dapat diubah di sini.", "Your own account is not changed here.")


class OfficerDetail(NamedTuple):
    """An account with the name of its holder."""

    officer: Officer
    name: str


class FirstPassword(NamedTuple):
    """What an officer signs in with for the first time; shown once, never kept."""

    officer: Officer
    first_password: str


class ClientSecret(NamedTuple):
    """What a machine client signs in with; shown once, never kept."""

    client: Client
    client_secret: str


class OfficerService:
    """The accounts of the officers in an admin's area."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, keys: Keyring) -> None:
        self.officers = OfficerRepository(session, actor)
        self.offices = OfficeService(session, actor, now)
        self.journal = Journal(session, actor, now)
        self.actor = actor
        self.now = now
        self.keys = keys

    async def find(self, wanted: OfficerFilter) -> Found[Officer]:
        return await self.officers.find(wanted)

    async def describe(self, officer_id: UUID) -> OfficerDetail:
        officer = await self.officers.get(officer_id)
        await self.journal.record("officer.name_read", officer)
        name = self.keys.open(officer.sealed_name, officer.id).decode()
        return OfficerDetail(officer, name)

    async def add(self, form: OfficerIn) -> FirstPassword:
        office = await self.offices.managed(form.office_code)
        if not rules.may_hold(form.role, office.kind):
            raise Invalid(_WRONG_ROLE)
        if await self.officers.is_taken(form.login):
            raise LoginTaken
        password, id = new_password(), new_id()
        officer = Officer(
            id=id,
            office_id=office.id,
            region_id=office.region_id,
            region_code=office.region_code,
            login=form.login,
            sealed_name=self.keys.seal(form.name.encode(), id),
            role=form.role,
            password_hash=await hash_password(password),
            added_at=self.now,
        )
        self.officers.add(officer)
        await self.journal.record("officer.added", officer, role=officer.role)
        return FirstPassword(officer, password)

    async def deactivate(self, officer_id: UUID) -> Officer:
        officer = await self._another(officer_id)
        officer.active = False
        await self.journal.record("officer.deactivated", officer)
        return officer

    async def reset_password(self, officer_id: UUID) -> FirstPassword:
        password = new_password()
        password_hash = await hash_password(password)
        officer = await self._another(officer_id)
        officer.password_hash = password_hash
        officer.must_change_password = True
        officer.failed_logins, officer.locked_until = 0, None
        await self.journal.record("officer.password_reset", officer)
        return FirstPassword(officer, password)

    async def _another(self, officer_id: UUID) -> Officer:
        if officer_id == self.actor.id:
            raise OwnAccount
        return await self.officers.get(officer_id, lock=True)


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
