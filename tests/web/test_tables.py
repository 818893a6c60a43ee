"""A table takes one of few places, and not for ever."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from app.core.errors import TooSlow
from app.web import tables


async def test_a_slow_sender_gives_up_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LONGEST", 0.05)

    async def drip() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    for _ in range(3):
        with pytest.raises(TooSlow):
            await anext(tables.sent_table(Request({"type": "http"}, drip)))
