"""What `netra demo` fills in: of one piece, near to what was published, the same again."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

import pytest
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.cli.plausible.filling import Filler, Plan
from app.cli.plausible.ground import Ground, read_ground
from app.cli.plausible.running import Filled, claim, fill_demo, finish
from app.cli.plausible.shares import LEADING
from app.cli.plausible.sizes import REAL, SIZES, Size, size_of
from app.complaints.files import sealing
from app.complaints.models.complaints import ComplaintPerson
from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions, open_sessions
from app.core.keys import open_keyring
from app.core.processes import CannotStart
from app.stats.service.rebuilding import Rebuilder
from app.web.clock import present
from tests.conftest import KNOWN, MASTER_KEY
from tests.people import officer

# As many matters as there were in 2024, and of all else some.
PLAN = Plan(Size(matters=(300, REAL[1]), declarations=(3, 5), targets=24, events=(10, 20)), seed=7)


class Filling(NamedTuple):
    """The transaction in which it lies, and what it was made from."""

    connection: AsyncConnection
    filler: Filler


@pytest.fixture(scope="module")
async def filling(engine: AsyncEngine) -> AsyncIterator[Filling]:
    """Filled in once for all tests of this file, and undone in the end."""
    async with engine.connect() as connection:
        await connection.begin()
        sessions = open_sessions(connection, KNOWN)
        sessions.configure(join_transaction_mode="create_savepoint")
        keys = await open_keyring(sessions, MasterKey.from_base64(MASTER_KEY))
        async with sessions.begin() as session:
            await claim(session, PLAN)
            filler = Filler(PLAN, await read_ground(session), keys)
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        rows = sum([await filler.make(work).copy(raw) for work in PLAN.works()])
        await finish(sessions, keys, Filled(rows, PLAN.signatures), lambda done, whole: None)
        yield Filling(connection, filler)
        await connection.rollback()


@pytest.fixture
async def connection(filling: Filling) -> AsyncIterator[AsyncConnection]:
    async with filling.connection.begin_nested() as savepoint:
        yield filling.connection
        await savepoint.rollback()


async def ask(connection: AsyncConnection, query: str) -> Sequence[Sequence[Any]]:
    return (await connection.execute(text(query), execution_options={"fan_out": True})).all()


async def count(connection: AsyncConnection, query: str) -> dict[str, int]:
    return {str(code): number for code, number in await ask(connection, query)}


async def test_as_many_came_in_as_did_and_by_the_same_entrances(
    connection: AsyncConnection,
) -> None:
    kinds = "SELECT kind, count(*) FROM \"case\" WHERE election_code = 'pilkada-{}' GROUP BY kind"

    in_2020 = await count(connection, kinds.format(2020))
    in_2024 = await count(connection, kinds.format(2024))

    assert (sum(in_2020.values()), sum(in_2024.values())) == PLAN.size.matters
    assert in_2020["finding"] > 10 * in_2020["report"]
    assert in_2024["report"] > 4 * in_2024["finding"]


async def test_the_results_of_2024_are_near_those_published(connection: AsyncConnection) -> None:
    results = await count(
        connection,
        'SELECT result, count(*) FROM plenary JOIN "case" ON "case".id = case_id'
        " WHERE election_code = 'pilkada-2024' GROUP BY result",
    )
    followed = await count(
        connection,
        "SELECT p.status, count(*) FROM referral_person p JOIN referral r ON r.id = referral_id"
        " WHERE authority_code = 'bkn' GROUP BY p.status",
    )

    # 314 violations, 99 not; 667 wait for BKN, 436 for the staffing authority, 19 were sanctioned.
    assert 280 <= results["violation"] <= 380
    assert 85 <= results["not_violation"] <= 125
    assert 560 <= followed["awaiting_bkn_verification"] <= 780
    assert 360 <= followed["awaiting_staffing_authority"] <= 510
    assert 10 <= followed["sanctioned"] <= 30


async def test_the_kinds_of_acts_and_the_provinces_are_those_published(
    connection: AsyncConnection,
) -> None:
    acts = Counter(await count(connection, "SELECT act, count(*) FROM classification GROUP BY act"))
    provinces = Counter(
        await count(connection, 'SELECT left(region_code, 2), count(*) FROM "case" GROUP BY 1')
    )

    shares = {act: number / acts.total() for act, number in acts.items()}
    assert shares["social_engagement"] == pytest.approx(0.27, abs=0.02)
    assert shares["approach_party"] == pytest.approx(0.21, abs=0.02)
    assert {code for code, _ in provinces.most_common(len(LEADING))} == set(LEADING)


IMPOSSIBLE = {
    "outside of the area of its election": """
        SELECT id FROM "case" c WHERE NOT EXISTS (
            SELECT FROM election_area a WHERE a.election_code = c.election_code
               AND (c.region_code = a.region_code OR c.region_code LIKE a.region_code || '.%'))""",
    "handled by an office of another place": """
        SELECT c.id FROM "case" c JOIN office o ON o.id = c.office_id
         WHERE NOT c.region_code LIKE o.region_code || '%' OR o.region_id <> c.region_id""",
    "in an impossible order": """
        SELECT id FROM "case" WHERE registered_at < received_at OR decided_at < registered_at
            OR closed_at < received_at OR occurred_on > received_at::date""",
    "decided without a plenary": """
        SELECT c.id FROM "case" c LEFT JOIN plenary p ON p.case_id = c.id
         WHERE (c.decided_at IS NULL) <> (p.id IS NULL)
            OR (c.state = 'not_violation') <> (coalesce(p.result, '') = 'not_violation')""",
    "forwarded and not referred, or the other way round": """
        SELECT c.id FROM "case" c WHERE EXISTS (SELECT FROM referral r WHERE r.case_id = c.id)
            <> (c.state IN ('forwarded', 'followed_up', 'not_followed_up'))""",
    "told otherwise to the reporter": """
        SELECT c.id FROM "case" c JOIN case_report r ON r.case_id = c.id
          JOIN complaint m ON m.id = r.complaint_id WHERE m.status <> c.state""",
    "with another number of persons": """
        SELECT c.id FROM "case" c LEFT JOIN case_person p ON p.case_id = c.id
         GROUP BY c.id HAVING count(p.id) <> c.persons""",
    "open without a due day, or due when it is over": """
        SELECT id FROM "case" WHERE registered_at IS NOT NULL
           AND (decided_at IS NULL) <> (next_due_at IS NOT NULL)""",
    "a clock kept too late, or missed in time": """
        SELECT id FROM deadline_clock WHERE (outcome = 'met') <> (ended_at < due_at)""",
    "sanctioned without a decree": """
        SELECT p.id FROM referral_person p LEFT JOIN ruling r
            ON r.referral_id = p.referral_id AND r.person_id = p.person_id
         WHERE (p.status = 'sanctioned') <> (r.sanction_code IS NOT NULL)""",
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
async def test_nothing_is(what: str, connection: AsyncConnection) -> None:
    assert not await ask(connection, IMPOSSIBLE[what])


async def test_what_is_sealed_opens_and_is_plainly_invented(
    sessions: Sessions, keys: Keyring
) -> None:
    async with sessions.begin() as session:
        rows = (await session.scalars(select(ComplaintPerson).limit(500))).all()

        persons = sealing.open_all(rows, keys)

    assert persons
    invented = ("Rekaan", "Contoh", "Khayalan", "Buatan", "Umpama")
    assert all(any(word in each.name for word in invented) for each in persons)


async def test_signatures_are_published_and_counted(connection: AsyncConnection) -> None:
    [(signatures, leaves, counted, covered)] = await ask(
        connection,
        "SELECT (SELECT count(*) FROM signature), (SELECT max(size) FROM ledger_checkpoint),"
        " (SELECT sum(number) FROM signature_count), (SELECT sum(signed) FROM coverage"
        " WHERE office = '')",
    )

    assert signatures == PLAN.signatures == 8 * 22
    assert leaves == counted == covered == signatures


async def test_the_figures_are_made_of_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    headers = await officer(sessions, keys, role="member", office_code="bawaslu-00")
    async with sessions.begin() as session:
        await Rebuilder(session, present()).rebuild()

    said = await client.get("/stats/summary", headers=headers)

    figures = {each["unit"]: each["count"] for each in said.json()["figures"]}
    assert figures["case"] == sum(PLAN.size.matters)
    assert figures["signature"] == PLAN.signatures
    assert figures["declaration"] == sum(PLAN.size.declarations)
    assert figures["complaint"] + figures["finding"] == sum(PLAN.size.matters)
    assert figures["deadline"] > figures["case"] > figures["consultation"] > 0


LISTS = (
    "/complaints",
    "/cases",
    "/cases?state=study&sort=newest",
    "/referrals",
    "/declarations",
    "/events",
    "/circulars",
    "/consultations",
    "/queues",
    "/stats/summary?region=00",
)


@pytest.mark.parametrize("path", LISTS)
async def test_an_officer_reads_the_list(
    path: str, client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    role = "prevention_staff" if path == "/consultations" else "member"
    headers = await officer(sessions, keys, role=role, office_code="bawaslu-00")

    answer = await client.get(path, headers=headers)

    assert answer.status_code == 200, answer.text
    assert answer.json().get("items", True)


@pytest.mark.parametrize(
    "part", ["", "/history", "/actions", "/deadlines", "/persons", "/plenaries", "/custody"]
)
async def test_an_officer_opens_a_decided_case(
    part: str, client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    headers = await officer(sessions, keys, role="member", office_code="bawaslu-00")
    found = await client.get("/cases?state=forwarded&sort=newest&limit=1", headers=headers)

    answer = await client.get(f"/cases/{found.json()['items'][0]['id']}{part}", headers=headers)

    assert answer.status_code == 200, answer.text


async def test_it_never_comes_to_lie_beside_other_data(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        with pytest.raises(CannotStart, match="holds data already"):
            await claim(session, PLAN)


async def test_the_same_seed_makes_the_same_data(filling: Filling) -> None:
    ground, keys = filling.filler.ground, filling.filler.keys
    plan = Plan(SIZES["small"], seed=3)

    once, again = made(plan, ground, keys), made(plan, ground, keys)

    assert once == again
    assert once != made(Plan(SIZES["small"], seed=4), ground, keys)


def made(plan: Plan, ground: Ground, keys: Keyring) -> list[list[str]]:
    """All rows without what is sealed, which never looks alike twice."""
    filler = Filler(plan, ground, keys)
    sheets = [filler.make(work) for work in plan.works()]
    return [
        [str([value for value in row if not isinstance(value, bytes)]) for row in rows]
        for sheet in sheets
        for _, rows in sheet.filled
    ]


def test_a_size_is_a_name_or_a_number() -> None:
    assert size_of("3001").matters == (1501, 1500)
    assert sum(size_of("national").matters) == 2_000_000
    for none in ("huge", "1", "5000001"):
        with pytest.raises(CannotStart, match="from 2 to 5000000"):
            fill_demo(None, none, seed=1)
