"""What the demo holds: nobody in it lives, and it says so; its accounts open."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.accounts.schemas import OfficerFilter
from app.accounts.service.officers import OfficerService
from app.cases.rules.states import AFTER_FORWARDING, State
from app.cli import demo
from app.complaints.files.sealing import open_content
from app.complaints.models.complaints import Complaint, ComplaintContent, ComplaintPerson
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.files import open_signer
from app.declarations.jobs import cover_targets
from app.declarations.models.declarations import Declaration, Signer, Target
from app.declarations.models.room import SignatureCapture
from app.declarations.rules.kinds import Group, Status
from app.declarations.service.tallies import TallyService
from app.rakor.models.events import Event
from app.rakor.rules.attendance import Presence
from app.rakor.rules.events import Stage
from app.rakor.service.presence import AttendanceService
from app.web.clock import present
from tests.cli.house import House, signed_in
from tests.ledger.publishing import publish
from tests.people import bearer


@pytest.fixture
async def connection(house: House) -> AsyncIterator[AsyncConnection]:
    """What a single test changes in the house is undone before the next."""
    async with house.connection.begin_nested() as savepoint:
        yield house.connection
        await savepoint.rollback()


@pytest.fixture
def lines(house: House) -> list[str]:
    return house.lines


async def test_every_complaint_says_that_it_is_invented(sessions: Sessions, keys: Keyring) -> None:
    async with sessions.begin() as session:
        sealed = (await session.execute(select(ComplaintContent))).scalars().all()
        persons = (await session.execute(select(ComplaintPerson))).scalars().all()

    contents = [open_content(each.sealed, each.id, keys) for each in sealed]
    names = [keys.open(each.sealed, each.id).decode() for each in persons]
    assert 25 <= len(contents) <= 40
    assert all(each.what.startswith("Rekaan: ") for each in contents)
    assert all(each.account.startswith("Rekaan: ") for each in contents)
    assert all(" rekaan " in name for name in names)


async def test_the_complaints_are_varied(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        found = (await session.execute(select(Complaint))).scalars().all()

    regions = Counter(each.region_code[:5] for each in found)
    assert set(regions) == {"73.07", "35.74", "62.71", "13.03", "73.04"}
    assert {each.status for each in found} == {
        "submitted",
        "received",
        *(set(State) - AFTER_FORWARDING | {State.FORWARDED}),
    }
    assert {each.channel for each in found} == {"app", "web", "oversight"}
    assert {each.filed_late for each in found} == {True, False}
    assert {each.submitted_at.year for each in found} == {2024}


async def test_the_four_meetings_and_an_invented_one_were_held_and_reported(
    sessions: Sessions, keys: Keyring
) -> None:
    async with sessions.begin() as session:
        events = (await session.execute(select(Event).order_by(Event.starts_on))).scalars().all()
        rakornas = next(event for event in events if event.region_code == "00")
        presence = await AttendanceService(session, SYSTEM, present(), keys).attendance(rakornas.id)

    days = sorted((each.region_code, str(each.starts_on), str(each.ends_on)) for each in events)
    assert days == [
        ("00", "2024-09-17", "2024-09-17"),
        ("13.03", "2024-09-30", "2024-10-01"),
        ("13.03", "2024-10-28", "2024-10-28"),
        ("62.71", "2024-09-30", "2024-09-30"),
        ("73.04", "2024-11-05", "2024-11-05"),
    ]
    assert {each.stage for each in events} == {Stage.REPORTED}
    assert all("Rekaan" in each.purpose for each in events)
    came = {each.region_code for each in presence.items if each.presence is Presence.PRESENT}
    assert {"73.07", "35.74"} <= came


async def test_sijunjung_was_signed_by_posts_alone(sessions: Sessions, keys: Keyring) -> None:
    await publish(sessions, keys)
    async with sessions.begin() as session:
        held = select(Declaration).where(Declaration.status == Status.CLOSED)
        declaration = (await session.execute(held)).scalars().one()
        service = TallyService(session, SYSTEM, present(), keys)
        tally = await service.tally(declaration.id)
        query = select(Signer).execution_options(fan_out=True)
        sealed = (await session.execute(query)).scalars().all()
        captures = select(SignatureCapture.device_id).execution_options(fan_out=True)
        devices = (await session.execute(captures)).scalars().all()

    signers = [open_signer(each.sealed, each.signature_id, keys) for each in sealed]
    # The regional secretary and 8 subdistrict heads; 61 nagari and one desa.
    assert tally.groups == {Group.ASN_PNS: 9, Group.VILLAGE_HEAD: 62}
    assert (len(devices), len(set(devices) - {None})) == (71, 1)
    assert {each.position for each in signers} == {
        "Sekretaris Daerah",
        "Camat",
        "Wali Nagari",
        "Kepala Desa",
    }
    assert all(each.name == f"{each.position}, {each.office} (rekaan)" for each in signers)


async def test_a_roster_of_invented_persons_is_signed_in_part(
    client: AsyncClient, sessions: Sessions, keys: Keyring, lines: list[str]
) -> None:
    await publish(sessions, keys)
    await cover_targets(sessions)
    async with sessions.begin() as session:
        query = select(Target).execution_options(fan_out=True)
        targets = (await session.execute(query)).scalars().all()
    names = [open_signer(each.sealed, each.id, keys).name for each in targets]
    ticket = next(line for line in lines if "/sign#" in line).partition("#")[2]
    headers = await signed_in(client, "demo.pencegahan")
    path = f"/declarations/{targets[0].declaration_id}"

    tally = (await client.get(f"{path}/tally")).json()
    coverage = (await client.get(f"{path}/coverage", headers=headers)).json()
    certificate = await client.post("/signatures/certificate", json={"ticket": ticket})

    assert len(names) == 24
    assert all(name.endswith(" Rekaan") for name in names)
    assert tally["signatures"] == 17
    assert any(path in line for line in lines)
    assert (coverage["targets"], coverage["signed"]) == (24, 17)
    assert certificate.json()["signer"]["name"] == "Adi Rekaan"
    assert certificate.json()["state"] == "valid"


async def test_prevention_can_be_seen_from_the_circular_to_what_is_owed(
    client: AsyncClient,
) -> None:
    headers = await signed_in(client, "demo.pencegahan")
    events = (await client.get("/events?region=13.03")).json()["items"]
    rekaan = next(each for each in events if each["title"].startswith("Contoh rekaan"))

    gathering = (await client.get(f"/events/{rekaan['id']}/gathering", headers=headers)).json()
    regions = (await client.get("/prevention/regions", headers=headers)).json()["items"]
    owed = (await client.get("/prevention/owed?limit=200", headers=headers)).json()["items"]
    asked = {"question": "Bolehkah ASN menyukai unggahan bakal calon?"}
    similar = (await client.post("/consultations/published/search", json=asked)).json()["items"]

    assert gathering["presence"] == {"present": 1, "represented": 1, "excused": 1, "absent": 1}
    [circular] = gathering["circulars"]
    assert circular["addressed"] > 8
    assert circular["acknowledged"] == 6
    assert [each["region_code"] for each in regions] == ["13.03"]
    assert {each["owed"] for each in owed} >= {"acknowledgement", "follow_up"}
    assert similar[0]["question"].startswith("Contoh rekaan")


async def test_no_account_bears_the_name_of_a_person(sessions: Sessions, keys: Keyring) -> None:
    async with sessions.begin() as session:
        service = OfficerService(session, SYSTEM, present(), keys)
        officers = (await service.find(OfficerFilter())).items
        names = [(await service.describe(each.id)).name for each in officers]

    assert set(names) == {f"Akun {each.login} (rekaan)" for each in demo.ACCOUNTS}


@pytest.mark.parametrize("account", demo.ACCOUNTS, ids=lambda each: each.login)
async def test_the_accounts_that_are_printed_open(
    client: AsyncClient, lines: list[str], account: demo.Account
) -> None:
    form = {"grant_type": "password", "username": account.login, "password": demo.PASSWORD}

    signed_in = await client.post("/auth/token", data=form)

    assert any(account.login in line for line in lines)
    me = await client.get("/auth/me", headers=bearer(signed_in.json()["access_token"]))
    assert (me.json()["role"], me.json()["must_change_password"]) == (account.role, False)


async def test_the_system_that_is_printed_reads_figures(
    client: AsyncClient, lines: list[str]
) -> None:
    printed = next(line for line in lines if "client_id" in line).split()
    form = dict(zip(printed[0:4:2], printed[1:4:2], strict=True))

    granted = await client.post("/auth/token", data={"grant_type": "client_credentials", **form})
    figures = await client.get("/stats/summary", headers=bearer(granted.json()["access_token"]))

    assert figures.status_code == 200
    assert demo.WARNING in lines


async def test_an_office_sees_the_complaints_of_its_own_area(client: AsyncClient) -> None:
    handler = await signed_in(client, "demo.sijunjung")

    desk = await client.get("/complaints?count=exact", headers=handler)

    assert desk.json()["total"] == 8
    assert {each["region_code"][:5] for each in desk.json()["items"]} == {"13.03"}
