"""The officers' desk over a million complaints: each question beside a read by primary key.

The key read goes through the same door, unit of work and answer, so that the ratio is what the
question itself costs. Each turn asks every question once, in turns with the key read.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from rich.progress import Progress, track
from sqlalchemy import func, select

from app.complaints.files import sealing
from app.complaints.jobs.indexing import Indexing
from app.complaints.models.complaints import ComplaintPerson
from app.complaints.rules.procedure import Part
from app.core.cluster import APPLICATION, OWNER
from app.core.crypto import Keyring
from app.core.database import Sessions, open_engine, open_sessions
from tests.bench.asking import Line, Taken, report
from tests.bench.crowd import Address, fill
from tests.bench.filing import file_one
from tests.bench.invented import vocabulary
from tests.bench.load import HOST, measure
from tests.bench.serving import environment, folder, serving, show, web
from tests.people import officer

TURNS: Final = 120
WARM_UP: Final = 10
SHARE: Final = 0.001
OFFICES: Final = {"nation": "bawaslu-00", "province": "bawaslu-32", "regency": "bawaslu-32.04"}
LIST: Final = "/api/v1/complaints"
SEARCH: Final = "/api/v1/complaints/search"


@dataclass(frozen=True)
class Sample:
    """Somebody who is reported in one of the complaints."""

    complaint_id: UUID
    name: str
    employee_number: str


@dataclass(frozen=True)
class Question:
    """What an officer asks, and where the officer sits; `ask` gives path and body of a turn."""

    name: str
    office: str
    ask: Callable[[Sample], tuple[str, Any]]


def listing(**wanted: str) -> Callable[[Sample], tuple[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in wanted.items())
    return lambda _: (f"{LIST}?{query}", None)


def searching(**wanted: Any) -> Callable[[Sample], tuple[str, Any]]:
    return lambda _: (SEARCH, wanted)


def questions(words: list[str]) -> Iterator[Question]:
    common, frequent, middle, rare = words[0], words[20], words[400], words[9_000]
    for office in OFFICES:
        yield Question("list, newest", office, listing())
        yield Question("list, by due day", office, listing(sort="due"))
        yield Question("list, one status", office, listing(status="submitted"))
        yield Question("list, late ones", office, listing(kind="report", since="2024-06-01"))
        yield Question("words: the commonest", office, searching(words=common))
        yield Question("words: frequent and rare", office, searching(words=f"{frequent} {rare}"))
        yield Question("words: middling", office, searching(words=middle))
        yield Question("words: rare", office, searching(words=rare))
        yield Question("words: three common", office, searching(words=" ".join(words[1:4])))
        yield Question("plain text", office, searching(text=middle))
        yield Question("person by name", office, lambda one: (SEARCH, {"person": named(one)}))
        yield Question("person by number", office, lambda one: (SEARCH, {"person": numbered(one)}))
        yield Question(
            "words in a status", office, searching(words=frequent, status="initial_review")
        )
    yield Question(
        "same-event candidates", "nation", lambda one: (f"{LIST}/{one.complaint_id}/links", None)
    )
    yield Question("saved queues with counts", "nation", lambda _: ("/api/v1/queues", None))


def named(one: Sample) -> Mapping[str, str]:
    return {"name": one.name}


def numbered(one: Sample) -> Mapping[str, str]:
    return {"employee_number": one.employee_number}


def bench(complaints: int) -> None:
    """Fill a database, then ask; every answer is of the real service over HTTP."""
    with folder() as data, serving(data, "--no-worker") as service:
        master_key = (data / "master.key").read_text().strip()
        with Progress(console=show) as progress:
            task = progress.add_task("complaints", total=complaints)
            owner = Address(service.server.url(OWNER), master_key)
            fill(owner, complaints, lambda done: progress.advance(task, done))
        address = Address(service.server.url(APPLICATION), master_key)
        with web("whole", environment(service)) as whole:
            report(asyncio.run(ask_everything(whole.port, address)))
            asyncio.run(weigh_upkeep(whole.port, address))


async def weigh_upkeep(port: int, address: Address) -> None:
    """What it costs to file a complaint, and what the worker then spends on marking it."""
    load = await measure(port, file_one, connections=16, seconds=10)
    engine = open_engine(address.url)
    keys = await address.keyring()
    began = perf_counter()
    marked = await Indexing(open_sessions(engine), keys)()
    upkeep = 1_000 * (perf_counter() - began) / marked
    await engine.dispose()
    filing = 1_000 / load.rate
    show.print(
        f"filing {filing:.2f} ms, marking {upkeep:.2f} ms a complaint ({marked} marked):"
        f" {upkeep / filing:.2f} of the filing cost (aim: at most 0.5)"
    )


async def ask_everything(port: int, address: Address) -> dict[Question, Taken]:
    engine = open_engine(address.url)
    sessions = open_sessions(engine)
    keys = await address.keyring()
    heads = {
        name: await officer(sessions, keys, role="member", office_code=code)
        for name, code in OFFICES.items()
    }
    samples = await draw(sessions, keys)
    await engine.dispose()
    asked = list(questions(vocabulary()))
    taken = {question: Taken([], []) for question in asked}
    line = Line(*await asyncio.open_connection(HOST, port))
    for turn in track(range(TURNS + WARM_UP), "asking", console=show):
        sample = samples[turn % len(samples)]
        for question in asked:
            took = await line.ask(*question.ask(sample), heads[question.office])
            key = await line.ask(f"/key/{sample.complaint_id}", None, heads["nation"])
            if turn >= WARM_UP:
                taken[question].question.append(took)
                taken[question].key.append(key)
    return taken


async def draw(sessions: Sessions, keys: Keyring) -> list[Sample]:
    """Persons who are really there, from all over the table."""
    with_number = ComplaintPerson.part == Part.REPORTED
    some = select(ComplaintPerson).where(with_number, func.random() < SHARE).limit(4 * TURNS)
    async with sessions.begin() as session:
        rows = (await session.scalars(some)).all()
    samples = [sample_of(row, keys) for row in rows]
    return [each for each in samples if each.employee_number]


def sample_of(row: ComplaintPerson, keys: Keyring) -> Sample:
    person = sealing.open_persons(Part.REPORTED, [row], keys)[0]
    return Sample(row.complaint_id, person.name, person.employee_number or "")
