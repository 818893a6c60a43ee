"""Taking a signature back: by whoever holds its ticket, or by letter; it never counts again."""

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.models.signing import SignatureChange, SignatureReason
from app.declarations.rules.changes import Change, WithdrawalReason
from app.ledger.rules.acts import Act
from tests.declarations.declaring import Headers, opened, sign, signature, take
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import leaves, recount, valid
from tests.declarations.test_checking import judge

LETTER = {"letter_number": "800/12/REKAAN/2024", "reason": "Diminta penanda tangan."}


async def withdraw(client: AsyncClient, ticket: str, reason: str | None = None) -> Response:
    return await client.post("/signatures/withdrawal", json={"ticket": ticket, "reason": reason})


async def test_who_signed_by_ticket_takes_it_back(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    written = ticket(keys, target)
    signed = (await redeem(client, written)).json()

    first = await withdraw(client, written, "pressured")
    again = await withdraw(client, written)
    resigned = await redeem(client, written)

    assert (first.status_code, first.json()) == (200, signed | {"state": "withdrawn"})
    assert again.json() == first.json()
    assert (resigned.status_code, resigned.json()["code"]) == (409, "signature-withdrawn")
    assert await valid(sessions, where) == await recount(sessions, where) == 0


async def test_the_leaf_says_all_that_the_first_one_said(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    signed = (await sign(client, where, signature())).json()
    await withdraw(client, signed["ticket"])

    first, second = await leaves(sessions, where)

    assert (first.act, second.act) == (Act.SIGNED, Act.WITHDRAWN)
    assert second.of == signed["leaf_index"]
    assert (second.commitment, second.text) == (first.commitment, first.text)
    assert (second.region, second.group, second.role) == ("13.03", "asn_pns", "signatory")


async def test_who_signed_by_the_open_link_takes_it_back_after_the_closing(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    signed = (await sign(client, where, signature())).json()
    await take(client, sijunjung, where, "closing")

    answer = await withdraw(client, signed["ticket"], "mistake")

    assert answer.json()["state"] == "withdrawn"
    async with sessions.begin() as session:
        trace = (
            await session.scalars(select(SignatureChange), execution_options={"fan_out": True})
        ).one()
        reason = await session.scalar(select(SignatureReason), execution_options={"fan_out": True})
    assert (trace.change, trace.why) == (Change.WITHDRAWN, WithdrawalReason.MISTAKE)
    assert (trace.actor_id, reason) == (None, None)


async def test_a_ticket_for_a_signature_signs_nothing(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    signed = (await sign(client, where, signature())).json()

    answer = await redeem(client, signed["ticket"])

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-ticket")


async def test_the_organiser_takes_back_what_was_asked_by_letter(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    signed = await sign(client, where, signature())

    first = await judge(client, sijunjung, signed, "withdrawal", **LETTER)
    again = await judge(client, sijunjung, signed, "withdrawal", **LETTER)
    by_signer = await withdraw(client, signed.json()["ticket"])

    assert first.json() == again.json() == by_signer.json()
    assert len(await leaves(sessions, where)) == 2


async def test_whoever_has_not_signed_has_nothing_to_take_back(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    (target,) = await invite(sessions, keys, await opened(client, sijunjung), 1)

    answer = await withdraw(client, ticket(keys, target))
    unknown = await withdraw(client, "x")

    assert (answer.status_code, answer.json()["code"]) == (409, "not-signed-yet")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-ticket")


async def test_what_was_invalidated_is_not_taken_back(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    """Else the recount would take it away twice."""
    where = await opened(client, sijunjung)
    await invite(sessions, keys, where, 1)
    signed = await sign(client, where, signature(2))
    await judge(client, sijunjung, signed, "rejection", reason="Rekaan")

    answer = await withdraw(client, signed.json()["ticket"])

    assert (answer.status_code, answer.json()["code"]) == (409, "signature-invalidated")
    assert await valid(sessions, where) == await recount(sessions, where) == 0


@pytest.mark.parametrize("signs", [False, True])
async def test_a_ticket_shows_what_is_signed_and_as_whom(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers, signs: bool
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    written = ticket(keys, target)
    signed = (await redeem(client, written)).json() if signs else None

    answer = await client.post("/signatures/lookup", json={"ticket": written})

    seen = answer.json()
    assert answer.status_code == 200, answer.text
    assert seen["signature"] == signed
    assert (seen["declaration"]["id"], seen["person"]["name"]) == (where["id"], "Penanda Rekaan 1")
    assert seen["text"]["points"]


async def test_a_ticket_of_the_open_link_shows_the_same(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    signed = (await sign(client, where, signature())).json()
    written = signed.pop("ticket")

    answer = await client.post("/signatures/lookup", json={"ticket": written})
    unknown = await client.post("/signatures/lookup", json={"ticket": "x"})

    assert answer.json()["signature"] == signed
    assert unknown.status_code == 404
