"""People and systems for tests, plainly invented, with a token in their hands."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher

from app.accounts.models import Client, Officer
from app.core.actors import Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.passwords import hash_token, new_token
from app.core.places import NATIONAL, Place
from app.credentials.service import TokenIssuer
from app.offices.models import Office
from app.offices.repository import OfficeRepository
from app.web.clock import present

PASSWORD = "sepuluh kera naik sepeda"  # noqa: S105  invented
NAME = "Andi Contoh"


async def officer(
    sessions: Sessions, keys: Keyring, *, role: str, office_code: str
) -> dict[str, str]:
    """Return the headers of a signed-in officer of this office."""
    account = await add_officer(sessions, keys, role=role, office_code=office_code)
    async with sessions.begin() as session:
        session.add(account)
        tokens = await TokenIssuer(session, present()).sign_in(account)
    return bearer(tokens.access_token)


async def add_officer(
    sessions: Sessions, keys: Keyring, *, role: str, office_code: str, first: bool = False
) -> Officer:
    """Add an officer whose password is PASSWORD; with `first`, it still has to be changed."""
    async with sessions.begin() as session:
        office = await _office(OfficeRepository(session), office_code)
        id = new_id()
        account = Officer(
            id=id,
            office_id=office.id,
            region_id=office.region_id,
            region_code=office.region_code,
            login=f"petugas.{id.hex[-8:]}",
            sealed_name=keys.seal(NAME.encode(), id),
            role=Role(role),
            password_hash=_cheap_hash(),
            added_at=present(),
            must_change_password=first,
        )
        session.add(account)
    return account


async def system(
    sessions: Sessions,
    *,
    scopes: set[Permission],
    office_code: str = "bkn",
    place: Place = NATIONAL,
) -> dict[str, str]:
    """Return the headers of a machine client that may read this place."""
    account, _ = await add_system(sessions, scopes=scopes, office_code=office_code, place=place)
    async with sessions.begin() as session:
        tokens = await TokenIssuer(session, present()).let_in(account, account.scopes)
    return bearer(tokens.access_token)


async def add_system(
    sessions: Sessions,
    *,
    scopes: set[Permission],
    office_code: str = "bkn",
    place: Place = NATIONAL,
    expires_at: datetime | None = None,
) -> tuple[Client, str]:
    """Add a machine client; return it with its secret."""
    secret = new_token()
    async with sessions.begin() as session:
        office = await _office(OfficeRepository(session), office_code)
        account = Client(
            office_id=office.id,
            region_id=place.region_id,
            region_code=place.region_code,
            name="Dasbor Contoh",
            scopes=sorted(scopes),
            secret_hash=hash_token(secret),
            expires_at=expires_at or present() + timedelta(days=30),
            added_at=present(),
        )
        session.add(account)
    return account, secret


async def office_id(sessions: Sessions, code: str) -> UUID:
    async with sessions.begin() as session:
        return (await _office(OfficeRepository(session), code)).id


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def _office(offices: OfficeRepository, code: str) -> Office:
    office = await offices.named(code)
    assert office is not None, f"no office {code}"
    return office


@cache
def _cheap_hash() -> str:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
