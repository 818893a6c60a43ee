"""A steady job goes on round by round, whatever one round came to, until the worker ends."""

import asyncio
from dataclasses import replace

import pytest

from app.core.queue import Steady, keep_on


async def test_a_round_that_failed_does_not_end_the_next() -> None:
    shutdown, rounds = asyncio.Event(), list[int]()

    async def work() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise ValueError("rekaan")
        if len(rounds) == 3:
            shutdown.set()

    await keep_on(Steady("rekaan", 0.0, work), shutdown)

    assert rounds == [0, 1, 2]


async def test_it_ends_in_the_middle_of_a_rest() -> None:
    shutdown = asyncio.Event()

    async def work() -> None:
        asyncio.get_running_loop().call_soon(shutdown.set)

    await asyncio.wait_for(keep_on(Steady("rekaan", 3_600.0, work), shutdown), 10)


def test_what_took_long_rests_long() -> None:
    quick = Steady("rekaan", 0.5, asyncio.Event().wait)

    assert quick.rest_after(0.1) == pytest.approx(0.4)
    assert quick.rest_after(2.0) == 0.0

    fair = replace(quick, share=0.05)

    assert fair.rest_after(0.01) == pytest.approx(0.49)
    assert fair.rest_after(1.0) == pytest.approx(19.0)
    assert fair.rest_after(100.0) == 30.0
