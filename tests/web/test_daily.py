"""What an address may do once a day is remembered for that day, and for no longer."""

from datetime import date

import pytest
from starlette.requests import Request

from app.core.ids import new_id
from app.web.clock import present
from app.web.daily import OnceADay, open_once

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
REQUEST = Request({"type": "http", "client": ("192.0.2.7", 1), "headers": []})


def test_it_is_the_first_time_once_a_day() -> None:
    daily = OnceADay()

    voices = [daily.first("satu", "hal", TODAY) for _ in range(2)]

    assert voices == [True, False]
    assert daily.first("satu", "hal lain", TODAY)
    assert daily.first("dua", "hal", TODAY)
    assert daily.first("satu", "hal", TOMORROW)


def test_without_room_nothing_counts_before_tomorrow() -> None:
    daily = OnceADay(room=1)
    daily.first("satu", "hal", TODAY)

    assert not daily.first("dua", "hal", TODAY)
    assert daily.first("dua", "hal", TOMORROW)


async def first(word: str, *, ends_well: bool) -> bool:
    opened = open_once(REQUEST, present())
    is_first = (await anext(opened)).first(word)
    if ends_well:
        await anext(opened, None)
    else:
        with pytest.raises(OSError, match="away"):
            await opened.athrow(OSError("away"))
    return is_first


async def test_what_was_not_committed_was_not_said() -> None:
    word = str(new_id())

    assert await first(word, ends_well=False)
    assert await first(word, ends_well=True)
    assert not await first(word, ends_well=True)
    assert not await first(word, ends_well=True)
