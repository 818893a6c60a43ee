"""Accounts that the operator opens: the first admin, officers, machine clients."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from pydantic import ValidationError
from rich.markup import escape
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.schemas import ClientIn, OfficerIn
from app.accounts.service.clients import ClientService
from app.accounts.service.officers import OfficerService
from app.cli.screen import console, say
from app.core.actors import SYSTEM, Permission, Role
from app.core.crypto import Keyring
from app.core.errors import DomainError, Fault, Invalid
from app.core.keys import open_keyring, read_master_key
from app.core.processes import CannotStart
from app.core.settings import Settings
from app.core.texts import Text
from app.main import connect
from app.web.clock import present
from app.web.messages import faults_in


class Opened(NamedTuple):
    """What the new account signs in with."""

    name: str
    secret: str


@dataclass(frozen=True)
class NewOfficer:
    """An officer as the operator names one."""

    login: str
    name: str
    role: Role
    office_code: str

    async def open(self, session: AsyncSession, keys: Keyring) -> Opened:
        form = OfficerIn(
            login=self.login, name=self.name, role=self.role, office_code=self.office_code
        )
        added = await OfficerService(session, SYSTEM, present(), keys).add(form)
        return Opened(added.officer.login, added.first_password)


@dataclass(frozen=True)
class NewClient:
    """A machine client as the operator names one; it lasts for so many days."""

    name: str
    office_code: str
    area: str
    scopes: list[Permission]
    days: int

    async def open(self, session: AsyncSession, _: Keyring) -> Opened:
        now = present()
        form = ClientIn(
            name=self.name,
            office_code=self.office_code,
            area=self.area,
            scopes=self.scopes,
            expires_at=now + timedelta(days=self.days),
        )
        added = await ClientService(session, SYSTEM, now).add(form)
        return Opened(str(added.client.id), added.client_secret)


def add_officer(settings: Settings, officer: NewOfficer) -> None:
    """Open the account and print its first password, which nobody can read again."""
    opened = _open(settings, officer)
    say(
        Text(
            "Akun dibuka. Kata sandi pertama tampil sekali ini dan wajib diganti saat masuk:",
            "The account is open. The first password is shown once, and must then be changed:",
        )
    )
    console.print(escape(f"login {opened.name}"))
    console.print(escape(f"password {opened.secret}"))


def add_client(settings: Settings, client: NewClient) -> None:
    """Let another system in and print its secret, which nobody can read again."""
    opened = _open(settings, client)
    say(Text("Sistem lain didaftarkan. Rahasianya tampil sekali ini:", "Its secret, shown once:"))
    console.print(escape(f"client_id {opened.name}"))
    console.print(escape(f"client_secret {opened.secret}"))


def _open(settings: Settings, account: NewOfficer | NewClient) -> Opened:
    """Do it in one unit of work; a refusal is said in the words of the domain."""
    try:
        return asyncio.run(_work(settings, account))
    except ValidationError as broken:
        raise CannotStart(_text_of(faults_in(broken.errors()))) from broken
    except Invalid as refusal:
        raise CannotStart(_text_of(refusal.faults)) from refusal
    except DomainError as refusal:
        raise CannotStart(refusal.detail) from refusal


async def _work(settings: Settings, account: NewOfficer | NewClient) -> Opened:
    sessions = connect(settings)
    try:
        keys = await open_keyring(sessions, read_master_key(settings))
        async with sessions.begin() as session:
            return await account.open(session, keys)
    finally:
        await sessions.kw["bind"].dispose()


def _text_of(faults: Sequence[Fault]) -> Text:
    return Text(
        "; ".join(f"{_field(each)}: {each.message.id}" for each in faults),
        "; ".join(f"{_field(each)}: {each.message.en}" for each in faults),
    )


def _field(fault: Fault) -> str:
    return fault.pointer.removeprefix("/")
