"""A room without network: what a device takes along, and that what it brings counts once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidSignature
from httpx import AsyncClient
from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.models.room import SignatureCapture, SignatureMark
from app.web.clock import present
from tests.declarations.collecting import (
    STROKES,
    Device,
    codes,
    in_hours,
    opened_bundle,
    outcomes,
    registered,
    send,
    signer,
)
from tests.declarations.declaring import Body, Headers, opened, plan, sign, signature, take, tally
from tests.declarations.inviting import redeem, ticket
from tests.declarations.rosters import Somebody, list_of, listed
from tests.declarations.test_checking import judge
from tests.declarations.test_withdrawal import withdraw
from tests.people import officer


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


@pytest.fixture
async def device(client: AsyncClient, sijunjung: Headers, where: Body) -> Device:
    device = await registered(client, sijunjung, where)
    await device.take_along()
    return device


async def test_a_bundle_holds_what_is_needed_and_is_signed(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    [target] = await list_of(sessions, keys, where, Somebody())
    device = await registered(client, sijunjung, where)

    bundle = await device.take_along()

    assert bundle["declaration"]["id"] == where["id"]
    assert bundle["declaration"]["points"]
    assert len(bundle["declaration"]["text_hash"]) == 64
    assert bundle["targets"] == [
        {
            "id": str(target.id),
            "region_id": target.region_id,
            "region_code": "13.03",
            "name": "Target Rekaan",
            "position": "Camat",
            "office": "Kecamatan Rekaan",
            "group": "asn_pns",
            "role": "signatory",
            "represents": None,
            "signed": False,
            "state": None,
        }
    ]


async def test_a_bundle_that_was_altered_does_not_verify(
    device: Device, client: AsyncClient
) -> None:
    path = f"/declarations/{device.where['id']}/bundle"
    signed = (await client.get(path, headers=device.headers)).json()
    middle = len(signed["payload"]) // 2
    other = "A" if signed["payload"][middle] != "A" else "B"
    altered = signed | {
        "payload": signed["payload"][:middle] + other + signed["payload"][middle + 1 :]
    }

    assert opened_bundle(signed, device.key)
    with pytest.raises(InvalidSignature):
        opened_bundle(altered, device.key)


async def test_a_device_carries_only_the_names_of_its_offices(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    here, there = Somebody(office="Dinas A Rekaan"), Somebody(office="Dinas B Rekaan")
    await list_of(sessions, keys, where, here, there)
    device = await registered(client, sijunjung, where, offices=["Dinas B Rekaan"])

    bundle = await device.take_along()

    assert [each["office"] for each in bundle["targets"]] == ["Dinas B Rekaan"]


async def test_taking_names_along_is_in_the_journal(device: Device, sessions: Sessions) -> None:
    assert [each.payload["names"] for each in await listed(sessions, "bundle.read")] == [0]


@pytest.mark.parametrize("step", ["planned", "closing"])
async def test_there_is_a_bundle_only_while_people_may_sign(
    client: AsyncClient, sijunjung: Headers, step: str
) -> None:
    where = await plan(client, sijunjung)
    device = await registered(client, sijunjung, where)
    if step == "closing":
        await take(client, sijunjung, where, "opening")
        await take(client, sijunjung, where, "closing")

    answer = await client.get(f"/declarations/{where['id']}/bundle", headers=device.headers)

    assert answer.json()["code"] == "declaration-not-open"


async def test_only_the_device_itself_gets_its_bundle(
    client: AsyncClient, sijunjung: Headers, where: Body, device: Device
) -> None:
    other = await opened(client, sijunjung)

    by_officer = await client.get(f"/declarations/{where['id']}/bundle", headers=sijunjung)
    elsewhere = await client.get(f"/declarations/{other['id']}/bundle", headers=device.headers)
    by_nobody = await client.get(f"/declarations/{where['id']}/bundle")

    assert [each.status_code for each in (by_officer, elsewhere, by_nobody)] == [404, 404, 401]


async def test_what_was_collected_is_recorded_with_both_times(
    client: AsyncClient, device: Device, where: Body
) -> None:
    at = present() - timedelta(minutes=2)
    item = device.collect(at)

    answer = await device.deliver(item)

    [told] = answer.json()["items"]
    assert (told["id"], told["outcome"], told["problem"]) == (item["id"], "recorded", None)
    assert told["signature"]["id"] == item["id"]
    assert told["signature"]["captured_at"] == at.isoformat().replace("+00:00", "Z")
    assert told["signature"]["recorded_at"] > told["signature"]["captured_at"]
    assert (await tally(client, where))["signatures"] == 1


async def test_who_stands_on_the_roster_signs_under_the_id_of_the_target(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    [target] = await list_of(sessions, keys, where, Somebody())
    device = await registered(client, sijunjung, where)
    [carried] = (await device.take_along())["targets"]
    reference = {"id": carried["id"], "region_id": carried["region_id"]}

    first = await device.deliver(device.collect(target=reference))
    again = await device.deliver(device.collect(target=reference))

    assert first.json()["items"][0]["signature"]["id"] == str(target.id)
    assert codes(again) == ["already-signed"]
    assert (await device.take_along())["targets"][0]["signed"] is True


async def test_nobody_else_is_recorded_under_the_id_of_a_target(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    [target] = await list_of(sessions, keys, where, Somebody())
    device = await registered(client, sijunjung, where)
    await device.take_along()
    taken, good = device.collect(id=str(target.id)), device.collect()

    answer = await device.deliver(taken, good)
    by_organiser = await sign(client, where, signature(), target.id, headers=sijunjung)

    reference = {"id": str(target.id), "region_id": target.region_id}
    assert codes(answer) == ["conflicting-body", ""]
    assert (by_organiser.status_code, by_organiser.json()["code"]) == (409, "conflicting-body")
    assert outcomes(await device.deliver(device.collect(target=reference))) == ["recorded"]


async def test_a_bundle_tells_of_each_how_the_signature_stands(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    rejected, withdrawn = await list_of(
        sessions, keys, where, Somebody("Satu Rekaan"), Somebody("Dua Rekaan")
    )
    signed = await redeem(client, ticket(keys, rejected))
    await judge(client, sijunjung, signed, "rejection", reason="Rekaan")
    await redeem(client, ticket(keys, withdrawn))
    await withdraw(client, ticket(keys, withdrawn))
    device = await registered(client, sijunjung, where)

    carried = (await device.take_along())["targets"]

    told = {each["name"]: (each["signed"], each["state"]) for each in carried}
    assert told == {"Satu Rekaan": (False, "invalidated"), "Dua Rekaan": (False, "withdrawn")}


async def test_one_bad_item_spoils_no_other(device: Device) -> None:
    good = device.collect()
    bad: list[Any] = [
        device.collect(signer=signer(2, region_code="99.99")),
        device.collect(target={"id": str(new_id()), "region_id": 1}),
        device.collect(signer=signer(3, name="")),
        device.collect() | {"nonce": "AAAAAAAAAAAAAAAAAAAAAA"},
        device.collect() | {"sequence": None},
        device.collect() | {"captured_at": None},
        device.collect(signer=signer(4, role="representative")),
        {"lain": "rekaan"},
    ]

    answer = await device.deliver(*bad[:4], good, *bad[4:])

    assert codes(answer) == [
        "invalid",
        "invalid",
        "invalid",
        "nonce-wrong",
        "",
        "device-needed",
        "invalid",
        "invalid",
        "invalid",
    ]
    pointers = [
        [fault["pointer"] for fault in (each["problem"] or {"errors": []})["errors"]]
        for each in answer.json()["items"]
    ]
    assert pointers[0] == ["/items/0/signer/region_code"]
    assert pointers[2] == ["/items/2/signer/name"]
    assert answer.json()["items"][-1]["id"] is None
    assert (answer.json()["recorded"], answer.json()["refused"]) == (1, 8)


@pytest.mark.parametrize(
    ("language", "words"), [("id", "sudah menandatangani"), ("en", "has signed")]
)
async def test_a_refusal_speaks_the_language_of_the_reader(
    device: Device, language: str, words: str
) -> None:
    one = device.collect(signer=signer(1))
    await device.deliver(one)

    answer = await device.deliver(device.collect(signer=signer(1)), language=language)

    assert words in answer.json()["items"][0]["problem"]["detail"]
    assert answer.headers["Content-Language"] == language


async def test_a_repeat_is_told_so_also_within_one_batch(device: Device) -> None:
    item = device.collect()

    first = await device.deliver(item, item)
    second = await device.deliver(item)

    assert outcomes(first) == ["recorded", "repeated"]
    assert outcomes(second) == ["repeated"]
    assert second.json()["items"][0]["signature"] == first.json()["items"][0]["signature"]


@pytest.mark.parametrize(
    "change",
    [{"signer": signer(7)}, {"signer": signer(1, region_code="13.04")}, {"method": "drawn"}],
)
async def test_another_body_under_the_same_id_is_refused(device: Device, change: Body) -> None:
    item = device.collect()
    drawn = {"drawing": STROKES} if change.get("method") else {}
    await device.deliver(item)

    answer = await device.deliver(item | change | drawn)

    assert codes(answer) == ["conflicting-body"]


async def test_a_nonce_serves_one_signature(
    device: Device, where: Body, client: AsyncClient
) -> None:
    item = device.collect()
    other = item | {"id": str(new_id()), "signer": signer(2)}
    third = item | {"id": str(new_id()), "signer": signer(3)}
    both = await device.deliver(item, other)

    later = await device.deliver(third)

    assert codes(both) == ["", "nonce-used"]
    assert codes(later) == ["nonce-used"]
    assert (await tally(client, where))["signatures"] == 1


async def test_another_device_has_other_nonces(
    client: AsyncClient, sijunjung: Headers, where: Body, device: Device
) -> None:
    other = await registered(client, sijunjung, where)
    await other.take_along()

    answer = await other.deliver(device.collect())

    assert codes(answer) == ["nonce-wrong"]


@pytest.mark.parametrize(
    ("hours", "code"),
    [(-2.0, "captured-outside-bundle"), (2.0, "captured-in-future"), (0.02, "")],
)
async def test_a_moment_that_cannot_be_is_refused(device: Device, hours: float, code: str) -> None:
    answer = await device.deliver(device.collect(in_hours(hours)))

    assert codes(answer) == [code]


async def test_who_signed_by_phone_is_not_counted_again(
    client: AsyncClient, device: Device, where: Body
) -> None:
    await sign(client, where, signature(1))

    answer = await device.deliver(device.collect(signer=signer(1, name="Penanda Rekaan 1")))

    assert codes(answer) == ["already-signed"]
    assert (await tally(client, where))["signatures"] == 1


async def test_roles_are_those_of_the_room(
    client: AsyncClient, device: Device, where: Body
) -> None:
    representative = signer(2, role="representative", represents="Dinas Rekaan")

    answer = await device.deliver(
        device.collect(),
        device.collect(signer=representative),
        device.collect(signer=signer(3, role="witness")),
    )

    roles = [each["signature"]["role"] for each in answer.json()["items"]]
    counted = await tally(client, where)
    assert roles == ["signatory", "representative", "witness"]
    assert (counted["signatures"], counted["witnesses"]) == (2, 1)


async def test_a_drawing_is_kept_for_the_organiser_alone(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers, device: Device, where: Body
) -> None:
    item = device.collect(method="drawn", drawing=STROKES)
    await device.deliver(item)
    path = f"/declarations/{where['id']}/signatures/{item['id']}/capture"

    mine, theirs = [await client.get(path, headers=each) for each in (sijunjung, sinjai)]

    assert theirs.status_code == 404
    assert mine.json()["drawing"] == {
        "strokes": STROKES,
        "svg_path": "M100 500L300 200L900 480M500 500L500 500",
    }
    assert (mine.json()["device_id"], mine.json()["sequence"]) == (device.id, 1)


async def test_what_was_drawn_stands_on_the_certificate(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    drawing, clicking = await list_of(
        sessions, keys, where, Somebody(), Somebody(name="Target Lain Rekaan")
    )
    device = await registered(client, sijunjung, where)
    await device.take_along()
    references = [{"id": str(each.id), "region_id": each.region_id} for each in (drawing, clicking)]
    drawn = device.collect(target=references[0], method="drawn", drawing=STROKES)
    answer = await device.deliver(drawn, device.collect(target=references[1]))
    assert set(outcomes(answer)) == {"recorded"}

    papers = [{"ticket": ticket(keys, each)} for each in (drawing, clicking)]
    told = [await client.post("/signatures/certificate", json=each) for each in papers]
    paper = await client.post("/signatures/certificate/paper", json=papers[0])

    assert "M100 500L300 200L900 480M500 500L500 500" in told[0].json()["drawing"]
    assert told[1].json()["drawing"] is None
    assert paper.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    "drawing",
    [None, [], [[]], [[[0, 1001]]], [[[1, 1]] * 1301], [[[0.5, 1]]], "M0 0"],
)
async def test_a_drawing_that_is_none_is_refused(device: Device, drawing: object) -> None:
    answer = await device.deliver(device.collect(method="drawn", drawing=drawing))

    assert codes(answer) == ["invalid"]


async def test_a_click_has_no_drawing(device: Device) -> None:
    answer = await device.deliver(device.collect(drawing=STROKES))

    assert codes(answer) == ["invalid"]


async def test_what_was_captured_before_the_closing_still_arrives(
    client: AsyncClient, sijunjung: Headers, device: Device, where: Body
) -> None:
    before = device.collect(present() - timedelta(seconds=30))
    await take(client, sijunjung, where, "closing")
    after = device.collect(in_hours(0.05))

    answer = await device.deliver(before, after)

    assert codes(answer) == ["", "declaration-not-open"]
    assert (await tally(client, where))["signatures"] == 1


async def test_nothing_comes_after_a_cancellation(
    client: AsyncClient, sijunjung: Headers, device: Device, where: Body
) -> None:
    item = device.collect()
    await take(client, sijunjung, where, "cancellation")

    assert codes(await device.deliver(item)) == ["declaration-not-open"]


async def test_a_lost_device_is_revoked_and_an_officer_sends_what_it_held(
    client: AsyncClient, sijunjung: Headers, device: Device, where: Body
) -> None:
    before, path = (
        device.collect(present() - timedelta(seconds=1)),
        f"devices/{device.id}/revocation",
    )
    revoked = await take(client, sijunjung, where, path)
    later = device.collect(in_hours(0.2))

    by_itself = await device.deliver(before)
    by_officer = await send(client, where, [before, later], sijunjung, device_id=device.id)

    assert revoked.json()["revoked_at"]
    assert by_itself.json()["code"] == "device-revoked"
    assert codes(by_officer) == ["", "captured-outside-bundle"]


async def test_an_officer_names_a_device_of_this_declaration(
    client: AsyncClient, sijunjung: Headers, device: Device, where: Body
) -> None:
    other = await registered(client, sijunjung, await opened(client, sijunjung))

    answer = await send(client, where, [device.collect()], sijunjung, device_id=other.id)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "unknown-device"


async def test_without_a_device_nobody_clicked(
    client: AsyncClient, sijunjung: Headers, device: Device, where: Body
) -> None:
    answer = await send(client, where, [device.collect()], sijunjung)

    assert codes(answer) == ["device-needed"]


async def test_a_batch_of_another_area_is_out_of_sight(
    client: AsyncClient, sinjai: Headers, device: Device, where: Body
) -> None:
    answer = await send(client, where, [device.collect()], sinjai, device_id=device.id)

    assert answer.status_code == 404


@pytest.mark.parametrize("items", [[], ["rekaan"], [{}] * 501, None])
async def test_what_is_no_batch_is_refused_whole(device: Device, items: Any) -> None:
    path = f"/declarations/{device.where['id']}/signatures/batch"

    answer = await device.client.post(path, json={"items": items}, headers=device.headers)

    assert answer.status_code == 422


async def test_devices_are_listed_for_the_organiser(
    client: AsyncClient, sijunjung: Headers, device: Device, where: Body
) -> None:
    answer = await client.get(f"/declarations/{where['id']}/devices", headers=sijunjung)

    [told] = answer.json()["items"]
    assert (told["id"], told["label"]) == (device.id, "Tablet rekaan")
    assert told["bundled_at"]


async def test_of_who_was_erased_nothing_is_left_and_a_repeat_is_still_told(
    client: AsyncClient, device: Device, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    item = device.collect(method="drawn", drawing=STROKES)
    await device.deliver(item)

    await erase(client, sessions, keys, where, item["id"])

    again = await device.deliver(item)
    everywhere = {"fan_out": True}
    async with sessions.begin() as session:
        mark = await session.scalar(select(SignatureMark), execution_options=everywhere)
        query = select(SignatureCapture).where(SignatureCapture.item_id == UUID(item["id"]))
        capture = await session.scalar(query, execution_options=everywhere)
    assert outcomes(again) == ["repeated"]
    assert again.json()["items"][0]["ticket"] is None
    assert mark is None
    assert capture is not None
    assert capture.body_mac is None


async def test_nobody_signs_in_the_name_of_who_was_erased(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    [target] = await list_of(sessions, keys, where, Somebody())
    device = await registered(client, sijunjung, where)
    await device.take_along()
    reference = {"id": str(target.id), "region_id": target.region_id}
    item = device.collect(target=reference)

    await erase(client, sessions, keys, where, str(target.id))

    assert codes(await device.deliver(item)) == ["invalid"]
    assert (await device.take_along())["targets"] == []


async def erase(
    client: AsyncClient, sessions: Sessions, keys: Keyring, where: Body, person_id: str
) -> None:
    custodian = await officer(sessions, keys, role="custodian", office_code="bawaslu-13.03")
    path = f"/declarations/{where['id']}/persons/{person_id}/erasure"
    answer = await client.post(path, json={"reason": "Permintaan rekaan"}, headers=custodian)
    assert answer.status_code == 200, answer.text
