"""What a late decree costs: all open clocks counted again, as a preview and then for good.

Both go through the real service over HTTP, as the officers do it. The aim is 60 seconds for
100,000 open clocks; two thirds of them are in working days and move.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import UUID

import asyncpg
import httpx
from rich.table import Table

from app.clocks.files.calendars import read_holidays
from app.clocks.files.norms import read_rules
from app.clocks.models import ClockDue, ClockPause, DeadlineClock
from app.clocks.rules.counting import Due
from app.clocks.rules.law import Law
from app.clocks.rules.norms import DeadlineRule, Step, StopReason, Unit
from app.clocks.rules.recounting import OpenClock, Recount
from app.clocks.rules.running import Cause
from app.core.cluster import APPLICATION, OWNER
from app.core.database import Base, open_engine, open_sessions
from app.core.ids import new_id
from tests.bench.crowd import Address
from tests.bench.load import HOST
from tests.bench.serving import environment, folder, serving, show, web
from tests.people import officer

AIM: Final = 60.0
FIRST: Final = date(2024, 10, 1)
DAYS: Final = 60
LATE_LEAVE: Final = [
    {
        "day": (FIRST + timedelta(days=each)).isoformat(),
        "kind": "joint_leave",
        "name": "Cuti Bersama (rekaan)",
        "source": "Rekaan",
        "confidence": "unverified",
    }
    for each in range(DAYS + 25)
]
"""So many days that every clock in working days moves: the worst that a decree can do."""

REGIONS: Final = tuple(
    f"{province}.{regency:02}" for province in (32, 73, 91) for regency in range(1, 25)
)
ZONES: Final = {"32": "Asia/Jakarta", "73": "Asia/Makassar", "91": "Asia/Jayapura"}
STAYING: Final = (Step.HANDLING, Step.INITIAL_REVIEW, Step.COMPLETION, Step.VERDICT)
STOPPED: Final = 20
"""One clock in so many stood still for a while, and is counted by itself."""


@dataclass(frozen=True)
class Taken:
    """Seconds, and what the service said of it."""

    seconds: float
    said: Any


class Crowd:
    """Open clocks of every rule of the Pilkada, each counted by the law as it is shipped."""

    def __init__(self) -> None:
        self.law = Law(read_rules(), (), read_holidays(), 1)
        self.recount = Recount(self.law)
        pilkada = [each for each in self.law.rules if each.code.startswith("regional-")]
        working = [each for each in pilkada if each.unit is Unit.WORKING_DAY]
        # Two thirds move.
        self.rules = [*working, *(each for each in pilkada if each.step in STAYING)]
        self.chance = Random(4)  # noqa: S311  invented clocks, no secret

    def rows(self, number: int) -> Iterator[tuple[DeadlineClock, ClockDue, ClockPause | None]]:
        for place in range(number):
            yield self.one(self.rules[place % len(self.rules)], stops=place % STOPPED == 0)

    def one(
        self, rule: DeadlineRule, *, stops: bool
    ) -> tuple[DeadlineClock, ClockDue, ClockPause | None]:
        region = self.chance.choice(REGIONS)
        seconds = self.chance.randrange(DAYS * 86_400)
        started_at = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(
            seconds=seconds
        )
        open_clock = OpenClock(
            new_id(),
            1,
            rule.code,
            1,
            started_at,
            ZONES[region[:2]],
            region,
            False,
            started_at,
            FIRST,
            rule.step,
        )
        clock = stored(open_clock, rule, self.recount.count(open_clock, ()))
        pause = ClockPause(
            clock_id=clock.id,
            since=started_at,
            until=started_at + timedelta(minutes=1),
            reason=StopReason.WAITING_FOR_REPORTER,
        )
        return clock, first_due(clock), pause if stops else None


def stored(clock: OpenClock, rule: DeadlineRule, due: Due) -> DeadlineClock:
    return DeadlineClock(
        id=clock.id,
        subject_id=new_id(),
        region_id=int(clock.region_code[:2]),
        region_code=clock.region_code,
        office_id=UUID(int=int(clock.region_code.replace(".", ""))),
        time_zone=clock.time_zone,
        regime=rule.regime,
        step=rule.step,
        rule_code=rule.code,
        rule_version=rule.version,
        started_at=clock.started_at,
        due_at=due.due_at,
        due_on=due.due_on,
        revision=1,
    )


def first_due(clock: DeadlineClock) -> ClockDue:
    return ClockDue(
        clock_id=clock.id,
        at=clock.started_at,
        due_at=clock.due_at,
        due_on=clock.due_on,
        rule_version=1,
        calendar_revision=1,
        cause=Cause.STARTED,
        started_at=clock.started_at,
        time_zone=clock.time_zone,
        region_code=clock.region_code,
        extended=False,
    )


def bench(clocks: int) -> None:
    """Fill a database with open clocks, then propose a day of joint leave and approve it."""
    with folder() as data, serving(data, "--no-worker") as service:
        asyncio.run(fill(service.server.url(OWNER), clocks))
        address = Address(
            service.server.url(APPLICATION), (data / "master.key").read_text().strip()
        )
        with web("whole", environment(service)) as whole:
            report(clocks, asyncio.run(change_the_law(whole.port, address)))


async def fill(url: str, clocks: int) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1))
    crowd = list(Crowd().rows(clocks))
    for kind, rows in (
        (DeadlineClock, [clock for clock, _, _ in crowd]),
        (ClockDue, [due for _, due, _ in crowd]),
        (ClockPause, [pause for _, _, pause in crowd if pause is not None]),
    ):
        await copy(connection, kind, rows)
    await connection.execute("ANALYZE")
    await connection.close()


async def copy(connection: asyncpg.Connection, kind: type[Base], rows: list[Any]) -> None:
    names = [column.name for column in kind.__table__.columns]
    await connection.copy_records_to_table(
        kind.__tablename__,
        columns=names,
        records=([getattr(row, name) for name in names] for row in rows),
    )


async def change_the_law(port: int, address: Address) -> list[Taken]:
    engine = open_engine(address.url)
    keys = await address.keyring()
    one, other = [
        await officer(open_sessions(engine), keys, role="admin", office_code="bawaslu-00")
        for _ in range(2)
    ]
    await engine.dispose()
    base = f"http://{HOST}:{port}/api/v1/clocks"
    async with httpx.AsyncClient(base_url=base, timeout=600) as client:
        form = {"holidays_added": LATE_LEAVE}
        preview = await timed(client, "/preview", one, form)
        approval = await timed(client, f"/previews/{preview.said['id']}/approval", other)
    return [preview, approval]


async def timed(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], form: Any = None
) -> Taken:
    began = perf_counter()
    answer = await client.post(path, json=form, headers=headers)
    taken = perf_counter() - began
    assert answer.is_success, answer.text
    return Taken(taken, answer.json())


def report(clocks: int, taken: list[Taken]) -> None:
    table = Table(f"{clocks} open clocks", "seconds", "moved", "clocks a second")
    for name, each in zip(("preview", "approval with its recount"), taken, strict=True):
        rate = f"{clocks / each.seconds:,.0f}"
        table.add_row(name, f"{each.seconds:.1f}", str(each.said["moved"]), rate)
    show.print(table)
    approval = taken[-1].seconds
    show.print(f"recount {approval:.1f} s (aim: under {AIM:.0f} s for 100,000 open clocks)")
