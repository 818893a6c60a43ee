"""Who of one person's signatures stays, and what keeps persons from being recognised."""

from httpx import AsyncClient
from sqlalchemy import update

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.jobs import rekey_persons
from app.declarations.models.declarations import Signature
from app.declarations.rules.kinds import Check
from tests.declarations.collecting import send
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.test_checking import judge
from tests.declarations.test_erasing import with_new_index
from tests.declarations.test_invalidation import seek, step
from tests.declarations.test_papers import scanned, wet


async def found(client: AsyncClient, headers: Headers, where: Body, seen: Body) -> list[str]:
    path = f"/declarations/{where['id']}/invalidations/{seen['id']}/signatures"
    items = (await client.get(path, headers=headers)).json()["items"]
    return [each["signature_id"] for each in items]


async def test_one_that_waits_never_beats_a_ticket(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    waits = (await sign(client, where, signature(1, region_code="73.07"))).json()
    await redeem(client, ticket(keys, target))

    seen = await seek(client, sijunjung, where, "same_person_elsewhere")

    assert (waits["check"], seen["found"]) == ("waiting", 1)
    assert await found(client, sijunjung, where, seen) == [waits["id"]]


async def test_of_those_that_wait_the_first_stays(client: AsyncClient, sijunjung: Headers) -> None:
    where = await opened(client, sijunjung)
    regions = ("13.03", "73.07")
    signed = [
        (await sign(client, where, signature(1, region_code=each))).json() for each in regions
    ]

    seen = await seek(client, sijunjung, where, "same_person_elsewhere")

    assert await found(client, sijunjung, where, seen) == [signed[1]["id"]]


async def test_one_that_was_confirmed_since_the_preview_is_not_invalidated(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    waits = (await sign(client, where, signature(1, region_code="73.07"))).json()
    await redeem(client, ticket(keys, target))
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    await judge(client, sijunjung, waits, "confirmation")

    answer = await step(client, sijunjung, seen, "approval")

    assert answer.json()["code"] == "invalidation-set-changed"


async def test_beside_a_sheet_too_one_that_waits_is_the_last(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    item = wet(await scanned(client, sijunjung, where), 2)
    await send(client, where, [item], sijunjung)
    on_sheet = {"id": item["id"], "declaration_id": where["id"]}
    await redeem(client, ticket(keys, target))
    await judge(client, sijunjung, on_sheet, "confirmation", stands_for=str(target.id))
    async with sessions.begin() as session:
        own = (Signature.region_id == target.region_id, Signature.id == item["id"])
        await session.execute(update(Signature).where(*own).values(check=Check.WAITING))

    seen = await seek(client, sijunjung, where, "paper_and_electronic")

    assert await found(client, sijunjung, where, seen) == [item["id"]]


async def test_amid_a_rotation_nobody_is_looked_for_twice(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    for region in ("13.03", "73.07"):
        await sign(client, where, signature(1, region_code=region))
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    path = f"/declarations/{where['id']}/invalidations"
    body = {"rule": "same_person_elsewhere"}
    rotation = rekey_persons(sessions, with_new_index(keys))

    # One region is under the new key, the other not yet.
    await anext(rotation)
    refused = await client.post(path, json=body, headers=sijunjung)
    not_applied = await step(client, sijunjung, seen, "approval")
    others = await seek(client, sijunjung, where, "target_removed")
    rest = [number async for number in rotation]

    for each in (refused, not_applied):
        assert (each.status_code, each.json()["code"]) == (409, "index-keys-in-rotation")
    assert (seen["found"], others["found"], rest) == (1, 0, [1])
    assert (await seek(client, sijunjung, where, "same_person_elsewhere"))["found"] == 1
