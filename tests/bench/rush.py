"""The rush proof with as many signatures as the promise names."""

import asyncio
from time import perf_counter
from typing import Final

from tests.bench.serving import show
from tests.proofs.live import running
from tests.proofs.rush import assert_each_once, gathered, kill_amid

_PHONES: Final = 128
_KILLED: Final = ("app.cli.web", "postgres", "app.cli.worker", "postgres", "app.cli.web")


def bench(number: int) -> None:
    asyncio.run(_rush(number))


async def _rush(number: int) -> None:
    async with running() as live:
        roster, rush = await gathered(live, number)
        began = perf_counter()
        killing = asyncio.create_task(kill_amid(rush, _KILLED))
        await rush.sign(_PHONES)
        await killing
        taken = perf_counter() - began
        await assert_each_once(rush, roster)
    show.print(
        f"rush: {number} signatures in {taken:.0f} s through {len(_KILLED)} kills, each in the log"
        f" exactly once, the recount agrees; answers {dict(rush.met)}"
    )
