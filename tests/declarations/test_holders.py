"""Posts of a roster that name nobody: who signs for one says who it is, and the leaf commits to
that person."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import delete

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations import files
from app.declarations.jobs import rekey_persons
from app.declarations.models.declarations import Signature, Target
from app.declarations.rules.kinds import Method
from app.declarations.rules.persons import commitment, person_hash
from tests.declarations.collecting import codes, outcomes, registered
from tests.declarations.declaring import Body, Headers, opened, published, sign, signature
from tests.declarations.enlisting import add, targets
from tests.declarations.inviting import person, redeem
from tests.declarations.recounting import leaves, valid
from tests.declarations.test_erasing import REASON, all_of, row_of, with_new_index
from tests.declarations.test_invalidation import seek
from tests.declarations.test_links import export, rows
from tests.people import officer

NAME = "Pemegang Rekaan"


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


@pytest.fixture
async def link(client: AsyncClient, sijunjung: Headers, where: Body) -> str:
    """The ticket of a post whose holder the roster does not name."""
    assert (await add(client, sijunjung, where, name=None)).status_code == 201
    [row] = rows(await export(client, sijunjung, where))
    return row["link"].partition("#")[2]


async def certificate(client: AsyncClient, link: str) -> Body:
    answer = await client.post("/signatures/certificate", json={"ticket": link})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_who_signs_for_a_post_tells_a_name(
    client: AsyncClient, sessions: Sessions, where: Body, link: str
) -> None:
    nameless = await redeem(client, link)
    plain = await client.post("/signatures", json={"ticket": link, "name": None})
    asked = (await client.post("/signatures/lookup", json={"ticket": link})).json()

    for refused in (nameless, plain):
        assert (refused.status_code, refused.json()["code"]) == (422, "name-needed")
        assert refused.json()["errors"][0]["pointer"] == "/name"
    assert (asked["needs_name"], asked["person"]["name"]) == (True, "")
    assert await valid(sessions, where) == 0


async def test_the_refusal_is_told_in_english_too(client: AsyncClient, link: str) -> None:
    english = {"Accept-Language": "en"}

    answer = await client.post("/signatures", json={"ticket": link}, headers=english)

    assert answer.json()["detail"] == "This link is for a post: tell your name to sign."


async def test_the_certificate_names_the_holder_and_the_leaf_commits_to_that_person(
    client: AsyncClient, sessions: Sessions, where: Body, link: str
) -> None:
    signed = await redeem(client, link, name=f" {NAME} ")

    assert (signed.status_code, signed.json()["check"]) == (201, "not_needed")
    shown = await certificate(client, link)
    opening = shown["opening"]
    assert shown["signer"]["name"] == opening["person"]["name"] == NAME
    committed = commitment(
        UUID(opening["signature"]),
        person_hash(bytes.fromhex(opening["salt"]), opening["person"]),
        Method(opening["method"]),
        datetime.fromisoformat(opening["captured_at"]),
        datetime.fromisoformat(opening["recorded_at"]),
    )
    [leaf] = await leaves(sessions, where)
    assert leaf.commitment == committed
    own = (await client.post("/signatures/lookup", json={"ticket": link})).json()
    assert (own["person"]["name"], own["needs_name"]) == (NAME, False)
    checked = await client.post(f"/verify/{shown['code']}/name", json={"name": NAME})
    assert checked.json() == {"is_same": True}


async def test_a_repeat_is_answered_and_another_name_is_refused(
    client: AsyncClient, sessions: Sessions, where: Body, link: str
) -> None:
    first = await redeem(client, link, name=NAME)

    again = await redeem(client, link, name=NAME)
    other = await redeem(client, link, name="Orang Lain Rekaan")

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (other.status_code, other.json()["code"]) == (409, "conflicting-body")
    assert (await certificate(client, link))["signer"]["name"] == NAME
    assert await valid(sessions, where) == 1


async def test_nobody_signs_in_the_name_of_another(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers, where: Body
) -> None:
    await add(client, sijunjung, where)
    [row] = rows(await export(client, sijunjung, where))

    answer = await redeem(client, row["link"].partition("#")[2], name=NAME)

    assert (answer.status_code, answer.json()["code"]) == (422, "name-known")
    assert await valid(sessions, where) == 0


async def test_the_holder_counts_once(
    client: AsyncClient, sessions: Sessions, where: Body, link: str
) -> None:
    """Whoever had signed by the open link, unchecked, gives way to the post."""
    by_link = await sign(client, where, signature(1, name=NAME))

    by_ticket = await redeem(client, link, name=NAME)

    assert (by_link.status_code, by_ticket.status_code) == (201, 201)
    assert await valid(sessions, where) == 1


async def test_officers_read_the_name_and_the_roster_stays_what_it_was(
    client: AsyncClient, sijunjung: Headers, where: Body, link: str
) -> None:
    await redeem(client, link, name=NAME)
    await published(client)

    path = f"/declarations/{where['id']}/signatures"
    [signed] = (await client.get(path, headers=sijunjung)).json()["items"]
    [listed] = await targets(client, sijunjung, where)

    assert signed["signer"]["name"] == NAME
    assert (listed["has_signed"], listed["person"]["name"]) == (True, "")


async def test_a_holder_whose_post_is_off_the_roster_is_found(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers, where: Body, link: str
) -> None:
    signed = (await redeem(client, link, name=NAME)).json()
    await sign(client, where, signature(3))
    async with sessions.begin() as session:
        [own] = await targets(client, sijunjung, where)
        gone = delete(Target).where(Target.id == UUID(own["id"]))
        await session.execute(gone, execution_options={"fan_out": True})

    found = await seek(client, sijunjung, where, "target_removed")

    assert (found["found"], signed["state"]) == (1, "valid")


async def carried(client: AsyncClient, headers: Headers, where: Body) -> tuple[Any, Body]:
    device = await registered(client, headers, where)
    [target] = (await device.take_along())["targets"]
    return device, {"id": target["id"], "region_id": target["region_id"]}


async def test_in_the_room_the_same_holds(
    client: AsyncClient, sijunjung: Headers, where: Body, link: str
) -> None:
    device, post = await carried(client, sijunjung, where)
    named = device.collect(target=post, name=NAME)

    nameless = await device.deliver(device.collect(target=post))
    first = await device.deliver(named)
    again = await device.deliver(named)

    assert codes(nameless) == ["name-needed"]
    assert pointers(nameless) == ["/items/0/name"]
    assert (outcomes(first), outcomes(again)) == (["recorded"], ["repeated"])
    assert (await certificate(client, link))["signer"]["name"] == NAME


async def test_in_the_room_nobody_else_is_renamed(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    await add(client, sijunjung, where)
    device, person = await carried(client, sijunjung, where)

    answer = await device.deliver(
        device.collect(target=person, name=NAME), device.collect(name=NAME)
    )

    assert codes(answer) == ["name-known", "name-known"]


def pointers(answer: Response) -> list[str]:
    problems = [each["problem"] for each in answer.json()["items"]]
    return [fault["pointer"] for each in problems for fault in each["errors"]]


async def test_the_holder_is_erased_and_no_other_post_of_the_same_name(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    province, custodian = [
        await officer(sessions, keys, role=role, office_code="bawaslu-13")
        for role in (Role.PREVENTION_STAFF, Role.CUSTODIAN)
    ]
    where = await opened(client, province, region_code="13")
    for region in ("13.03", "13.04"):
        await add(client, province, where, name=None, region_code=region)
    here = next(
        row["link"].partition("#")[2]
        for row in rows(await export(client, province, where))
        if row["region_code"] == "13.03"
    )
    post = (await redeem(client, here, name=NAME)).json()

    path = f"/declarations/{where['id']}/persons/{post['id']}/erasure"
    erased = await client.post(path, json=REASON, headers=custodian)

    assert erased.json()["erased_ids"] == [post["id"]]
    shown = await client.post("/signatures/certificate", json={"ticket": here})
    assert (shown.status_code, shown.json()["code"]) == (404, "unknown-ticket")


async def test_a_new_index_key_keeps_the_holder_apart_from_the_post(
    client: AsyncClient, sessions: Sessions, keys: Keyring, where: Body, link: str
) -> None:
    id = (await redeem(client, link, name=NAME)).json()["id"]
    fresh = with_new_index(keys)
    holder = person(1).model_copy(update={"name": NAME})

    done = [number async for number in rekey_persons(sessions, fresh)]

    signed = [each.person_key for each in await all_of(sessions, Signature)]
    target = await row_of(sessions, Target, id)
    assert sum(done) == 2
    assert signed == [fresh.blind(files.SIGNER, files.person_in(holder))]
    assert target.person_key not in signed
