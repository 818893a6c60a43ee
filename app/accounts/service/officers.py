from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts import rules
from app.accounts.models import Officer
from app.accounts.repository import OfficerRepository
from app.accounts.schemas import OfficerFilter, OfficerIn, OfficerPatch
from app.audit.service import Journal
from app.core.actors import Actor, Role
from app.core.crypto import Keyring
from app.core.errors import Conflict, Fault, Invalid, Stale
from app.core.ids import new_id
from app.core.paging import Found
from app.core.passwords import hash_password, new_password
from app.core.texts import Text
from app.offices.models import Office
from app.offices.service import OfficeService

_WRONG_ROLE: Final = Fault(
    "/role",
    "wrong-role",
    Text("Kantor seperti itu tidak mengenal peran ini.", "No such office has this role."),
)


class LoginTaken(Conflict):
    """Logins are unique in the whole country."""

    code = "login-taken"
    text = Text("Nama pengguna ini sudah dipakai.", "This login is taken.")


class OwnAccount(Conflict):
    """Nobody ends his own account: it might be the last one that can open another."""

    code = "own-account"
    text = Text("Akun sendiri tidak dapat diubah di sini.", "Your own account is not changed here.")


class EndedAccount(Conflict):
    """What has ended is not given another role."""

    code = "ended-account"
    text = Text("Akun ini sudah diakhiri.", "This account has ended.")


class OfficerDetail(NamedTuple):
    """An account with the name of its holder."""

    officer: Officer
    name: str

    @property
    def version(self) -> int:
        return self.officer.version


class FirstPassword(NamedTuple):
    """What an officer signs in with for the first time; shown once, never kept."""

    officer: Officer
    first_password: str


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

    async def change(self, officer_id: UUID, form: OfficerPatch, expected: int) -> Officer:
        """Give another role or office; who listens ends what was signed in with the old one."""
        officer = await self._another(officer_id)
        if officer.version != expected:
            raise Stale
        if not officer.active:
            raise EndedAccount
        role, office = await self._wanted(officer, form)
        if (role, office.id) != (officer.role, officer.office_id):
            officer.role, officer.office_id = role, office.id
            officer.region_id, officer.region_code = office.region_id, office.region_code
            officer.version += 1
            await self.journal.record("officer.changed", officer, role=role, office=office.code)
        return officer

    async def deactivate(self, officer_id: UUID) -> Officer:
        officer = await self._another(officer_id)
        officer.active = False
        officer.version += 1
        await self.journal.record("officer.deactivated", officer)
        return officer

    async def reset_password(self, officer_id: UUID) -> FirstPassword:
        password = new_password()
        password_hash = await hash_password(password)
        officer = await self._another(officer_id)
        officer.password_hash = password_hash
        officer.must_change_password = True
        officer.version += 1
        officer.failed_logins, officer.locked_until = 0, None
        await self.journal.record("officer.password_reset", officer)
        return FirstPassword(officer, password)

    async def _wanted(self, officer: Officer, form: OfficerPatch) -> tuple[Role, Office]:
        sent = form.model_fields_set
        role = form.role if "role" in sent else officer.role
        if "office_code" in sent:
            office = await self.offices.managed(form.office_code)
        else:
            office = await self.offices.get(officer.office_id)
        if not rules.may_hold(role, office.kind):
            raise Invalid(_WRONG_ROLE)
        return role, office

    async def _another(self, officer_id: UUID) -> Officer:
        if officer_id == self.actor.id:
            raise OwnAccount
        return await self.officers.get(officer_id, lock=True)
