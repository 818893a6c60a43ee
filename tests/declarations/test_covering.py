"""Who should sign and has is counted by what is so, in whatever order it became so."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import update

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.jobs import rekey_persons
from app.declarations.models.declarations import Target
from app.declarations.service.counting import Coverer
from app.ledger.repository.leaves import LeafRepository
from app.ledger.rules.leaves import Leaf
from app.ledger.rules.logs import LogName
from tests.declarations.declaring import Body, Headers, opened, published, sign, signature, take
from tests.declarations.enlisting import add, coverage, targets
from tests.declarations.inviting import redeem
from tests.declarations.test_erasing import erase, with_new_index
from tests.declarations.test_links import export, rows
from tests.declarations.test_withdrawal import withdraw

NAME = signature(1)["name"]


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


@dataclass
class Rotation:
    """A new index key, which comes into use and then gets all rows."""

    app: FastAPI
    fresh: Keyring

    def begin(self) -> None:
        self.app.state.keys = self.fresh

    def carry_on(self) -> AsyncIterator[int]:
        return rekey_persons(self.app.state.sessions, self.fresh)

    async def carry_out(self) -> int:
        return sum([number async for number in self.carry_on()])


@pytest.fixture
def rotation(app: FastAPI, keys: Keyring) -> Rotation:
    return Rotation(app, with_new_index(keys))


async def counted(client: AsyncClient, where: Body) -> tuple[int, int]:
    await published(client)
    return await coverage(client, where)


async def strike_off(
    client: AsyncClient, headers: Headers, where: Body, target: Response
) -> Response:
    path = f"/declarations/{where['id']}/targets/{target.json()['id']}"
    return await client.delete(path, headers=headers)


async def status(client: AsyncClient, where: Body) -> str:
    return str((await client.get(f"/declarations/{where['id']}")).json()["status"])


async def listed_twice(client: AsyncClient, headers: Headers, where: Body) -> str:
    """Put a post on the roster, and who holds it by name; return the ticket of the post."""
    for name in (None, NAME):
        assert (await add(client, headers, where, name=name)).status_code == 201
    links = rows(await export(client, headers, where))
    return next(each["link"].partition("#")[2] for each in links if not each["name"])


async def test_who_signs_for_a_post_and_is_listed_by_name_covers_both(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    link = await listed_twice(client, sijunjung, where)

    signed = await redeem(client, link, name=NAME)
    covered = await counted(client, where)
    await withdraw(client, link)

    assert (signed.status_code, covered) == (201, (2, 2))
    assert await counted(client, where) == (0, 2)


@pytest.mark.parametrize("most", [1, 2, 100])
async def test_in_whatever_pieces_coverage_follows_it_comes_to_the_same(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, where: Body, most: int
) -> None:
    """Who signed and took it back within one piece is not covered, and who signed again by another
    way is."""
    for number in (1, 2, 3):
        await add(client, sijunjung, where, number=number)
    links = rows(await export(client, sijunjung, where))
    by_ticket = [each["link"].partition("#")[2] for each in links]
    await sign(client, where, signature(9))
    for each in by_ticket:
        assert (await redeem(client, each)).status_code == 201
    await withdraw(client, by_ticket[0])

    pieces: list[int] = []
    while not pieces or pieces[-1]:
        async with sessions.begin() as session:
            pieces.append(await Coverer(session, most).follow())

    assert sum(pieces) >= 5
    assert max(pieces) <= most
    assert await coverage(client, where) == (2, 3)


async def test_who_stands_twice_in_a_log_that_was_altered_is_covered_once(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, where: Body
) -> None:
    await add(client, sijunjung, where)
    (link,) = rows(await export(client, sijunjung, where))
    signed = (await redeem(client, link["link"].partition("#")[2])).json()
    async with sessions.begin() as session:
        leaves = LeafRepository(session, LogName.DECLARATIONS)
        index = await leaves.lock()
        (again,) = await leaves.between(signed["leaf_index"], signed["leaf_index"] + 1)
        await leaves.append(index, [Leaf(again.data, again.region_id, again.subject_id)])

    async with sessions.begin() as session:
        await Coverer(session).follow()

    assert await coverage(client, where) == (1, 1)


async def test_an_erased_target_keeps_the_signature_that_covers_it(
    client: AsyncClient, sijunjung: Headers, custodian: Headers, where: Body
) -> None:
    """So it stays on the roster, and is covered for as long as the signature counts."""
    target, _ = [await add(client, sijunjung, where, number=number) for number in (1, 2)]
    signed = (await sign(client, where, signature(1))).json()
    before = await counted(client, where)

    erased = [await erase(client, custodian, where, target.json()["id"]) for _ in range(2)]

    kept = await strike_off(client, sijunjung, where, target)
    taken_back = await withdraw(client, signed["ticket"])
    assert (before, erased) == ((1, 2), [200, 200])
    assert (kept.status_code, kept.json()["code"]) == (409, "target-has-signed")
    assert taken_back.json()["state"] == "withdrawn"
    assert await counted(client, where) == (0, 2)


async def test_the_holder_of_a_post_keeps_covering_the_erased_name(
    client: AsyncClient, sijunjung: Headers, custodian: Headers, where: Body
) -> None:
    link = await listed_twice(client, sijunjung, where)
    await redeem(client, link, name=NAME)
    before = await counted(client, where)
    [named] = [each for each in await targets(client, sijunjung, where) if each["person"]["name"]]

    erased = await erase(client, custodian, where, named["id"])

    await withdraw(client, link)
    assert (before, erased, await counted(client, where)) == ((2, 2), 200, (0, 2))


async def test_who_is_counted_as_signed_stays_on_the_roster(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers, where: Body
) -> None:
    """As somebody who was erased before both kept the same index."""
    target = await add(client, sijunjung, where)
    await sign(client, where, signature(1))
    assert await counted(client, where) == (1, 1)
    async with sessions.begin() as session:
        cut = update(Target).where(Target.id == UUID(target.json()["id"]))
        lost = cut.values(person_key=bytes(16), salt=None)
        await session.execute(lost, execution_options={"fan_out": True})

    answer = await strike_off(client, sijunjung, where, target)

    assert (answer.status_code, answer.json()["code"]) == (409, "target-has-signed")
    assert await counted(client, where) == (1, 1)


async def test_who_signs_under_a_new_index_key_is_counted_once_the_roster_has_it(
    client: AsyncClient, sijunjung: Headers, where: Body, rotation: Rotation
) -> None:
    await add(client, sijunjung, where)
    rotation.begin()
    await sign(client, where, signature(1))
    await take(client, sijunjung, where, "holding")
    before = (await counted(client, where), await status(client, where))

    done = await rotation.carry_out()

    assert (before, done) == (((0, 1), "held"), 1)
    assert (await counted(client, where), await status(client, where)) == ((1, 1), "complete")


async def test_who_is_listed_under_a_new_index_key_is_counted_once_the_signature_has_it(
    client: AsyncClient, sijunjung: Headers, where: Body, rotation: Rotation
) -> None:
    await sign(client, where, signature(1))
    await published(client)
    rotation.begin()
    target = await add(client, sijunjung, where)
    before = await counted(client, where)

    refused = await strike_off(client, sijunjung, where, target)
    done = await rotation.carry_out()

    assert (before, done) == ((0, 1), 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "target-has-signed")
    assert await counted(client, where) == (1, 1)


async def test_who_takes_it_back_amid_a_rotation_is_no_longer_counted_after_it(
    client: AsyncClient, sijunjung: Headers, where: Body, rotation: Rotation
) -> None:
    await add(client, sijunjung, where)
    signed = (await sign(client, where, signature(1))).json()
    before = await counted(client, where)
    rotation.begin()
    batches = rotation.carry_on()

    # The signature is under the new key, the roster not yet.
    await anext(batches)
    await withdraw(client, signed["ticket"])
    amid = await counted(client, where)
    rest = [number async for number in batches]

    assert (before, amid, rest) == ((1, 1), (1, 1), [1])
    assert await counted(client, where) == (0, 1)
