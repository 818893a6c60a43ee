"""What a case is opened from: the reported persons by their rows, and never the reporter."""

from datetime import date
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.complaints.models.complaints import Complaint, ComplaintPerson
from app.complaints.service.reading import ReportReader
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import NotFound
from app.core.ids import new_id
from app.elections.models import Election
from app.elections.rules import Regime
from app.web.clock import present
from tests.complaints.filing import Body, file

HERE = Actor(ActorKind.OFFICER, new_id(), area="73.04")
CAMAT = {
    "name": "Terlapor Rekaan",
    "position": "Camat",
    "office": "Kecamatan X",
    "employee_number": "198001012005011001",
}


@pytest.fixture
async def filed(client: AsyncClient) -> Body:
    return await file(client, reported_persons=[CAMAT, {"name": "Terlapor Contoh"}])


def invented_election() -> Election:
    return Election(
        code="pemilu-rekaan",
        regime=Regime.GENERAL_ELECTION,
        name_id="Pemilu rekaan",
        name_en="An invented general election",
        voting_on=date(2029, 2, 14),
        source="Rekaan",
    )


async def complaint_of(sessions: Sessions, filed: Body) -> Complaint:
    async with sessions.begin() as session:
        return await session.get_one(Complaint, UUID(filed["id"]))


async def test_the_reported_persons_come_with_their_rows(
    sessions: Sessions, keys: Keyring, filed: Body
) -> None:
    complaint = await complaint_of(sessions, filed)

    async with sessions.begin() as session:
        found = await ReportReader(session, HERE, present(), keys).persons(complaint)
        rows = (await session.scalars(select(ComplaintPerson.id))).all()

    assert [(each.name, each.position, each.office, each.employee_number) for each in found] == [
        ("Terlapor Rekaan", "Camat", "Kecamatan X", "198001012005011001"),
        ("Terlapor Contoh", None, None, None),
    ]
    assert {each.id for each in found} < set(rows)


async def test_the_content_is_opened_and_reading_it_all_is_one_entry(
    sessions: Sessions, keys: Keyring, filed: Body
) -> None:
    complaint = await complaint_of(sessions, filed)

    async with sessions.begin() as session:
        reader = ReportReader(session, HERE, present(), keys)
        content = await reader.content(complaint)
        await reader.persons(complaint)
        read = select(JournalEntry.actor_id).where(JournalEntry.action == "complaint.read")
        readers = (await session.scalars(read)).all()

    assert content.account.startswith("Rekaan: pejabat")
    assert readers == [HERE.id]


@pytest.mark.parametrize(
    ("code", "regime"),
    [
        (None, Regime.REGIONAL_ELECTION),
        ("pilkada-2024", Regime.REGIONAL_ELECTION),
        ("pemilu-rekaan", Regime.GENERAL_ELECTION),
    ],
)
async def test_the_regime_is_that_of_its_election_or_of_regional_elections(
    sessions: Sessions, keys: Keyring, filed: Body, code: str | None, regime: Regime
) -> None:
    complaint = await complaint_of(sessions, filed)
    complaint.election_code = code

    async with sessions.begin() as session:
        session.add(invented_election())
        reader = ReportReader(session, HERE, present(), keys)
        found = await reader.regime_of(complaint)
        read = select(JournalEntry.id).where(JournalEntry.action == "complaint.read")
        assert (await session.scalars(read)).all() == []

    assert found is regime


async def test_an_election_that_is_gone_is_said_to_be_gone(
    sessions: Sessions, keys: Keyring, filed: Body
) -> None:
    complaint = await complaint_of(sessions, filed)
    complaint.election_code = "pilkada-1901"

    async with sessions.begin() as session:
        with pytest.raises(NotFound):
            await ReportReader(session, HERE, present(), keys).regime_of(complaint)
