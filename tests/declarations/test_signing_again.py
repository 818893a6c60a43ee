"""Whose own id was used by somebody else signs again in the room, and counts once."""

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.declarations.collecting import Device, codes, outcomes, registered
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.enlisting import add
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import recount, valid
from tests.declarations.test_checking import judge
from tests.declarations.test_links import export, rows

REASON = {"reason": "Bukan orangnya, rekaan."}


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


async def link_of_post(client: AsyncClient, headers: Headers, where: Body) -> str:
    """The ticket of a post whose holder the roster does not name."""
    await add(client, headers, where, name=None)
    [row] = rows(await export(client, headers, where))
    return row["link"].partition("#")[2]


async def carried(client: AsyncClient, headers: Headers, where: Body) -> tuple[Device, Body]:
    """A device, and the one target that it carries."""
    device = await registered(client, headers, where)
    [target] = (await device.take_along())["targets"]
    return device, {"id": target["id"], "region_id": target["region_id"]}


@pytest.mark.parametrize("at_once", [True, False])
async def test_for_a_post_that_was_rejected_one_holder_signs(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers, where: Body, at_once: bool
) -> None:
    link = await link_of_post(client, sijunjung, where)
    forged = await redeem(client, link, name="Orang Lain Rekaan")
    await judge(client, sijunjung, forged, "rejection", **REASON)
    device, post = await carried(client, sijunjung, where)
    items = [device.collect(target=post, name=f"{each} Rekaan") for each in ("Satu", "Dua")]

    batches = [items] if at_once else [[each] for each in items]
    answers = [await device.deliver(*each) for each in batches]

    assert [code for each in answers for code in codes(each)] == ["", "already-signed"]
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_whom_a_confirmed_signature_stands_for_does_not_sign_in_the_room(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers, where: Body
) -> None:
    (target,) = await invite(sessions, keys, where, 1)
    forged = await redeem(client, ticket(keys, target))
    await judge(client, sijunjung, forged, "rejection", **REASON)
    device, reference = await carried(client, sijunjung, where)
    by_link = await sign(client, where, signature(1, position="Pak Camat"))
    await judge(client, sijunjung, by_link, "confirmation", stands_for=str(target.id))

    answer = await device.deliver(device.collect(target=reference))

    assert codes(answer) == ["already-signed"]
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_an_unchecked_name_does_not_keep_the_target_from_signing_in_the_room(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers, where: Body
) -> None:
    (target,) = await invite(sessions, keys, where, 1)
    forged = await redeem(client, ticket(keys, target))
    await judge(client, sijunjung, forged, "rejection", **REASON)
    unchecked = await sign(client, where, signature(1))
    device, reference = await carried(client, sijunjung, where)

    answer = await device.deliver(device.collect(target=reference))

    path = f"/declarations/{where['id']}/signatures"
    found = (await client.get(path, headers=sijunjung)).json()["items"]
    states = {each["id"]: (each["state"], each["check"]) for each in found}
    assert outcomes(answer) == ["recorded"]
    assert states[unchecked.json()["id"]] == ("invalidated", "rejected")
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_who_signed_for_a_post_stands_for_nobody_else(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    signed = await redeem(client, await link_of_post(client, sijunjung, where), name="Satu Rekaan")
    other = (await add(client, sijunjung, where)).json()
    path = f"/declarations/{where['id']}/signatures/{signed.json()['id']}/candidates"

    answer = await judge(client, sijunjung, signed, "confirmation", stands_for=other["id"])
    candidates = await client.get(path, headers=sijunjung)

    assert (answer.status_code, answer.json()["code"]) == (409, "check-not-needed")
    assert (candidates.status_code, candidates.json()["code"]) == (409, "check-not-needed")
