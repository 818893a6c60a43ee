"""Every figure of the rollups beside the plain aggregate over the tables below."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from httpx import AsyncClient
from rich.progress import track
from rich.table import Table
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import opened_patiently
from app.stats.models.figures import FigureState
from app.stats.repository.figures import FigureRepository
from tests.bench.asking import Line
from tests.bench.crowd import Address
from tests.bench.figures_wanted import FIGURES, Figure
from tests.bench.load import HOST
from tests.bench.serving import show
from tests.people import officer

TURNS: Final = 100
FIRST_TURNS: Final = 20
PLAIN_TURNS: Final = 3
AIM: Final = 10.0


async def ask_figures(port: int, address: Address) -> None:
    """Ask each in turns with its plain aggregate: over one connection each of the service and of
    the database."""
    heads = "answer p50", "p95 ms", "first p50", "p95 ms", "counts p50", "p95 ms", "plain ms"
    table = Table("figure", *heads, "ratio")
    slow = []
    async with opened_patiently(address.url) as sessions:
        keys = await address.keyring()
        head = await officer(sessions, keys, role="member", office_code="bawaslu-00")
        async with sessions() as session:
            for figure in track(FIGURES, "figures", console=show):
                taken = await _asked(session, figure, port, head)
                table.add_row(figure.name, *taken.row())
                slow += [figure.name] if taken.p95 >= AIM else []
    show.print(table)
    show.print(f"at p95 not below {AIM:.0f} ms: {', '.join(slow) or 'none'}")


@dataclass(frozen=True)
class Taken:
    """Milliseconds; no answers where the service has no such question, `first` those that were
    the first as of their fold."""

    answers: list[float]
    first: list[float]
    counts: list[float]
    plain: list[float]

    @property
    def p95(self) -> float:
        return quantiles(self.answers or self.counts, n=20)[18]

    def row(self) -> Iterator[str]:
        for taken in (self.answers, self.first, self.counts):
            yield f"{median(taken):.1f}" if taken else "-"
            yield f"{quantiles(taken, n=20)[18]:.1f}" if taken else "-"
        yield f"{median(self.plain):.0f}"
        yield f"{median(self.plain) / median(self.counts):.0f}"


async def _asked(session: AsyncSession, figure: Figure, port: int, head: dict[str, str]) -> Taken:
    taken, path = Taken([], [], [], []), f"/api/v1/stats/{figure.path}"
    is_there = await _is_there(port, path, head)
    line = Line(*await asyncio.open_connection(HOST, port))
    for turn in range(TURNS):
        if turn % (TURNS // PLAIN_TURNS) == 0:
            began = perf_counter()
            await session.execute(text(figure.plain))
            taken.plain.append(1_000 * (perf_counter() - began))
        began = perf_counter()
        await FigureRepository(session).count_by(figure.question, *figure.by)
        taken.counts.append(1_000 * (perf_counter() - began))
        if is_there:
            taken.answers.append(await line.ask(path, None, head))
    for _ in range(FIRST_TURNS if is_there else 0):
        await session.execute(update(FigureState).values(fold=FigureState.fold + 1))
        await session.commit()
        taken.first.append(await line.ask(path, None, head))
    line.writer.close()
    return taken


async def _is_there(port: int, path: str, head: dict[str, str]) -> bool:
    async with AsyncClient(base_url=f"http://{HOST}:{port}", headers=head, timeout=60) as client:
        return (await client.get(path)).is_success
