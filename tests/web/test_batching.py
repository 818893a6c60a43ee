import asyncio
from collections.abc import Awaitable, Sequence
from itertools import chain, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Conflict, Unavailable
from app.web.batching import Batcher, Work

Counting = Batcher[int, int]


class Book:
    """Writes down every batch; what it is told to refuse it refuses, and what breaks it breaks."""

    def __init__(self, refused: frozenset[int] = frozenset(), pauses: Sequence[float] = ()) -> None:
        self.batches: list[list[int]] = []
        self.refused = refused
        self.pauses = iter(pauses)
        self.at_work = self.most_at_work = 0

    async def write(self, items: Sequence[int]) -> list[int | Exception]:
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        self.batches.append(list(items))
        await asyncio.sleep(next(self.pauses, 0))
        self.at_work -= 1
        return [Conflict() if each in self.refused else -each for each in items]


class Gate:
    """Work that waits until it is let through."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.batches: list[list[int]] = []

    async def write(self, items: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(items))
        await self.open.wait()
        return list(items)


async def told(batcher: Counting, item: int) -> int | type[Exception]:
    try:
        return await batcher.put(item)
    except Exception as refusal:
        return type(refusal)


def all_at_once(batcher: Counting, items: Sequence[int]) -> Awaitable[list[int | type[Exception]]]:
    return asyncio.gather(*(told(batcher, each) for each in items))


async def a_moment() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@given(
    crowds=st.lists(st.integers(0, 40), max_size=5),
    refused=st.frozensets(st.integers(0, 200)),
    most=st.integers(1, 12),
    at_once=st.integers(1, 3),
    pauses=st.lists(st.sampled_from([0, 0.001]), max_size=8),
)
async def test_every_item_is_answered_once_in_its_order_and_within_the_bounds(
    crowds: list[int], refused: frozenset[int], most: int, at_once: int, pauses: list[float]
) -> None:
    book = Book(refused, pauses)
    batcher = Counting(book.write, most=most, waiting=1_000, at_once=at_once)
    items = list(range(sum(crowds)))

    waiting, rest = [], iter(items)
    for crowd in crowds:
        waiting.append(asyncio.ensure_future(all_at_once(batcher, list(islice(rest, crowd)))))
        await asyncio.sleep(0)
    answers = [answer for crowd in waiting for answer in await crowd]

    assert answers == [Conflict if each in refused else -each for each in items]
    assert sorted(chain(*book.batches)) == items
    assert all(batch == sorted(batch) and len(batch) <= most for batch in book.batches)
    assert book.most_at_work <= at_once


async def test_who_comes_alone_is_served_at_once_and_who_comes_meanwhile_together() -> None:
    gate = Gate()
    batcher = Counting(gate.write, most=10, waiting=100)

    first = asyncio.ensure_future(told(batcher, 0))
    await a_moment()
    rest = asyncio.ensure_future(all_at_once(batcher, [1, 2, 3]))
    await a_moment()
    alone = list(gate.batches)
    gate.open.set()

    assert [await first, *await rest] == [0, 1, 2, 3]
    assert alone == [[0]]
    assert gate.batches == [[0], [1, 2, 3]]


async def test_a_second_batch_begins_beside_the_first_when_it_is_full() -> None:
    gate = Gate()
    batcher = Counting(gate.write, most=2, waiting=100, at_once=2)

    waiting = asyncio.ensure_future(all_at_once(batcher, [0, 1, 2, 3, 4, 5]))
    await a_moment()
    begun = list(gate.batches)
    gate.open.set()

    assert await waiting == [0, 1, 2, 3, 4, 5]
    assert begun == [[0, 1], [2, 3]]


async def test_too_many_are_told_to_come_back_and_those_who_wait_are_answered() -> None:
    gate = Gate()
    batcher = Counting(gate.write, most=1, waiting=2, at_once=1)
    first = asyncio.ensure_future(told(batcher, 0))
    await a_moment()

    rest = asyncio.ensure_future(all_at_once(batcher, [1, 2, 3, 4]))
    await a_moment()
    gate.open.set()

    assert [await first, *await rest] == [0, 1, 2, Unavailable, Unavailable]
    assert await told(batcher, 5) == 5


async def test_the_refusal_says_when_to_come_back() -> None:
    batcher = Counting(Book().write, most=1, waiting=0)

    with pytest.raises(Unavailable) as refusal:
        await batcher.put(1)

    assert refusal.value.retry_after == 1


async def broken(items: Sequence[int]) -> list[int | Exception]:
    raise ConnectionResetError


async def short(items: Sequence[int]) -> Sequence[int | Exception]:
    return items[1:]


@pytest.mark.parametrize(("work", "fault"), [(broken, ConnectionResetError), (short, ValueError)])
async def test_what_stops_a_batch_is_told_to_all_of_it_and_the_next_begins(
    work: Work[int, int], fault: type[Exception]
) -> None:
    batcher = Counting(work, most=2, waiting=10)

    assert await all_at_once(batcher, [1, 2, 3]) == [fault] * 3


async def test_each_caller_sees_where_the_fault_happened_and_no_caller_beside_it() -> None:
    batcher = Counting(broken, most=10, waiting=10)

    faults = await asyncio.gather(*map(batcher.put, [1, 2, 3]), return_exceptions=True)

    depths = []
    for fault in faults:
        assert isinstance(fault, ConnectionResetError)
        place, depth = fault.__traceback__, 0
        while place:
            place, depth = place.tb_next, depth + 1
        depths.append(depth)
    assert max(depths) <= 4


async def test_who_hangs_up_harms_nobody() -> None:
    gate = Gate()
    batcher = Counting(gate.write, most=3, waiting=10)
    first = [asyncio.ensure_future(told(batcher, each)) for each in (0, 1)]
    await a_moment()
    later = [asyncio.ensure_future(told(batcher, each)) for each in (2, 3)]
    await a_moment()

    first[0].cancel()
    later[0].cancel()
    await a_moment()
    gate.open.set()

    assert [await first[1], await later[1]] == [1, 3]
    assert gate.batches == [[0, 1], [3]]


async def test_closing_answers_all_that_was_taken_and_takes_nothing_more() -> None:
    gate = Gate()
    batcher = Counting(gate.write, most=1, waiting=10, at_once=1)
    waiting = asyncio.ensure_future(all_at_once(batcher, [1, 2, 3]))
    await a_moment()

    closing = asyncio.ensure_future(batcher.close())
    await a_moment()
    late = await told(batcher, 4)
    gate.open.set()
    await closing

    assert late is Unavailable
    assert await waiting == [1, 2, 3]
    assert gate.batches == [[1], [2], [3]]


async def test_nobody_is_left_waiting_where_a_batch_is_broken_off() -> None:
    async def cancelled(items: Sequence[int]) -> list[int | Exception]:
        raise asyncio.CancelledError

    batcher = Counting(cancelled, most=10, waiting=10)

    with pytest.raises(asyncio.CancelledError):
        await batcher.put(1)
