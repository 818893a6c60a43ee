"""Loading the demo: once, whole, and never beside real data."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.models import Officer
from app.audit.models import JournalEntry
from app.cli import demo, demo_complaints
from app.cli.plausible.filling import Plan
from app.cli.plausible.running import claim
from app.cli.plausible.sizes import SIZES
from app.complaints.models.complaints import Complaint
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Base, Sessions
from app.core.models import LoadedReference
from app.core.processes import CannotStart
from app.declarations.models.declarations import Declaration, Signature
from app.rakor.models.events import Event
from app.rakor.models.invitations import Invitation
from app.rakor.models.presence import CheckIn
from tests.people import add_officer

FILLED: tuple[type[Base], ...] = (
    Officer,
    Complaint,
    Event,
    Invitation,
    CheckIn,
    Declaration,
    Signature,
    JournalEntry,
)


async def count(sessions: Sessions) -> dict[str, int]:
    """How many rows the tables of the demo hold."""
    async with sessions.begin() as session:
        return {
            table.__tablename__: await session.scalar(
                select(func.count()).select_from(table).execution_options(fan_out=True)
            )
            or 0
            for table in FILLED
        }


async def test_a_second_load_changes_nothing(sessions: Sessions, keys: Keyring) -> None:
    lines = await demo.load(sessions, keys)
    before = await count(sessions)

    again = await demo.load(sessions, keys)

    assert again == lines
    assert await count(sessions) == before
    assert all(before.values())


async def test_one_that_breaks_off_leaves_nothing(
    sessions: Sessions, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await count(sessions)
    with monkeypatch.context() as broken:
        broken.setattr(demo_complaints, "COMPLAINTS", Path("missing.csv"))
        with pytest.raises(FileNotFoundError):
            await demo.load(sessions, keys)

    assert await count(sessions) == before
    assert demo.HEADING in await demo.load(sessions, keys)


async def test_it_never_comes_to_lie_beside_real_data(sessions: Sessions, keys: Keyring) -> None:
    await add_officer(sessions, keys, role=Role.HANDLER, office_code="bawaslu-73.04")

    lines = await demo.load(sessions, keys)

    assert lines == [demo.REFUSED]
    assert (await count(sessions))["complaint"] == 0


async def test_a_demo_of_another_version_is_kept_and_named(
    sessions: Sessions, keys: Keyring
) -> None:
    lines = await demo.load(sessions, keys)
    before = await count(sessions)
    async with sessions.begin() as session:
        loaded = await session.get_one(LoadedReference, demo.NAME)
        loaded.digest = "another"

    assert await demo.load(sessions, keys) == [*lines, demo.OUTDATED]
    assert await count(sessions) == before


async def test_nor_is_a_larger_one_filled_in_beside_an_officer(
    sessions: Sessions, keys: Keyring
) -> None:
    async with sessions.begin() as session:
        session.add(await add_officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-00"))

    async with sessions.begin() as session:
        with pytest.raises(CannotStart, match="holds data already"):
            await claim(session, Plan(SIZES["small"], seed=1))
