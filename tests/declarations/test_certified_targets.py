"""Documents in which somebody of the roster has signed: until they are checked, they take nothing
from the person."""

from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.models.declarations import Target
from app.evidence.jobs.checks import check_documents
from app.evidence.service.checks import CheckService
from app.web.clock import present
from tests.declarations.collecting import codes, outcomes, registered, send
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.enlisting import add
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import recount, valid
from tests.declarations.test_certified import brought, certified
from tests.declarations.test_checking import REASON, judge
from tests.declarations.test_issued_links import certificate, issue
from tests.declarations.test_links import export, rows
from tests.evidence.signed import signatory, signed


@dataclass
class Desk:
    """An organiser with a checked document in which two have signed, and a target of the roster."""

    client: AsyncClient
    headers: Headers
    where: Body
    document: str
    target: Target
    link: str

    def item(self, number: int = 1) -> Body:
        """The target has signed in the document."""
        item = certified(self.document, signature=number)
        del item["signer"]
        return item | {"target": {"id": str(self.target.id), "region_id": self.target.region_id}}

    async def send(self, item: Body) -> Response:
        return await send(self.client, self.where, [item], self.headers)

    async def recorded(self, **changes: Any) -> Body:
        answer = await self.send(self.item() | changes)
        assert outcomes(answer) == ["recorded"], answer.text
        return dict(answer.json()["items"][0]["signature"])

    async def judge(self, signed: Response | Body, step: str) -> Response:
        said = REASON if step != "confirmation" else {}
        return await judge(self.client, self.headers, signed, step, **said)


@pytest.fixture
async def desk(
    app: FastAPI, client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> Desk:
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    document = await brought(client, sijunjung, where, signed(signed(), "Dua"))
    objects, root = app.state.depot.objects, signatory().root
    await check_documents(CheckService(sessions, keys, objects, present, root))
    return Desk(client, sijunjung, where, document, target, ticket(keys, target))


async def test_a_wrong_document_leaves_the_target_its_own_link(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    wrong = await desk.recorded()
    await desk.judge(wrong, "rejection")

    seen = (await client.post("/signatures/lookup", json={"ticket": desk.link})).json()
    by_ticket = await redeem(client, desk.link)

    back = await desk.judge(wrong, "reinstatement")
    assert seen["signature"] is None
    assert by_ticket.status_code == 201
    assert (await certificate(client, desk.link))["state"] == "valid"
    assert back.json()["code"] == "target-stands-already"
    assert await valid(sessions, desk.where) == await recount(sessions, desk.where) == 1


async def test_a_document_that_waits_gives_way_to_its_target(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    await desk.recorded()

    by_ticket = await redeem(client, desk.link)

    assert by_ticket.status_code == 201
    assert await valid(sessions, desk.where) == await recount(sessions, desk.where) == 1


async def test_all_that_wait_give_way_to_the_holder_of_a_post(
    client: AsyncClient, sessions: Sessions, desk: Desk
) -> None:
    """One of them is of the same person, the other stands for the same post."""
    await add(client, desk.headers, desk.where, name=None)
    [link] = [
        row["link"].partition("#")[2]
        for row in rows(await export(client, desk.headers, desk.where))
        if not row["name"]
    ]
    device = await registered(client, desk.headers, desk.where)
    [post] = [each for each in (await device.take_along())["targets"] if not each["name"]]
    reference = {"id": post["id"], "region_id": post["region_id"]}
    await desk.recorded(target=reference, name="Satu Rekaan")
    by_link = await sign(client, desk.where, signature(1, name="Dua Rekaan"))

    by_ticket = await redeem(client, link, name="Dua Rekaan")

    assert (by_link.status_code, by_ticket.status_code) == (201, 201)
    assert await valid(sessions, desk.where) == await recount(sessions, desk.where) == 1


async def test_one_that_was_confirmed_is_the_targets_and_its_link_is_handed_out(
    client: AsyncClient, desk: Desk
) -> None:
    told = await desk.recorded()

    first = await desk.judge(told, "confirmation")
    again = await desk.judge(told, "confirmation")
    by_ticket = await redeem(client, desk.link)

    issued = (await issue(client, desk.headers, desk.where, told["id"])).json()
    shown = await certificate(client, issued["address"].partition("#")[2])
    assert (first.status_code, first.json()["check"]) == (200, "confirmed")
    assert again.json() == first.json()
    assert by_ticket.json()["code"] == "already-signed"
    assert (shown["signer"]["name"], shown["state"]) == ("Penanda Rekaan 1", "valid")


async def test_what_waits_displaces_nothing_that_waits(desk: Desk) -> None:
    first, second = desk.item(1), desk.item(2)
    await desk.send(first)

    assert codes(await desk.send(second)) == ["already-signed"]
    assert outcomes(await desk.send(first)) == ["repeated"]


async def test_a_document_that_was_rejected_and_reinstated_waits_anew(desk: Desk) -> None:
    told = await desk.recorded()
    await desk.judge(told, "rejection")

    back = await desk.judge(told, "reinstatement")
    confirmed = await desk.judge(told, "confirmation")

    assert (back.json()["state"], back.json()["check"]) == ("valid", "waiting")
    assert confirmed.json()["check"] == "confirmed"


async def test_a_rejected_target_who_signs_a_document_is_confirmed_as_it_stands(
    client: AsyncClient, desk: Desk
) -> None:
    forged = await redeem(client, desk.link)
    await desk.judge(forged, "rejection")
    told = await desk.recorded()

    confirmed = await desk.judge(told, "confirmation")

    device = await registered(client, desk.headers, desk.where)
    [carried] = (await device.take_along())["targets"]
    path = f"/declarations/{desk.where['id']}/signatures"
    found = (await client.get(path, headers=desk.headers)).json()["items"]
    [row] = [each for each in found if each["id"] == told["id"]]
    assert (confirmed.status_code, confirmed.json()["check"]) == (200, "confirmed")
    assert row["stands_for"] == str(desk.target.id)
    assert (carried["signed"], carried["state"]) == (True, "invalidated")
