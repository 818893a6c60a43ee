"""How far the credential of a device reaches, and who signs again after somebody else did."""

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.declarations.collecting import codes, outcomes, registered, send, signer
from tests.declarations.declaring import Body, Headers, opened
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import recount, valid
from tests.declarations.rosters import Somebody, list_of
from tests.declarations.test_checking import judge


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


@pytest.mark.parametrize(
    ("regions", "region", "code"),
    [
        ([], "13.03", ""),
        ([], "13.03.03", ""),
        ([], None, ""),
        ([], "13.04", "outside-bundle"),
        ([], "13", "outside-bundle"),
        (["13.03.03"], "13.03.03", ""),
        (["13.03.03"], "13.03", "outside-bundle"),
        (["13.04"], "13.04", "outside-bundle"),
    ],
)
async def test_a_device_lets_nobody_sign_outside_its_bundle(
    client: AsyncClient, sijunjung: Headers, regions: list[str], region: str | None, code: str
) -> None:
    where = await opened(client, sijunjung)
    device = await registered(client, sijunjung, where, regions=regions)
    bundle = await device.take_along()

    answer = await device.deliver(device.collect(signer=signer(1, region_code=region)))

    assert codes(answer) == [code]
    assert bundle["regions"] == (regions or ["13.03"])


async def test_a_device_knows_only_the_targets_that_it_carries(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    here, there = Somebody("Satu Rekaan"), Somebody("Dua Rekaan", office="Dinas B Rekaan")
    targets = await list_of(sessions, keys, where, here, there)
    device = await registered(client, sijunjung, where, offices=["Dinas B Rekaan"])
    await device.take_along()
    items = [
        device.collect(target={"id": str(each.id), "region_id": each.region_id}) for each in targets
    ]

    answer = await device.deliver(*items)

    assert codes(answer) == ["outside-bundle", ""]


async def test_an_officer_sends_what_the_device_may_not(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    device = await registered(client, sijunjung, where)
    await device.take_along()
    item = device.collect(signer=signer(1, region_code="13.04", role="witness"))

    alone = await device.deliver(item)
    by_officer = await send(client, where, [item], sijunjung, device_id=device.id)

    assert codes(alone) == ["outside-bundle"]
    assert outcomes(by_officer) == ["recorded"]


async def test_who_was_rejected_signs_in_the_room_as_the_same_target(
    client: AsyncClient, sijunjung: Headers, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    (target,) = await invite(sessions, keys, where, 1)
    forged = await redeem(client, ticket(keys, target))
    device = await registered(client, sijunjung, where)
    await device.take_along()
    reference = {"id": str(target.id), "region_id": target.region_id}
    before = await device.deliver(device.collect(target=reference))
    await judge(client, sijunjung, forged, "rejection", reason="Rekaan")
    item = device.collect(target=reference)

    signed = await device.deliver(item)
    repeated = await device.deliver(item)
    twice = await device.deliver(device.collect(target=reference))

    back = await judge(client, sijunjung, forged, "reinstatement", reason="Rekaan")
    rows = await client.get(f"/declarations/{where['id']}/signatures", headers=sijunjung)
    row = {each["id"]: each for each in rows.json()["items"]}[item["id"]]
    [carried] = (await device.take_along())["targets"]
    assert codes(before) == ["already-signed"]
    assert (outcomes(signed), outcomes(repeated)) == (["recorded"], ["repeated"])
    assert signed.json()["items"][0]["signature"]["id"] == item["id"]
    assert codes(twice) == ["already-signed"]
    assert back.json()["code"] == "target-stands-already"
    assert (row["stands_for"], row["check"]) == (str(target.id), "not_needed")
    assert row["signer"]["name"] == "Penanda Rekaan 1"
    assert carried["signed"] is True
    assert await valid(sessions, where) == await recount(sessions, where) == 1
