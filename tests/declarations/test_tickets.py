"""Signing by a personal link: the ticket says who signs, and is the key of the repetition."""

import hmac
from datetime import timedelta
from uuid import UUID

import pytest
from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from app.core.crypto import KeyPurpose, Keyring, MasterKey
from app.core.database import Sessions
from app.core.errors import DomainError
from app.core.ids import new_id
from app.core.keys import read_keys
from app.core.once import Done
from app.declarations.rules.kinds import SignatureState
from app.declarations.rules.tickets import (
    LENGTH,
    Redemption,
    Ticket,
    TicketFor,
    UnknownTicket,
    read_ticket,
    write_ticket,
)
from app.declarations.service.tickets import TicketService
from app.web.clock import present
from tests.conftest import MASTER_KEY
from tests.declarations.declaring import Headers, opened, plan, sign, signature, take
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import leaves, recount, valid
from tests.declarations.test_checking import judge
from tests.declarations.test_withdrawal import withdraw

MASTER = MasterKey.from_base64(MASTER_KEY)
tickets = st.builds(Ticket, st.integers(0, 2**24 - 1), st.uuids(), st.sampled_from(TicketFor))


def mac(message: bytes) -> bytes:
    return hmac.digest(b"a key of the tests", message, "sha256")


@given(tickets)
def test_a_ticket_is_read_as_it_was_written(made: Ticket) -> None:
    written = write_ticket(made, mac)

    assert len(written) == LENGTH
    assert read_ticket(written, mac) == made


@given(tickets, st.integers(0, LENGTH - 1), st.characters())
def test_a_ticket_with_another_letter_is_refused(made: Ticket, place: int, letter: str) -> None:
    written = write_ticket(made, mac)
    changed = written[:place] + letter + written[place + 1 :]

    if changed != written:
        with pytest.raises(UnknownTicket):
            read_ticket(changed, mac)


@given(st.text(max_size=60))
def test_whatever_else_is_written_is_no_ticket(written: str) -> None:
    with pytest.raises(UnknownTicket):
        read_ticket(written, mac)


def test_a_ticket_of_another_key_is_refused() -> None:
    written = write_ticket(Ticket(1303, UUID(int=7)), mac)

    with pytest.raises(UnknownTicket):
        read_ticket(written, lambda message: b"x" * 32)


async def test_a_ticket_signs_under_the_id_of_its_target(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)

    first = await redeem(client, ticket(keys, target))
    again = await redeem(client, ticket(keys, target))

    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.json() == again.json()
    assert (first.json()["id"], first.json()["check"]) == (str(target.id), "not_needed")
    assert await valid(sessions, where) == 1


async def test_a_repeat_is_answered_after_the_closing_and_nobody_else(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    early, late = await invite(sessions, keys, where, 1, 2)
    await redeem(client, ticket(keys, early))
    await take(client, sijunjung, where, "closing")

    again = await redeem(client, ticket(keys, early))
    refused = await redeem(client, ticket(keys, late))

    assert again.status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (409, "declaration-not-open")


async def test_a_ticket_for_a_planned_declaration_waits(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    (target,) = await invite(sessions, keys, await plan(client, sijunjung), 1)

    answer = await redeem(client, ticket(keys, target))

    assert answer.json()["code"] == "declaration-not-open"


async def test_another_moment_under_the_same_ticket_is_refused(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    (target,) = await invite(sessions, keys, await opened(client, sijunjung), 1)
    await redeem(client, ticket(keys, target))

    answer = await redeem(client, ticket(keys, target), captured_at=None)

    assert (answer.status_code, answer.json()["code"]) == (409, "conflicting-body")


async def test_a_ticket_comes_before_a_namesake_whom_nobody_has_checked(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    """Whoever knows name, position and office could otherwise keep the person from signing."""
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    namesake = (await sign(client, where, signature(1))).json()

    answer = await redeem(client, ticket(keys, target))
    repeat = await redeem(client, ticket(keys, target))
    again = await sign(client, where, signature(1))

    acts = [(each.act, each.of) for each in await leaves(sessions, where)]
    assert (answer.status_code, repeat.status_code) == (201, 200)
    assert again.json()["code"] == "already-signed"
    assert [act for act, _ in acts] == ["signed", "invalidated", "signed"]
    assert acts[1][1] == namesake["leaf_index"]
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_a_namesake_who_took_it_back_is_in_nobodys_way(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    namesake = (await sign(client, where, signature(1))).json()
    await withdraw(client, namesake["ticket"])

    answer = await redeem(client, ticket(keys, target))

    assert answer.status_code == 201
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_who_signed_by_the_open_link_and_was_confirmed_has_signed(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    signed = await sign(client, where, signature(1))
    await judge(client, sijunjung, signed, "confirmation")

    answer = await redeem(client, ticket(keys, target))

    assert (answer.status_code, answer.json()["code"]) == (409, "already-signed")


@pytest.mark.parametrize("written", ["", "x", "A" * LENGTH, "\u00e9" * LENGTH])
async def test_what_is_no_ticket_of_ours_is_unknown(client: AsyncClient, written: str) -> None:
    answer = await redeem(client, written)

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-ticket")


@pytest.mark.parametrize("change", [{"method": "wet"}, {"captured_at": 7}, {"rekaan": 1}])
async def test_a_wrong_body_is_told_where(client: AsyncClient, change: dict[str, object]) -> None:
    assert (await redeem(client, "x", **change)).status_code == 422


async def test_one_bad_ticket_spoils_no_other(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    here, there = [await opened(client, sijunjung) for _ in range(2)]
    first, second = await invite(sessions, keys, here, 1, 2)
    (elsewhere,) = await invite(sessions, keys, there, 1)
    (planned,) = await invite(sessions, keys, await plan(client, sijunjung), 1)
    known = [Ticket(each.region_id, each.id) for each in (first, elsewhere, planned, second, first)]
    unknown = Ticket(first.region_id, new_id())
    asked = [Redemption(each) for each in (known[0], unknown, *known[1:])]

    async with sessions.begin() as session:
        answers = await TicketService(session, keys, present()).sign_all(asked)

    told = [each.code if isinstance(each, DomainError) else each.first for each in answers]
    assert told == [True, "unknown-ticket", True, "declaration-not-open", True, False]
    signed = [each.answer for each in answers if isinstance(each, Done)]
    assert signed[0] == signed[-1]
    assert {each.state for each in signed} == {SignatureState.VALID}
    assert await valid(sessions, here) == 2


async def test_a_person_is_found_while_a_key_comes_into_use(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    """The roster lies under the old key, and the open link already uses the new one."""
    where = await opened(client, sijunjung)
    before, after = await invite(sessions, keys, where, 1, 2)
    async with sessions.begin() as session:
        known = await read_keys(session)
    keys.load([*known, MASTER.make(KeyPurpose.INDEX, 2)], MASTER.unwrap)

    signed = await sign(client, where, signature(1))
    await judge(client, sijunjung, signed, "confirmation")
    by_ticket = await redeem(client, ticket(keys, before))
    await redeem(client, ticket(keys, after))
    by_link = await sign(client, where, signature(2))

    assert [each.json()["code"] for each in (by_ticket, by_link)] == ["already-signed"] * 2


async def test_a_clock_that_is_days_ahead_signs_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    ahead = (present() + timedelta(days=2)).isoformat()

    by_ticket = await redeem(client, ticket(keys, target), captured_at=ahead)
    by_link = await sign(client, where, signature(2, captured_at=ahead))

    assert [each.json()["code"] for each in (by_ticket, by_link)] == ["captured-in-future"] * 2
    assert (await redeem(client, ticket(keys, target))).status_code == 201
