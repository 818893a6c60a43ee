from types import SimpleNamespace
from typing import Any

import pytest

from app.core.errors import TooMany
from app.web.limits import Caller, Limits

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

    waits = [limits.wait_after_wrong(request()) for _ in range(12)]

    assert waits == sorted(waits)
    assert waits[0] == 0.1
    assert waits[-1] == 4.0
    assert limits.wait_after_wrong(request("192.0.2.2")) == 0.1
