"""What ends a sign-in ends it also for a renewal or a proof that is under way at that instant."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.accounts.models import Officer
from app.audit.models import JournalEntry
from app.core.actors import Actor, ActorKind, Role
from app.core.crypto import MasterKey
from app.core.database import Sessions, open_sessions
from app.core.errors import Invalid
from app.core.keys import open_keyring
from app.core.passwords import hash_password
from app.credentials.models import Token
from app.credentials.rules import InvalidGrant
from app.credentials.schemas import PasswordGrant, PasswordIn
from app.credentials.service import SignInService, TokenIssuer, Tokens
from app.web.clock import present
from tests.conftest import MASTER_KEY
from tests.people import PASSWORD, add_officer

NEW_PASSWORD = "empat kuda minum kopi"  # noqa: S105  invented
LONG_ENOUGH = 0.3
"""Seconds after which whoever can go on has gone on, and whoever waits for a lock waits."""


@pytest.fixture
def apart(engine: AsyncEngine) -> Sessions:
    """Units of work on connections of their own."""
    return open_sessions(engine)


@pytest.fixture
async def officer(apart: Sessions, owner: AsyncEngine) -> AsyncIterator[Officer]:
    keys = await open_keyring(apart, MasterKey.from_base64(MASTER_KEY))
    officer = await add_officer(apart, keys, role=Role.HANDLER, office_code="bawaslu-73.04")
    yield officer
    # Only the owner of the database can take anything out of the journal.
    async with owner.begin() as connection:
        of_officer = JournalEntry.subject_id == officer.id
        await connection.execute(delete(JournalEntry).where(of_officer))
        await connection.execute(delete(Token).where(Token.officer_id == officer.id))
        await connection.execute(delete(Officer).where(Officer.id == officer.id))


@pytest.fixture
def service(apart: Sessions) -> SignInService:
    return SignInService(apart, present())


def sign_in(service: SignInService, officer: Officer) -> Coroutine[Any, Any, Tokens]:
    form = PasswordGrant(grant_type="password", username=officer.login, password=PASSWORD)
    return service.grant(form)


def change_password(service: SignInService, officer: Officer) -> Coroutine[Any, Any, Tokens]:
    actor = Actor(kind=ActorKind.OFFICER, id=officer.id)
    form = PasswordIn(current_password=PASSWORD, new_password=NEW_PASSWORD)
    return service.change_password(actor, form)


async def renew_while(
    apart: Sessions, refresh_token: str | None, ending: Coroutine[Any, Any, object]
) -> None:
    """Renew, and let the ending begin before the renewal is committed."""
    async with apart.begin() as session:
        assert await TokenIssuer(session, present()).renew(refresh_token or "")
        ended = asyncio.create_task(ending)
        await asyncio.sleep(LONG_ENOUGH)
    await ended


async def live_families(apart: Sessions, officer: Officer) -> int:
    async with apart.begin() as session:
        query = select(Token.family_id).where(
            Token.officer_id == officer.id, Token.revoked_at.is_(None)
        )
        return len(set(await session.scalars(query)))


async def test_a_renewal_does_not_outlive_the_password_change_it_overlaps(
    apart: Sessions, service: SignInService, officer: Officer
) -> None:
    stolen = await sign_in(service, officer)

    await renew_while(apart, stolen.refresh_token, change_password(service, officer))

    assert await live_families(apart, officer) == 1


async def test_a_renewal_does_not_outlive_the_sign_out_it_overlaps(
    apart: Sessions, service: SignInService, officer: Officer
) -> None:
    tokens = await sign_in(service, officer)

    await renew_while(apart, tokens.refresh_token, service.revoke(tokens.access_token))

    assert await live_families(apart, officer) == 0


@pytest.mark.parametrize("what", ["password", "end"])
async def test_a_proof_does_not_count_when_account_or_password_changed_meanwhile(
    apart: Sessions,
    service: SignInService,
    officer: Officer,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    prove, another = service._prove, await hash_password(NEW_PASSWORD)

    async def prove_slowly(login: str, password: str) -> Officer | None:
        proved = await prove(login, password)
        async with apart.begin() as session:
            kept = await session.get_one(Officer, officer.id)
            kept.active = what != "end"
            kept.password_hash = another if what == "password" else kept.password_hash
        return proved

    monkeypatch.setattr(service, "_prove", prove_slowly)
    with pytest.raises(InvalidGrant):
        await sign_in(service, officer)
    await restore(apart, officer)
    with pytest.raises(Invalid):
        await change_password(service, officer)

    assert await live_families(apart, officer) == 0


async def restore(apart: Sessions, officer: Officer) -> None:
    async with apart.begin() as session:
        kept = await session.get_one(Officer, officer.id)
        kept.active, kept.password_hash = True, officer.password_hash


async def test_of_two_password_changes_at_once_one_counts(
    apart: Sessions, service: SignInService, officer: Officer
) -> None:
    answers = await asyncio.gather(
        *(change_password(service, officer) for _ in range(2)), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in answers) == ["Invalid", "Tokens"]
    assert await live_families(apart, officer) == 1
