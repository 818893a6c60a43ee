"""Who signed without a personal link holds a proof too: from the device, or from the organiser."""

import pytest
from httpx import AsyncClient, Response

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.declarations.collecting import Device, codes, outcomes, registered, send, signer
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.rosters import listed
from tests.declarations.test_checking import judge
from tests.declarations.test_withdrawal import withdraw


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


@pytest.fixture
async def device(client: AsyncClient, sijunjung: Headers, where: Body) -> Device:
    device = await registered(client, sijunjung, where)
    await device.take_along()
    return device


async def issue(client: AsyncClient, headers: Headers, where: Body, signed_id: str) -> Response:
    path = f"/declarations/{where['id']}/links/signatures/{signed_id}"
    return await client.post(path, headers=headers)


async def certificate(client: AsyncClient, written: str) -> Body:
    answer = await client.post("/signatures/certificate", json={"ticket": written})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def tickets(answer: Response) -> list[str | None]:
    return [each["ticket"] for each in answer.json()["items"]]


async def test_a_device_hands_a_guest_the_ticket_at_once_and_again(
    client: AsyncClient, device: Device
) -> None:
    item = device.collect(signer=signer(1))

    first = await device.deliver(item, item)
    again = await device.deliver(item)

    [written, copied] = tickets(first)
    assert written
    assert tickets(again) == [written]
    assert copied == written
    assert (await certificate(client, written))["signer"]["name"] == "Hadirin Rekaan 1"
    assert (await withdraw(client, written)).json()["state"] == "withdrawn"


async def test_a_ticket_is_for_the_device_that_collected_alone(
    client: AsyncClient, sijunjung: Headers, where: Body, device: Device
) -> None:
    item = device.collect()
    await device.deliver(item)
    other = await registered(client, sijunjung, where)

    by_officer = await send(client, where, [item], sijunjung, device_id=device.id)
    by_another = await other.deliver(item)

    assert outcomes(by_officer) == outcomes(by_another) == ["repeated"]
    assert tickets(by_officer) == tickets(by_another) == [None]


async def test_of_a_target_a_device_gets_no_ticket_but_of_who_signs_again(
    client: AsyncClient, sijunjung: Headers, device: Device, sessions: Sessions, keys: Keyring
) -> None:
    plain, forged = await invite(sessions, keys, device.where, 1, 2)
    signed = await redeem(client, ticket(keys, forged))
    await judge(client, sijunjung, signed, "rejection", reason="Rekaan")
    items = [
        device.collect(target={"id": str(each.id), "region_id": each.region_id})
        for each in (plain, forged)
    ]

    answer = await device.deliver(*items)

    [of_plain, of_forged] = tickets(answer)
    assert codes(answer) == ["", ""]
    assert of_plain is None
    assert of_forged
    shown = await certificate(client, of_forged)
    assert (shown["signer"]["name"], shown["state"]) == ("Penanda Rekaan 2", "valid")


async def test_the_organiser_hands_out_the_link_of_who_has_none(
    client: AsyncClient, sijunjung: Headers, where: Body, device: Device, sessions: Sessions
) -> None:
    item = device.collect(signer=signer(1))
    [written] = tickets(await device.deliver(item))

    issued = await issue(client, sijunjung, where, item["id"])

    told = issued.json()
    assert issued.status_code == 200, issued.text
    assert told["address"] == f"http://test/sign#{written}"
    assert told["qr"].startswith("<svg")
    [entry] = await listed(sessions, "signature.link_read")
    assert str(entry.subject_id) == item["id"]


async def test_of_an_open_link_that_was_lost_the_organiser_hands_out_another(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    signed = (await sign(client, where, signature(1))).json()

    issued = await issue(client, sijunjung, where, signed["id"])

    assert issued.json()["address"] == f"http://test/sign#{signed['ticket']}"


async def test_who_has_a_personal_link_gets_no_other(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    (target,) = await invite(sessions, keys, where, 1)
    await redeem(client, ticket(keys, target))

    answer = await issue(client, sijunjung, where, str(target.id))

    assert (answer.status_code, answer.json()["code"]) == (409, "has-personal-link")


async def test_links_are_handed_out_in_the_own_area_alone(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers, where: Body, sessions: Sessions
) -> None:
    signed = (await sign(client, where, signature(1))).json()
    other = await opened(client, sijunjung)

    elsewhere = await issue(client, sinjai, where, signed["id"])
    misplaced = await issue(client, sijunjung, other, signed["id"])
    by_nobody = await issue(client, {}, where, signed["id"])

    answers = (elsewhere, misplaced, by_nobody)
    assert [each.status_code for each in answers] == [404, 404, 401]
    assert await listed(sessions, "signature.link_read") == []
