"""The figures over a whole nation: each beside the plain aggregate, and what keeping them costs.

The data are those of `netra demo --size national`: 5 million persons in 2 million cases of two
elections, 5.6 million signatures. Figures and aggregates are asked in turns, over one connection.
"""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, select

from app.cli.analysing import analyse
from app.core.cluster import APPLICATION, OWNER
from app.core.database import Sessions, opened_patiently
from app.stats.models.figures import FigureCell
from app.stats.service.rebuilding import KEPT, Rebuilder
from app.web.clock import present
from tests.bench.crowd import Address
from tests.bench.figures_asked import ask_figures
from tests.bench.figures_kept import weigh_answers, weigh_upkeep
from tests.bench.serving import environment, folder, serving, show, web
from tests.cli.service import NETRA


def bench(size: str, filled: Path | None = None) -> None:
    """Fill a folder, or take one that `netra demo` has filled; then measure all of it."""
    with given(size, filled) as data, serving(data, "--no-worker") as service:
        url = service.server.url(APPLICATION)
        address = Address(url, (data / "master.key").read_text().strip())
        asyncio.run(rebuild(url))
        asyncio.run(analyse(service.server.url(OWNER), KEPT))
        with web("whole", environment(service)) as whole:
            asyncio.run(ask_figures(whole.port, address))
            asyncio.run(weigh_answers(whole.port, address))
            asyncio.run(weigh_upkeep(whole, address, service.child("postgres")))


@contextmanager
def given(size: str, filled: Path | None) -> Iterator[Path]:
    if filled is not None:
        yield filled
        return
    with folder() as data:
        began = perf_counter()
        fill = [str(NETRA), "demo", "--size", size, "--data", str(data)]
        subprocess.run(fill, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own program
        show.print(f"filled ({size}) in {perf_counter() - began:.0f} s (aim: below 900 s)")
        yield data


async def rebuild(url: str) -> None:
    """Make all figures anew, twice, for the first time the tables are read from the disk."""
    async with opened_patiently(url) as sessions:
        taken = [await _rebuilt(sessions) for _ in range(2)]
        async with sessions.begin() as session:
            cells = await session.scalar(select(func.count()).select_from(FigureCell))
    times = " and ".join(f"{each:.0f}" for each in taken)
    show.print(f"rebuilt in {times} s, {cells} counts (aim: below 300 s)")


async def _rebuilt(sessions: Sessions) -> float:
    began = perf_counter()
    async with sessions.begin() as session:
        await Rebuilder(session, present()).rebuild()
    return perf_counter() - began
