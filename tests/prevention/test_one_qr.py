"""One ticket for presence and signing: on the organiser's device, and the way to the own phone."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from tests.declarations import declaring
from tests.prevention.gathering import (
    SECRETARY,
    gather,
    outcomes,
    pair,
    room_phone,
    signing,
)
from tests.rakor.conftest import SetClock
from tests.rakor.doors import register, ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, Desk, told

NAME = "Wali Rekaan"


@pytest.fixture(autouse=True)
def first_day(set_clock: SetClock) -> SetClock:
    set_clock(FIRST_DAY)
    return set_clock


async def test_one_ticket_lets_in_and_signs_once_in_any_order_of_repeats(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering, (invitation,) = await signing(sijunjung)
    ticket = await ticket_of(client, invitation)
    phone = await room_phone(gathering)
    came = phone.door.scan(ticket, FIRST_DAY)
    signed = phone.sign(ticket, NAME, FIRST_DAY)

    first = await phone.deliver([], [signed])
    both = await phone.deliver([came], [signed])
    again = await phone.deliver([came], [signed])

    assert outcomes(first) == ([], ["recorded"])
    assert outcomes(both) == (["recorded"], ["repeated"])
    assert outcomes(again) == (["repeated"], ["repeated"])
    assert (await declaring.tally(client, gathering.declaration))["signatures"] == 1
    seen = await gathering.read()
    assert seen["presence"]["present"] == 1
    assert [(x["targets"], x["signed"], x["invited"]) for x in seen["declarations"]] == [(1, 1, 1)]


async def test_the_phone_knows_without_network_as_whom_a_ticket_signs(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering, (invitation,) = await signing(sijunjung)

    phone = await room_phone(gathering)

    [target] = phone.signing.bundle["targets"]
    seat = phone.seats[invitation["id"]]
    assert seat == {"id": target["id"], "region_id": target["region_id"]}
    assert (target["position"], target["name"]) == (NAGARI["post"], "")


async def test_before_it_opens_the_bundle_has_no_declaration_and_the_door_works(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering = await gather(sijunjung)
    [invitation] = await sijunjung.invite(gathering.event, NAGARI)
    ticket = await ticket_of(client, invitation)
    phone = await room_phone(gathering)

    delivered = await phone.deliver([phone.door.scan(ticket, FIRST_DAY)], [])

    assert (phone.signing.bundle, phone.seats) == ({}, {})
    assert outcomes(delivered) == (["recorded"], [])


async def test_what_keeps_a_signature_out_keeps_nobodys_presence_out(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    gathering, (invitation, other) = await signing(sijunjung, NAGARI, SECRETARY)
    tickets = [await ticket_of(client, each) for each in (invitation, other)]
    phone = await room_phone(gathering)
    signed = [
        phone.sign(tickets[0], NAME, FIRST_DAY),
        phone.sign(tickets[0], NAME, FIRST_DAY),
        phone.sign("bukan.tiket.kami", NAME, FIRST_DAY),
        phone.sign(tickets[1], NAME, FIRST_DAY, nonce="A" * 22),
        phone.sign(tickets[1], "", FIRST_DAY),
    ]
    del signed[4]["name"]

    delivered = await phone.deliver([phone.door.scan(tickets[1], FIRST_DAY)], signed)

    assert outcomes(delivered) == (
        ["recorded"],
        ["recorded", "already-signed", "unknown-ticket", "nonce-wrong", "name-needed"],
    )


async def test_a_closed_declaration_is_the_answer_to_each_signature(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering, (invitation,) = await signing(sijunjung)
    ticket = await ticket_of(client, invitation)
    phone = await room_phone(gathering)
    path = f"/declarations/{gathering.declaration['id']}/cancellation"
    told(await sijunjung.post(path, {"reason": "Rekaan."}), 200)

    delivered = await phone.deliver(
        [phone.door.scan(ticket, FIRST_DAY)], [phone.sign(ticket, NAME, FIRST_DAY)]
    )

    came, signed = outcomes(delivered)
    assert came == ["recorded"]
    assert signed == ["declaration-step-refused"] or signed[0].startswith("declaration")


async def test_a_replaced_ticket_signs_nothing_after_it_was_replaced(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering, (invitation,) = await signing(sijunjung)
    old = await ticket_of(client, invitation)
    phone = await room_phone(gathering)
    path = f"{gathering.event}/invitations/{invitation['id']}/ticket-replacement"
    new = told(await sijunjung.post(path), 201)["ticket"]

    delivered = await phone.deliver(
        [], [phone.sign(old, NAME, FIRST_DAY), phone.sign(new, NAME, FIRST_DAY)]
    )

    assert outcomes(delivered)[1] == ["revoked-ticket", "recorded"]


async def test_what_was_recorded_stays_so_whatever_became_of_its_ticket(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    gathering, (invitation,) = await signing(sijunjung)
    ticket = await ticket_of(client, invitation)
    phone = await room_phone(gathering)
    # The clock of the phone is ahead by three minutes, which is allowed.
    signed = phone.sign(ticket, NAME, FIRST_DAY + timedelta(minutes=3))
    first = await phone.deliver([], [signed])
    set_clock(FIRST_DAY + timedelta(minutes=1))
    path = f"{gathering.event}/invitations/{invitation['id']}/ticket-replacement"
    told(await sijunjung.post(path), 201)

    again = await phone.deliver([], [signed])

    assert outcomes(first)[1] == ["recorded"]
    assert outcomes(again)[1] == ["repeated"]


async def test_what_cannot_be_read_is_answered_in_its_place(sijunjung: Desk) -> None:
    gathering, _ = await signing(sijunjung)
    phone = await room_phone(gathering)

    delivered = await phone.deliver([{"mode": "on_site"}], [{"method": "click"}])

    said = told(delivered, 200)
    pointers = [
        each["problem"]["errors"][0]["pointer"].split("/")[1:3]
        for each in (*said["check_ins"]["items"], *said["signatures"]["items"])
    ]
    assert pointers == [["check_ins", "0"], ["signatures", "0"]]


async def test_a_guest_signs_on_the_same_device(client: AsyncClient, sijunjung: Desk) -> None:
    gathering, _ = await signing(sijunjung)
    phone = await room_phone(gathering)

    delivered = await phone.deliver([], [phone.signing.collect(FIRST_DAY)])

    assert outcomes(delivered)[1] == ["recorded"]


async def test_who_is_on_no_roster_hears_it(client: AsyncClient, sijunjung: Desk) -> None:
    gathering, _ = await signing(sijunjung)
    [press] = await sijunjung.invite(gathering.event, SECRETARY | {"post": "Tamu"})
    ticket = await ticket_of(client, press)
    phone = await room_phone(gathering)

    delivered = await phone.deliver([], [phone.sign(ticket, NAME, FIRST_DAY)])

    assert outcomes(delivered)[1] == ["invitation-not-on-roster"]


async def test_an_officer_sends_what_a_lost_device_held(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering, (invitation,) = await signing(sijunjung)
    ticket = await ticket_of(client, invitation)
    phone = await room_phone(gathering)
    came = [phone.door.scan(ticket, FIRST_DAY)]
    signed = [phone.sign(ticket, NAME, FIRST_DAY)]
    body = {"device_id": phone.door.id, "check_ins": came, "signatures": signed}
    told(await sijunjung.post(f"{gathering.event}/devices/{phone.door.id}/revocation"), 200)

    by_device = [await phone.deliver(*each) for each in ((came, signed), ([], signed))]
    by_officer = await sijunjung.post(f"{gathering.event}/gathering-batch", body)

    assert [told(each, 409)["code"] for each in by_device] == ["event-device-revoked"] * 2
    assert outcomes(by_officer) == (["recorded"], ["recorded"])


async def test_a_device_collects_for_one_declaration_of_its_event(
    client: AsyncClient, sijunjung: Desk
) -> None:
    gathering, _ = await signing(sijunjung)
    foreign = await gather(sijunjung)
    door = await register(sijunjung, gathering.event)
    elsewhere = {"device_id": door.id, "declaration_id": foreign.declaration["id"]}

    refused = await sijunjung.post(f"{gathering.event}/signing-devices", elsewhere)
    first = await pair(gathering, door.id)
    second = await pair(gathering, door.id)
    unpaired = await register(sijunjung, gathering.event)
    bundle = await client.get(f"{gathering.event}/gathering-bundle", headers=unpaired.headers)

    assert told(refused, 409)["code"] == "declaration-not-joined"
    assert first.status_code == 201
    assert told(second, 409)["code"] == "device-collects-already"
    assert told(bundle, 409)["code"] == "device-collects-nothing"
