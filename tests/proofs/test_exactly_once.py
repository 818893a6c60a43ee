"""However often and however many at once a phone asks: one complaint, one receipt."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import TypeAlias
from uuid import UUID

import pytest
from httpx import AsyncClient, Response, TransportError
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.ids import new_id
from tests.complaints.filing import Body, complaint, put
from tests.proofs.books import assert_kept_once, assert_nothing_is_half
from tests.proofs.live import Live
from tests.proofs.phones import Filed

Door: TypeAlias = Callable[[AsyncClient, Body], Awaitable[Response]]
"""Sends one body under an id or a key that stays the same."""

Send: TypeAlias = tuple[int, int | None]
"""Which of the bodies is sent, and after how many milliseconds its sender hangs up, if ever."""

sends = st.tuples(st.integers(0, 2), st.one_of(st.none(), st.integers(0, 15)))
instants = st.lists(st.lists(sends, min_size=1, max_size=4), min_size=1, max_size=4)


async def post(phone: AsyncClient, body: Body, key: str, *, hurry: float | None = None) -> Response:
    """Ask again as long as another copy is being carried out; in a hurry, sooner than told."""
    while True:
        answer = await phone.post("/complaints", json=body, headers={"Idempotency-Key": key})
        if answer.status_code != HTTPStatus.CONFLICT:
            return answer
        assert answer.json()["code"] == "in-progress"
        await asyncio.sleep(hurry or int(answer.headers["Retry-After"]))


async def test_a_hundred_copies_at_once_are_one_complaint_with_one_receipt(
    live: Live, phone: AsyncClient
) -> None:
    id, body = new_id(), complaint()

    answers = await asyncio.gather(*(put(phone, body, id) for _ in range(100)))

    assert Counter(each.status_code for each in answers) == {201: 1, 200: 99}
    assert len({each.text for each in answers}) == 1
    await assert_kept_once(live, Filed(id, body, answers[0].json()))


async def test_fifty_copies_under_one_key_are_one_complaint_with_one_receipt(
    live: Live, phone: AsyncClient
) -> None:
    body, key = complaint(), secrets.token_hex(16)
    del body["receipt_secret"]

    answers = await asyncio.gather(*(post(phone, body, key) for _ in range(50)))

    assert Counter(each.status_code for each in answers) == {201: 50}
    assert sum(map(is_first, answers)) == 1
    assert len({each.text for each in answers}) == 1
    filed = answers[0].json()
    await assert_kept_once(live, Filed(UUID(filed["id"]), body, filed))


async def test_fifty_replays_at_once_hold_nobody_up(phone: AsyncClient) -> None:
    body, key = complaint(), {"Idempotency-Key": secrets.token_hex(16)}
    first = await phone.post("/complaints", json=body, headers=key)

    answers = await asyncio.gather(
        *(phone.post("/complaints", json=body, headers=key) for _ in range(50))
    )

    assert {each.status_code for each in answers} == {201}
    assert {each.text for each in answers} == {first.text}


async def test_of_two_bodies_under_one_id_at_once_one_is_kept_and_one_refused(
    live: Live, phone: AsyncClient
) -> None:
    for _ in range(20):
        id, bodies = new_id(), versions()[:2]

        answers = await asyncio.gather(*(put(phone, body, id) for body in bodies))

        assert sorted(each.status_code for each in answers) == [201, 409]
        kept = next(n for n, each in enumerate(answers) if each.status_code == HTTPStatus.CREATED)
        assert answers[1 - kept].json()["code"] == "conflicting-body"
        await assert_kept_once(live, Filed(id, bodies[kept], answers[kept].json()))


def by_id() -> Door:
    return partial(put, id=new_id())


def by_key() -> Door:
    return partial(post, key=secrets.token_hex(16), hurry=0.02)


@pytest.mark.parametrize(("open_door", "refusal"), [(by_id, 409), (by_key, 422)])
@settings(max_examples=20, deadline=None)
@given(instants=instants)
async def test_whatever_is_sent_and_lost_in_whatever_order_one_body_is_kept_once(
    live: Live, open_door: Callable[[], Door], refusal: int, instants: list[list[Send]]
) -> None:
    door, bodies = open_door(), versions()
    async with live.client() as phone:
        heard = [
            answer
            for instant in instants
            for answer in await asyncio.gather(
                *(send(door, phone, bodies[number], patience) for number, patience in instant)
            )
        ]

        settled = [await door(phone, body) for body in bodies]

    (kept,) = (n for n, each in enumerate(settled) if each.is_success)
    refused = [each for each in (*heard, *settled) if each is not None and not each.is_success]
    told = [each for each in (*heard, *settled) if each is not None and each.is_success]
    assert {each.status_code for each in refused} == {refusal}
    assert {each.text for each in told} == {settled[kept].text}
    assert sum(map(is_first, told)) <= 1
    filed = settled[kept].json()
    await assert_kept_once(live, Filed(UUID(filed["id"]), bodies[kept], filed))


def versions() -> list[Body]:
    """What one phone might send under one id after its owner changed a word."""
    secret = secrets.token_hex(16)
    return [complaint(receipt_secret=secret, evidence_notes=[f"Foto {n}"]) for n in range(3)]


async def send(door: Door, phone: AsyncClient, body: Body, patience: int | None) -> Response | None:
    """Send one body; None where the sender hung up before the answer came."""
    try:
        async with asyncio.timeout(None if patience is None else patience / 1000):
            return await door(phone, body)
    except (TimeoutError, TransportError):
        return None


def is_first(answer: Response) -> bool:
    replayed = "idempotency-replayed" in answer.headers
    return answer.status_code == HTTPStatus.CREATED and not replayed


async def test_nothing_of_a_complaint_lies_in_the_database_without_its_other_parts(
    live: Live,
) -> None:
    await assert_nothing_is_half(live)
