"""The demo: the regional election of 2024 as some offices saw it, entered as its users would."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.rules import LABELS, LONGEST_CLIENT
from app.accounts.schemas import ClientFilter, ClientIn, OfficerFilter, OfficerIn
from app.accounts.service.clients import ClientService
from app.accounts.service.officers import OfficerService
from app.cli.demo_cases import CASES, handle_cases
from app.cli.demo_complaints import COMPLAINTS, file_complaints
from app.cli.demo_events import EVENTS, hold_events
from app.cli.demo_prevention import PREVENTION, prevent
from app.cli.demo_roster import DECLARED, ROSTER, describe_roster, hold_roster
from app.complaints.schemas.desk import ComplaintFilter
from app.complaints.service.desk import DeskService
from app.core.actors import SYSTEM, Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.models import LoadedReference
from app.core.passwords import hash_password, hash_token
from app.core.places import NATION
from app.credentials.service import TokenIssuer
from app.web.clock import present

NAME: Final = "demo"
FILES: Final[tuple[Path, ...]] = (COMPLAINTS, CASES, EVENTS, ROSTER, DECLARED, PREVENTION)

# Known to everybody on purpose: they are printed, and open a folder of invented data only.
PASSWORD: Final = "netra-demo-2024"  # noqa: S105
CLIENT_SECRET: Final = "rahasia-demo-netra-2024"  # noqa: S105
CLIENT_NAME: Final = "Dasbor demo (rekaan)"
CLIENT_OFFICE: Final = "bawaslu-00"


@dataclass(frozen=True)
class Account:
    login: str
    role: Role
    office_code: str


ACCOUNTS: Final = (
    Account("demo.admin", Role.ADMIN, "bawaslu-00"),
    Account("demo.jeneponto", Role.HANDLER, "bawaslu-73.04"),
    Account("demo.anggota", Role.MEMBER, "bawaslu-73.04"),
    Account("demo.sijunjung", Role.HANDLER, "bawaslu-13.03"),
    Account("demo.pencegahan", Role.PREVENTION_STAFF, "bawaslu-13.03"),
    Account("demo.sulsel", Role.HANDLER, "bawaslu-73"),
    Account("demo.provinsi", Role.MEMBER, "bawaslu-73"),
    Account("demo.penjaga", Role.CUSTODIAN, "bawaslu-00"),
    Account("demo.bkn", Role.BKN_AUDITOR, "bkn"),
)

REFUSED: Final = (
    "Contoh tidak dimuat: folder ini sudah berisi data. Pakai folder lain: --data FOLDER"
    " · The demo was not loaded: this folder holds data already; name another one."
)
OUTDATED: Final = (
    "Contoh di folder ini berasal dari versi lain; yang baru dimuat ke folder kosong: --data FOLDER"
    " · The demo in this folder is of another version; a new one goes into an empty folder."
)
HEADING: Final = (
    f"Akun contoh, semua dengan kata sandi {PASSWORD} · demo accounts, all with this password:"
)
WARNING: Final = (
    "PERINGATAN: kata sandi ini diketahui umum. Jangan simpan data sungguhan di folder ini."
    " · WARNING: everybody knows these passwords; never keep real data in this folder."
)


async def load(sessions: Sessions, keys: Keyring) -> list[str]:
    """Load it once into an empty house, all or nothing; return what the operator should read."""
    async with sessions.begin() as session:
        now = present()
        if await _is_empty(session, keys, now) and await _claim(session):
            await open_accounts(session, keys, now)
            await hold_events(session, keys)
            await prevent(session, keys)
            await hold_roster(session, sessions, keys)
            filed = await file_complaints(session, keys)
            await handle_cases(session, keys, filed, now)
        return await _describe(session, keys, now)


async def _is_empty(session: AsyncSession, keys: Keyring, now: datetime) -> bool:
    """Accounts with known passwords must never come to lie beside real data."""
    officers = await OfficerService(session, SYSTEM, now, keys).find(OfficerFilter(limit=1))
    complaints = await DeskService(session, SYSTEM, now, keys).find(ComplaintFilter(limit=1))
    return not officers.items and not complaints.items


async def _claim(session: AsyncSession) -> bool:
    """Remember it first: whoever starts at the same moment waits here, and then leaves it be."""
    row = insert(LoadedReference).values(name=NAME, digest=digest()).on_conflict_do_nothing()
    return await session.scalar(row.returning(LoadedReference.name)) is not None


def digest() -> str:
    whole = hashlib.sha256()
    for file in FILES:
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


async def open_accounts(session: AsyncSession, keys: Keyring, now: datetime) -> None:
    for account in ACCOUNTS:
        await _open_account(session, keys, now, account)
    form = ClientIn(
        name=CLIENT_NAME,
        office_code=CLIENT_OFFICE,
        area=NATION,
        scopes=[Permission.READ_STATISTICS],
        expires_at=now + LONGEST_CLIENT,
    )
    client = (await ClientService(session, SYSTEM, now).add(form)).client
    client.secret_hash = hash_token(CLIENT_SECRET)


async def _open_account(
    session: AsyncSession, keys: Keyring, now: datetime, account: Account
) -> None:
    """Open it, and change its first password for the one that everybody knows."""
    form = OfficerIn(
        login=account.login,
        name=f"Akun {account.login} (rekaan)",
        role=account.role,
        office_code=account.office_code,
    )
    officer = (await OfficerService(session, SYSTEM, now, keys).add(form)).officer
    officer.password_hash = await hash_password(PASSWORD)
    officer.must_change_password = False
    await TokenIssuer(session, now).record("officer.password_changed", officer)


async def _describe(session: AsyncSession, keys: Keyring, now: datetime) -> list[str]:
    query = select(LoadedReference.digest).where(LoadedReference.name == NAME)
    loaded = await session.scalar(query)
    if loaded is None:
        return [REFUSED]
    notes = [] if loaded == digest() else [OUTDATED]
    shown = await describe_roster(session, keys)
    return [*await describe_accounts(session, now), *shown, WARNING, *notes]


async def describe_accounts(session: AsyncSession, now: datetime) -> list[str]:
    officers = [_line(account) for account in ACCOUNTS]
    client = f"client_id {await _client_id(session, now)}  client_secret {CLIENT_SECRET}"
    return [HEADING, *officers, f"  {client}  {Permission.READ_STATISTICS}"]


def _line(account: Account) -> str:
    role = LABELS[account.role]
    return f"  {account.login:<16} {account.office_code:<14} {role.id} · {role.en}"


async def _client_id(session: AsyncSession, now: datetime) -> UUID | None:
    """The oldest of this name: the one of the demo, whoever was added since."""
    wanted = ClientFilter(office=CLIENT_OFFICE, limit=200)
    found = await ClientService(session, SYSTEM, now).find(wanted)
    named = [client.id for client in found.items if client.name == CLIENT_NAME]
    return named[-1] if named else None
