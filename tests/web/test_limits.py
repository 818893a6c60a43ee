import asyncio
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.actors import PUBLIC, Actor, ActorKind
from app.core.errors import TooMany
from app.core.ids import new_id
from app.web.limits import Caller, Limits, address_of, caller_of

PHONE = Caller("anonymous", "phone")


def request(address: str = "192.0.2.1") -> Any:
    return SimpleNamespace(
        client=SimpleNamespace(host=address), state=SimpleNamespace(headers=[], spent=None)
    )


def test_a_share_ends_and_says_when_it_goes_on() -> None:
    limits = Limits(anonymous=2, credential=5)
    limits.spend(request(), PHONE)
    limits.spend(request(), PHONE)

    with pytest.raises(TooMany) as refused:
        limits.spend(request(), PHONE)

    assert refused.value.retry_after == 30


def test_one_caller_does_not_spend_the_share_of_another() -> None:
    limits = Limits(anonymous=1, credential=5)
    limits.spend(request(), PHONE)

    limits.spend(request(), Caller("anonymous", "another phone"))


def test_a_replay_is_given_back() -> None:
    limits = Limits(anonymous=1, credential=5)
    first = request()
    limits.spend(first, PHONE)

    limits.refund(first)

    limits.spend(request(), PHONE)


def test_the_answer_says_what_is_left() -> None:
    limits, asked = Limits(anonymous=10, credential=5), request()

    limits.spend(asked, PHONE)

    assert asked.state.headers == [
        (b"ratelimit-policy", b'"anonymous";q=10;w=60'),
        (b"ratelimit", b'"anonymous";r=9;t=7'),
    ]


def test_every_wrong_code_waits_longer_up_to_a_bound() -> None:
    limits = Limits(anonymous=10, credential=5)

    waits = [limits._wait_after_wrong("here") for _ in range(12)]

    assert waits == sorted(waits)
    assert waits[0] == 0.1
    assert waits[-1] == 4.0
    assert limits._wait_after_wrong("there") == 0.1


async def test_of_wrong_codes_at_once_one_is_waited_for_and_the_others_are_refused() -> None:
    limits = Limits(anonymous=10, credential=5)

    async def answer(address: str) -> str:
        try:
            async with limits.after_wrong(request(address)):
                return "waited"
        except TooMany:
            return "refused"

    here = [answer("192.0.2.1") for _ in range(3)]
    answers = await asyncio.gather(*here, answer("192.0.2.2"))

    assert answers == ["waited", "refused", "refused", "waited"]
    assert await answer("192.0.2.1") == "waited"


def test_one_network_of_ipv6_is_one_caller() -> None:
    addresses = [address_of(request(f"2001:db8:0:1::{each}")) for each in ("1", "ffff", "1%eth0")]

    assert len(set(addresses)) == 1
    assert address_of(request("2001:db8:0:2::1")) not in addresses


def test_a_receipt_spends_the_share_of_its_address() -> None:
    holder = Actor(ActorKind.RECEIPT, id=new_id(), subject_id=new_id())

    assert caller_of(request(), holder) == caller_of(request(), PUBLIC)


async def test_ten_thousand_wrong_codes_are_told_soon_and_little_is_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.web.limits._ROOM", 1_000)
    limits, most = Limits(anonymous=600, credential=5), 0

    async def answer(number: int) -> str:
        nonlocal most
        asked = request(f"198.18.{number // 250}.{number % 250}")
        limits.spend(asked, caller_of(asked, PUBLIC))
        try:
            async with limits.after_wrong(asked):
                most = max(most, len(limits._buckets), len(limits._wrong))
                return "waited"
        except TooMany as refusal:
            return f"come back in {refusal.retry_after} s"

    answers = await asyncio.wait_for(
        asyncio.gather(*(answer(number // 2) for number in range(10_000))), 60
    )

    assert Counter(answers) == {"waited": 5_000, "come back in 1 s": 5_000}
    assert most <= 1_000
    assert not limits._waiting
