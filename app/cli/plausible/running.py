"""`netra demo`: fills an empty database on all cores, then publishes and counts the signatures."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, NamedTuple

import asyncpg
from rich.markup import escape
from sqlalchemy import exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.accounts.models import Officer
from app.audit.service import Journal
from app.cli.analysing import analyse
from app.cli.connection import connected
from app.cli.demo import WARNING, describe_accounts, open_accounts
from app.cli.plausible.filling import Filler, Plan, Work
from app.cli.plausible.ground import read_ground
from app.cli.plausible.sheets import COLUMNS
from app.cli.plausible.sizes import size_of
from app.cli.prepare import load_reference, migrate
from app.cli.screen import console, progress, say
from app.complaints.models.complaints import Complaint
from app.core.actors import SYSTEM
from app.core.collector import collect_seldom
from app.core.crypto import Keyring
from app.core.database import Sessions, opened_patiently
from app.core.ids import new_id
from app.core.keys import open_keyring, read_master_key
from app.core.models import LoadedReference
from app.core.places import NATION, NATIONAL, Subject
from app.core.processes import CannotStart
from app.core.settings import Settings, read_settings
from app.core.texts import Text
from app.declarations.jobs import cover_targets
from app.declarations.models.declarations import Declaration
from app.ledger.models import LedgerLog
from app.ledger.rules.logs import LogName
from app.ledger.service.publishing import LogPublisher
from app.main import connect
from app.rakor.models.events import Event
from app.stats.service.rebuilding import KEPT, Rebuilder
from app.web.clock import present

CLAIM: Final = "demo-filled"
_PROCESSES: Final = 2
# Its accounts have passwords that everybody knows: they never lie beside those of real officers.
_NEVER_BESIDE: Final = (Officer, Complaint, Declaration, Event)

Tell = Callable[[int, int], None]

NOT_EMPTY: Final = Text(
    "Ditolak: basis data ini sudah berisi data. Data rekaan tidak pernah dicampur dengan data"
    " lain; pakai folder baru: netra demo --data FOLDER",
    "Refused: this database holds data already. Invented data never lies beside other data; name"
    " a new folder.",
)
UNKNOWN_SIZE: Final = Text(
    "Ukuran: small, real, national, atau jumlah perkara dari 2 sampai 5000000",
    "The size is small, real, national, or a number of cases from 2 to 5000000",
)
FILLED: Final = Text(
    "Selesai. Semua orang dan kejadian di sini rekaan; jangan simpan data sungguhan di sini.",
    "Done. Every person and event here is invented; never keep real data here.",
)


class Filled(NamedTuple):
    """What was written."""

    rows: int
    signatures: int


def fill_demo(data: Path | None, size: str, seed: int) -> None:
    """Prepare the database and fill it in, with bars; CannotStart where that is no size, or where
    there is data already."""
    try:
        plan = Plan(size_of(size), seed)
    except ValueError as unknown:
        raise CannotStart(UNKNOWN_SIZE) from unknown
    with connected(data) as settings:
        read_master_key(settings)
        migrate(settings)
        load_reference(settings)
        with progress() as bars:
            lines = asyncio.run(_fill(settings, plan, bars))
    for line in lines:
        console.print(escape(line))
    say(FILLED, "bold green")


async def _fill(settings: Settings, plan: Plan, bars: Callable[[str], Tell]) -> list[str]:
    sessions = connect(settings)
    keys = await open_keyring(sessions, read_master_key(settings))
    async with sessions.begin() as session:
        await claim(session, plan)
        await open_accounts(session, keys, present())
        lines = [*await describe_accounts(session, present()), WARNING]
    rows = await _work(plan, bars("matters, signatures, meetings"))
    await finish(sessions, keys, Filled(rows, plan.signatures), bars("published"))
    await sessions.kw["bind"].dispose()
    await analyse(str(settings.owner_url), COLUMNS)
    await make_figures(str(settings.database_url), bars("figures"))
    await analyse(str(settings.owner_url), KEPT)
    return lines


async def make_figures(url: str, tell: Tell) -> None:
    """What no act has told of is not folded: the figures are made from the tables."""
    async with opened_patiently(url) as patient, patient.begin() as session:
        await Rebuilder(session, present()).rebuild()
    tell(1, 1)


async def claim(session: AsyncSession, plan: Plan) -> None:
    """Refuse a house that is not empty, and one where somebody else has begun."""
    for kind in _NEVER_BESIDE:
        if await session.scalar(select(exists(select(kind.id)))):
            raise CannotStart(NOT_EMPTY)
    row = insert(LoadedReference).values(name=CLAIM, digest=str(plan.seed)).on_conflict_do_nothing()
    if await session.scalar(row.returning(LoadedReference.name)) is None:
        raise CannotStart(NOT_EMPTY)


async def _work(plan: Plan, tell: Tell) -> int:
    """Let processes of their own make and write the pieces; the bar counts the pieces."""
    works = list(plan.works())
    rows, context = 0, get_context("spawn")
    with ProcessPoolExecutor(_PROCESSES, context, _begin, (plan,)) as pool:
        for done, each in enumerate(as_completed([pool.submit(_write, one) for one in works])):
            rows += each.result()
            tell(done + 1, len(works))
    return rows


async def finish(sessions: Sessions, keys: Keyring, filled: Filled, tell: Tell) -> None:
    """Say how long the log is, publish and count it, and write down what was done: the acts
    themselves have no entries, because nobody did them."""
    async with sessions.begin() as session:
        log = LogName.DECLARATIONS
        await session.execute(insert(LedgerLog).values(name=log, size=0).on_conflict_do_nothing())
        grown = update(LedgerLog).where(LedgerLog.name == log)
        await session.execute(grown.values(size=filled.signatures))
        journal = Journal(session, SYSTEM, present())
        subject = Subject(new_id(), NATIONAL.region_id, NATION)
        await journal.record("demo.filled", subject, rows=filled.rows)
    published = 0
    while published < filled.signatures:
        async with sessions.begin() as session:
            piece = await LogPublisher(session, keys, present()).publish(LogName.DECLARATIONS)
        published = piece.size if piece else filled.signatures
        tell(published, filled.signatures)
    await cover_targets(sessions)


class _Hand(NamedTuple):
    """What a process keeps from piece to piece."""

    filler: Filler
    url: str
    loop: asyncio.AbstractEventLoop
    connection: "asyncpg.Connection[Any]"


_HANDS: list[_Hand] = []


def _begin(plan: Plan) -> None:
    loop = asyncio.new_event_loop()
    _HANDS.append(loop.run_until_complete(_prepare(plan, loop)))


async def _prepare(plan: Plan, loop: asyncio.AbstractEventLoop) -> _Hand:
    settings = read_settings()
    sessions = connect(settings)
    keys = await open_keyring(sessions, read_master_key(settings))
    async with sessions.begin() as session:
        ground = await read_ground(session)
    await sessions.kw["bind"].dispose()
    collect_seldom()
    url = str(settings.database_url).replace("+asyncpg", "", 1)
    return _Hand(Filler(plan, ground, keys), url, loop, await asyncpg.connect(url))


def _write(work: Work) -> int:
    hand = _HANDS[0]
    return hand.loop.run_until_complete(_copy(hand, work))


async def _copy(hand: _Hand, work: Work) -> int:
    """One piece is one transaction; whether the last of them outlives a power cut does not matter,
    for who was interrupted begins anew in another folder."""
    sheets = hand.filler.make(work)
    async with hand.connection.transaction():
        await hand.connection.execute("SET LOCAL synchronous_commit = off")
        return await sheets.copy(hand.connection)
