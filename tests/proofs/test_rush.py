"""The rush of a national hour: killed outright in the middle, it loses and repeats nothing."""

import asyncio
from typing import Final

from tests.proofs.live import running
from tests.proofs.rush import assert_each_once, gathered, kill_amid

NUMBER: Final = 10_000
PHONES: Final = 64


async def test_every_acknowledged_signature_of_a_rush_is_in_the_log_exactly_once() -> None:
    async with running() as live:
        roster, rush = await gathered(live, NUMBER)
        killing = asyncio.create_task(kill_amid(rush, ["app.cli.web", "postgres", "app.cli.web"]))

        await rush.sign(PHONES)
        await killing

        assert set(rush.met) <= {"201", "200", "503", "no answer"}
        assert rush.met["no answer"] > 0
        assert rush.met["503"] > 0
        await assert_each_once(rush, roster)
