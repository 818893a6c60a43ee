"""The work list over a million cases, and the steps of the procedure beside them.

The cases are rows alone, made by the database: nine of ten have ended, the others wait for
something, each with its clock. The steps are taken on cases that were filed and taken up by HTTP.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import asyncpg
from httpx import AsyncClient
from rich.progress import track
from sqlalchemy import update

from app.cases.rules.requirements import Requirement
from app.core.cluster import APPLICATION, OWNER
from app.core.crypto import Keyring
from app.core.database import Sessions, open_engine, open_sessions
from app.core.ids import new_id
from app.offices.models import Office
from app.web.clock import present
from tests.bench.asking import Line, Taken, report
from tests.bench.crowd import Address
from tests.bench.load import HOST
from tests.bench.serving import environment, folder, serving, show, web
from tests.complaints.filing import complaint
from tests.people import officer

TURNS: Final = 200
STEPS: Final = 120
WARM_UP: Final = 20
OFFICES: Final = {"nation": "bawaslu-00", "province": "bawaslu-32", "regency": "bawaslu-32.04"}
REGENCY: Final = "32.04"
LIST: Final = "/api/v1/cases"

_CASES: Final = """
    INSERT INTO "case" (id, region_id, region_code, office_id, regime, election_code, kind, state,
                        occurred_on, received_at, opened_at, persons, reports, next_due_at,
                        next_due_on, number, version)
    SELECT gen_random_uuid(), home.region_id, home.region_code, home.id, 'regional_election',
           'pilkada-2024', CASE WHEN n % 3 = 0 THEN 'finding' ELSE 'report' END,
           CASE WHEN n % 10 > 0 THEN (ARRAY['closed', 'not_registered', 'followed_up'])[1 + n % 3]
                ELSE (ARRAY['initial_review', 'clarification', 'study', 'tracing'])[1 + n / 10 % 4]
           END,
           DATE '2024-01-01' + n % 300, opened.at, opened.at, 1 + n % 3, 1,
           CASE WHEN n % 10 = 0 THEN now() + (n % 7919) * INTERVAL '97 s' END,
           CASE WHEN n % 10 = 0 THEN ((now() + (n % 7919) * INTERVAL '97 s')
                                      AT TIME ZONE 'Asia/Jakarta')::date END,
           n || '/REG/LP/PB/Kab/contoh/2024', 3
      FROM generate_series(1, $1) AS n
      JOIN home ON home.place = (n::bigint * 7907) % (SELECT count(*) FROM home)
     CROSS JOIN LATERAL (
            SELECT TIMESTAMPTZ '2023-01-01 00:00+00' + n * INTERVAL '60 s') opened (at)
"""
_HOMES: Final = """
    CREATE TEMPORARY TABLE home AS
    SELECT row_number() OVER (ORDER BY region_code) - 1 AS place, id, region_id, region_code
      FROM office WHERE kind = 'bawaslu' AND level IN ('regency', 'city')
"""
_CLOCKS: Final = """
    INSERT INTO deadline_clock (id, subject_id, region_id, region_code, office_id, time_zone,
                                regime, step, rule_code, rule_version, started_at, due_at, due_on,
                                revision)
    SELECT gen_random_uuid(), c.id, c.region_id, c.region_code, c.office_id, 'Asia/Jakarta',
           c.regime, 'initial_review', 'regional-initial-review', 1, c.opened_at, c.next_due_at,
           c.next_due_on, 1
      FROM "case" c WHERE c.next_due_at IS NOT NULL
"""
_DUES: Final = """
    INSERT INTO clock_due (id, clock_id, at, due_at, due_on, rule_version, calendar_revision,
                           cause, started_at, time_zone, region_code, extended)
    SELECT gen_random_uuid(), id, started_at, due_at, due_on, 1, 1, 'started', started_at,
           time_zone, region_code, false
      FROM deadline_clock
"""


@dataclass(frozen=True)
class Question:
    """What an officer asks of the work list; `ask` gives path and body for a case of the turn."""

    name: str
    office: str
    ask: Callable[[str], tuple[str, Any]]


def listing(**wanted: str) -> Callable[[str], tuple[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in wanted.items())
    return lambda _: (f"{LIST}?{query}", None)


def of_case(part: str) -> Callable[[str], tuple[str, Any]]:
    return lambda id: (f"{LIST}/{id}/{part}", None)


def questions() -> Iterator[Question]:
    for office in OFFICES:
        yield Question("work list by due", office, listing())
        yield Question("overdue", office, listing(overdue="true"))
        yield Question("due within two days", office, listing(due_within="2"))
        yield Question("in study", office, listing(state="study"))
        yield Question("newest", office, listing(sort="newest"))
        yield Question("closed, newest", office, listing(state="closed", sort="newest"))
    yield Question("what is allowed", "nation", of_case("actions"))
    yield Question("why it is due", "nation", of_case("deadlines"))


async def fill(address: Address, number: int) -> list[str]:
    """Write so many cases; return the ids of some that wait for something."""
    connection = await asyncpg.connect(address.plain)
    await connection.execute(_HOMES)
    await connection.execute(_CASES.replace("$1", str(number)))
    await connection.execute(_CLOCKS)
    await connection.execute(_DUES)
    await connection.execute("VACUUM ANALYZE")
    some = 'SELECT id FROM "case" WHERE next_due_at IS NOT NULL ORDER BY random() LIMIT 500'
    ids = [str(row["id"]) for row in await connection.fetch(some)]
    await connection.close()
    return ids


def bench(cases: int) -> None:
    """Fill a database, then ask; every answer is of the real service over HTTP."""
    with folder() as data, serving(data, "--no-worker") as service:
        master_key = (data / "master.key").read_text().strip()
        ids = asyncio.run(fill(Address(service.server.url(OWNER), master_key), cases))
        address = Address(service.server.url(APPLICATION), master_key)
        with web("whole", environment(service)) as whole:
            report(asyncio.run(ask_everything(whole.port, address, ids)))
            report(asyncio.run(take_steps(whole.port, address, ids)))


async def ask_everything(port: int, address: Address, ids: list[str]) -> dict[Question, Taken]:
    engine = open_engine(address.url)
    heads = await officers(open_sessions(engine), await address.keyring())
    await engine.dispose()
    asked = list(questions())
    taken = {question: Taken([], []) for question in asked}
    line = Line(*await asyncio.open_connection(HOST, port))
    for turn in track(range(TURNS + WARM_UP), "asking", console=show):
        id = ids[turn % len(ids)]
        for question in asked:
            took = await line.ask(*question.ask(id), heads[question.office])
            key = await line.ask(f"{LIST}/{id}", None, heads["nation"])
            if turn >= WARM_UP:
                taken[question].question.append(took)
                taken[question].key.append(key)
    return taken


async def officers(sessions: Sessions, keys: Keyring) -> dict[str, dict[str, str]]:
    return {
        name: await officer(sessions, keys, role="member", office_code=code)
        for name, code in OFFICES.items()
    }


@dataclass(frozen=True, eq=False)
class Walk:
    """A step of the procedure, and how it is asked for."""

    name: str
    path: str
    body: Any
    method: str = "POST"
    office: str = "regency"


def walks() -> list[Walk]:
    day = present().astimezone(ZoneInfo("Asia/Jakarta")).date().isoformat()
    seats = [{"name": f"Anggota Rekaan {each}", "vote": "agree"} for each in range(3)]
    decision = {
        "held_on": day,
        "minutes_number": "017/BA-PLENO",
        "members": 5,
        "present": seats,
        "result": "not_violation",
        "reasoning": "Rekaan: unsur tidak terbukti.",
    }
    return [
        *(
            Walk("check a requirement", f"requirements/{each}", {"is_met": True}, "PUT")
            for each in Requirement
        ),
        Walk("register", "registration", {"election_type": "PB"}),
        Walk("write the study", "study", {"text": "Rekaan: uraian."}),
        Walk("decide in a plenary", "decision", decision),
        Walk("announce", "announcement", None),
    ]


async def take_steps(port: int, address: Address, ids: list[str]) -> dict[Walk, Taken]:
    """Carry reports from the phone to the announcement, each step beside a read by key."""
    engine = open_engine(address.url)
    sessions = open_sessions(engine)
    heads = await officers(sessions, await address.keyring())
    await number_office(sessions)
    await engine.dispose()
    steps = walks()
    taken_up = Walk("take a report up", "review", None)
    taken = {walk: Taken([], []) for walk in (taken_up, *steps)}
    line = Line(*await asyncio.open_connection(HOST, port))
    member = heads["regency"]
    for turn in track(range(STEPS), "taking steps", console=show):
        complaint_id = str(new_id())
        filed = complaint(event={"region_code": REGENCY})
        await line.ask(f"/api/v1/complaints/{complaint_id}", filed, {}, "PUT")
        path = f"/api/v1/complaints/{complaint_id}/review"
        taken[taken_up].question.append(await line.ask(path, None, member, "POST"))
        case_id = await case_of(port, complaint_id, member)
        for walk in steps:
            path = f"{LIST}/{case_id}/{walk.path}"
            taken[walk].question.append(await line.ask(path, walk.body, member, walk.method))
            key = await line.ask(f"{LIST}/{ids[turn % len(ids)]}", None, heads["nation"])
            taken[walk].key.append(key)
            taken[taken_up].key.append(key)
    shown = {walk.name: walk for walk in taken}
    return {walk: taken[walk] for walk in shown.values()}


async def case_of(port: int, complaint_id: str, member: dict[str, str]) -> str:
    url = f"http://{HOST}:{port}{LIST}"
    async with AsyncClient(headers=member) as client:
        answer = await client.get(url, params={"complaint_id": complaint_id})
    return str(answer.json()["items"][0]["id"])


async def number_office(sessions: Sessions) -> None:
    """Without its own code an office cannot register."""
    async with sessions.begin() as session:
        code = OFFICES["regency"]
        await session.execute(update(Office).where(Office.code == code).values(own_code="99.01"))
