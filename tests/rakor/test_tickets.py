from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from httpx import AsyncClient
from PIL import Image

from app.certificates.files.typesetting import typeset
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.doors import outcomes, register, ticket_of
from tests.rakor.meeting import FIRST_DAY, NAGARI, Desk, answer, told

DAY_AFTER = datetime(2024, 10, 1, 17, tzinfo=UTC)
"""Midnight in Jakarta after the last day."""


async def test_who_comes_gets_a_ticket_with_the_answer_and_the_same_on_request(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)

    answered = told(await answer(client, invitation["code"], answer="coming"), 200)
    asked = await client.post("/event-tickets", json={"code": invitation["code"]})

    assert told(asked, 200) == answered["ticket"]


async def test_a_phone_reads_the_ticket_from_the_screen(
    client: AsyncClient, sijunjung: Desk, tmp_path: Path
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    answered = told(await answer(client, invitation["code"], answer="coming"), 200)
    (tmp_path / "qr.svg").write_text(answered["ticket"]["qr_svg"])
    (tmp_path / "screen.typ").write_text('#image("qr.svg", width: 10cm)')

    screen = Image.open(BytesIO(typeset(tmp_path / "screen.typ", {}, "png")))

    [found] = zxingcpp.read_barcodes(screen)
    assert found.text == answered["ticket"]["ticket"]


async def test_who_has_no_seat_has_no_ticket(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce(capacity=1)
    silent, first, waiting, declined = await sijunjung.invite(event, *[NAGARI] * 4)
    answers = [
        told(await answer(client, first["code"], answer="coming"), 200),
        told(await answer(client, waiting["code"], answer="coming"), 200),
        told(await answer(client, declined["code"], answer="declined", reason="Sakit."), 200),
    ]

    asked = [
        await client.post("/event-tickets", json={"code": each["code"]})
        for each in (silent, waiting, declined)
    ]

    assert [each["ticket"] is not None for each in answers] == [True, False, False]
    assert {told(each, 409)["code"] for each in asked} == {"ticket-without-seat"}


async def test_a_withdrawn_invitation_revokes_its_ticket(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    ticket = await ticket_of(client, invitation)
    told(await sijunjung.post(f"{event}/invitations/{invitation['id']}/withdrawal"), 200)

    phone = await register(sijunjung, event)
    asked = await client.post("/event-tickets", json={"code": invitation["code"]})

    assert phone.fault_of(ticket, FIRST_DAY) == "revoked_ticket"
    assert told(asked, 409)["code"] == "revoked-ticket"
    assert told(await sijunjung.get(f"{event}/attendance"), 200)["invited"] == 0


async def test_a_wrong_code_has_no_ticket(client: AsyncClient) -> None:
    asked = await client.post("/event-tickets", json={"code": "bukan-kode"})

    assert asked.status_code == 401


async def test_a_phone_without_network_tells_tickets_apart(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    [kept, replaced] = await sijunjung.invite(event, NAGARI, NAGARI)
    [stranger] = await sijunjung.invite(other, NAGARI)
    good, old = await ticket_of(client, kept), await ticket_of(client, replaced)
    foreign = await ticket_of(client, stranger)
    path = f"{event}/invitations/{replaced['id']}/ticket-replacement"
    new = told(await sijunjung.post(path), 201)["ticket"]
    phone = await register(sijunjung, event)
    head, payload, signature = good.split(".")
    forged = f"{head}.{payload}.{'A' * len(signature)}"

    found = [
        phone.fault_of(each, FIRST_DAY)
        for each in (good, new, old, foreign, forged, "https://contoh.id", "a.b.c")
    ]

    unknown = ["unknown_ticket"] * 3
    assert found == [None, None, "revoked_ticket", "other_event", *unknown]
    assert phone.fault_of(good, DAY_AFTER) == "wrong_day"
    assert phone.fault_of(good, FIRST_DAY.replace(day=29)) == "wrong_day"


async def test_the_server_finds_what_the_phone_would(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    [kept, replaced] = await sijunjung.invite(event, NAGARI, NAGARI)
    [stranger] = await sijunjung.invite(other, NAGARI)
    good, old = await ticket_of(client, kept), await ticket_of(client, replaced)
    foreign = await ticket_of(client, stranger)
    told(await sijunjung.post(f"{event}/invitations/{replaced['id']}/ticket-replacement"), 201)
    phone = await register(sijunjung, event)
    set_clock(DAY_AFTER)

    answers = await phone.deliver(
        phone.note(FIRST_DAY, ticket=good),
        phone.note(FIRST_DAY, ticket=old),
        phone.note(FIRST_DAY, ticket=foreign),
        phone.note(FIRST_DAY, ticket=good[:-4] + "AAAA"),
        phone.note(DAY_AFTER, ticket=good),
    )

    assert outcomes(answers) == [
        "recorded",
        "revoked-ticket",
        "other-event",
        "unknown-ticket",
        "wrong-day",
    ]
    failed = told(await sijunjung.get(f"{event}/failed-scans"), 200)["items"]
    assert {(each["fault"], each["invitation_id"]) for each in failed} == {
        ("revoked_ticket", replaced["id"]),
        ("other_event", None),
        ("unknown_ticket", None),
        ("wrong_day", kept["id"]),
    }


async def test_a_ticket_scanned_before_it_was_replaced_still_counts(
    client: AsyncClient, sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await sijunjung.announce()
    [invitation] = await sijunjung.invite(event, NAGARI)
    old = await ticket_of(client, invitation)
    phone = await register(sijunjung, event)
    set_clock(FIRST_DAY.replace(hour=5))
    told(await sijunjung.post(f"{event}/invitations/{invitation['id']}/ticket-replacement"), 201)

    answers = await phone.deliver(
        phone.scan(old, FIRST_DAY), phone.scan(old, FIRST_DAY.replace(hour=5, minute=1))
    )

    assert outcomes(answers) == ["recorded", "revoked-ticket"]


async def test_a_bundle_is_for_its_device_until_that_is_revoked(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event, other = await sijunjung.announce(), await sijunjung.announce()
    phone = await register(sijunjung, event)
    path = f"{event}/devices/{phone.id}"

    elsewhere = await client.get(f"{other}/bundle", headers=phone.headers)
    by_officer = await sijunjung.get(f"{event}/bundle")
    revoked = told(await sijunjung.post(f"{path}/revocation"), 200)
    again = await sijunjung.post(f"{path}/revocation")
    bundle = await client.get(f"{event}/bundle", headers=phone.headers)
    batch = await phone.deliver(phone.note(FIRST_DAY, office_name="Pers", post="Wartawan"))

    assert (elsewhere.status_code, by_officer.status_code) == (404, 404)
    assert revoked["revoked_at"]
    codes = [told(each, 409)["code"] for each in (again, bundle, batch)]
    assert codes == ["event-device-revoked"] * 3
    [listed] = told(await sijunjung.get(f"{event}/devices"), 200)["items"]
    assert (listed["label"], listed["bundled_at"] is not None) == ("Ponsel rekaan", True)


async def test_the_credential_of_a_device_opens_nothing_else(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    phone = await register(sijunjung, event)

    answers = [
        await client.get(f"{event}/{path}", headers=phone.headers)
        for path in ("attendance", "check-ins", "failed-scans", "devices", "invitations")
    ]

    assert {each.status_code for each in answers} == {403}


async def test_the_invited_may_not_register_devices(open_desk: OpenDesk, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    guest = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})

    refused = await guest.post(f"{event}/devices", {"label": "Ponsel rekaan"})

    assert refused.status_code == 403


@pytest.mark.parametrize("stage", ["draft", "cancelled"])
async def test_without_an_open_event_there_are_no_tickets(
    client: AsyncClient, sijunjung: Desk, stage: str
) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"
    if stage == "cancelled":
        event = await sijunjung.announce()
        [invitation] = await sijunjung.invite(event, NAGARI)
        told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)
        asked = await client.post("/event-tickets", json={"code": invitation["code"]})
        assert told(asked, 409)["code"] == "event-wrong-stage"

    refused = await sijunjung.post(f"{event}/devices", {"label": "Ponsel rekaan"})

    assert told(refused, 409)["code"] == "event-wrong-stage"
