"""What holds when everything comes at the same instant, on connections of their own."""

import asyncio

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from app.accounts.models import Officer
from app.core.actors import Role
from app.core.crypto import MasterKey
from app.core.database import open_sessions
from app.core.keys import open_keyring
from app.credentials.rules import FREE_FAILURES, InvalidGrant
from app.credentials.schemas import PasswordGrant
from app.credentials.service import SignInService
from app.web.clock import present
from tests.conftest import MASTER_KEY
from tests.people import add_officer


async def test_no_more_guesses_count_at_once_than_one_after_another(engine: AsyncEngine) -> None:
    sessions = open_sessions(engine)
    keys = await open_keyring(sessions, MasterKey.from_base64(MASTER_KEY))
    officer = await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04")
    guesses = [f"tebakan {each}" for each in range(30)]
    service = SignInService(sessions, present())

    answers = await asyncio.gather(
        *(
            service.grant(
                PasswordGrant(grant_type="password", username=officer.login, password=each)
            )
            for each in guesses
        ),
        return_exceptions=True,
    )

    async with sessions.begin() as session:
        kept = await session.get_one(Officer, officer.id)
        await session.execute(delete(Officer).where(Officer.id == officer.id))
    assert all(isinstance(each, InvalidGrant) for each in answers)
    assert kept.failed_logins == FREE_FAILURES + 1
