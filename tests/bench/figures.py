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
from app.core.database import opened_patiently
from app.stats.models.figures import FigureCell
from app.stats.service.rebuilding import AT_ONCE, KEPT, Rebuild, Rebuilder
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
    """Make all figures anew, then compare them with their source."""
    async with opened_patiently(url, AT_ONCE) as sessions:
        began = perf_counter()
        async with sessions.begin() as session:
            await Rebuilder(session, present()).rebuild()
        made = perf_counter() - began
        wrong = await Rebuild(sessions, present()).carry_out()
        compared = perf_counter() - began - made
        async with sessions.begin() as session:
            cells = await session.scalar(select(func.count()).select_from(FigureCell))
    show.print(
        f"rebuilt in {compared:.0f} s, {len(wrong)} units differed (aim: below 300 s);"
        f" all made anew in {made:.0f} s, {cells} counts"
    )
