"""Rules that let signatures not count: seen first, applied as seen, and taken back."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import delete

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.models.declarations import Target
from app.web.clock import present
from tests.declarations.collecting import send
from tests.declarations.declaring import Body, Headers, opened, sign, signature, take
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import leaves, recount, valid
from tests.declarations.test_checking import REASON, judge
from tests.declarations.test_papers import scanned, wet
from tests.declarations.test_withdrawal import withdraw

NUMBER = "198001012005011001"


async def seek(client: AsyncClient, headers: Headers, where: Body, rule: str) -> Body:
    path = f"/declarations/{where['id']}/invalidations"
    answer = await client.post(path, json={"rule": rule}, headers=headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def step(client: AsyncClient, headers: Headers, seen: Body, name: str) -> Response:
    path = f"/declarations/{seen['declaration_id']}/invalidations/{seen['id']}/{name}"
    return await client.post(path, headers=headers)


async def twice(client: AsyncClient, where: Body, **changes: Any) -> list[Body]:
    """One person signs in two regencies of a declaration."""
    body = signature(employee_number=NUMBER, **changes)
    regions = ("13.03", "73.07")
    return [(await sign(client, where, body | {"region_code": each})).json() for each in regions]


async def test_who_signed_in_two_regions_counts_where_he_was_first(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    _, second = await twice(client, where)
    await sign(client, where, signature(2))

    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    path = f"/declarations/{where['id']}/invalidations/{seen['id']}/signatures"
    found = (await client.get(path, headers=sijunjung)).json()["items"]
    before = await valid(sessions, where)
    applied = await step(client, sijunjung, seen, "approval")

    assert (seen["found"], seen["is_complete"], before) == (1, True, 3)
    assert [each["signature_id"] for each in found] == [second["id"]]
    assert seen["source"]["id"]
    assert applied.json()["applied_at"]
    assert await valid(sessions, where) == await recount(sessions, where) == 2
    assert (await withdraw(client, second["ticket"])).json()["code"] == "signature-invalidated"


async def test_a_reversal_lets_them_count_again(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    await twice(client, where)
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    early = await step(client, sijunjung, seen, "reversal")
    await step(client, sijunjung, seen, "approval")

    twice_applied = await step(client, sijunjung, seen, "approval")
    reversed_ = await step(client, sijunjung, seen, "reversal")
    again = await step(client, sijunjung, seen, "reversal")

    assert early.json()["code"] == "invalidation-not-applied"
    assert twice_applied.json()["code"] == "invalidation-applied"
    assert (reversed_.status_code, reversed_.json()["reinstated"]) == (200, 1)
    assert again.json()["code"] == "invalidation-reversed"
    assert [each.act for each in await leaves(sessions, where)] == [
        "signed",
        "signed",
        "invalidated",
        "reinstated",
    ]
    assert await valid(sessions, where) == await recount(sessions, where) == 2


async def test_what_changed_since_the_preview_is_not_applied(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    first, _ = await twice(client, where)
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    await withdraw(client, first["ticket"])

    answer = await step(client, sijunjung, seen, "approval")

    assert (answer.status_code, answer.json()["code"]) == (409, "invalidation-set-changed")
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_a_reversal_leaves_alone_to_what_something_else_was_done(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    _, second = await twice(client, where)
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    await step(client, sijunjung, seen, "approval")
    await judge(client, sijunjung, second, "reinstatement", **REASON)
    await withdraw(client, second["ticket"])

    answer = await step(client, sijunjung, seen, "reversal")

    assert answer.json()["reinstated"] == 0
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_a_reversal_leaves_alone_who_was_rejected_since(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    """To reject what did not count anyway adds no leaf to the log."""
    where = await opened(client, sijunjung)
    wrong = (await sign(client, where, signature(captured_at="2024-09-30T03:15:00Z"))).json()
    seen = await seek(client, sijunjung, where, "outside_opening")
    await step(client, sijunjung, seen, "approval")
    rejected = await judge(client, sijunjung, wrong, "rejection", **REASON)
    again = await sign(client, where, signature())

    answer = await step(client, sijunjung, seen, "reversal")

    assert (rejected.status_code, again.status_code) == (200, 201)
    assert answer.json()["reinstated"] == 0
    assert await valid(sessions, where) == await recount(sessions, where) == 1


async def test_witnesses_may_stand_in_two_regions(client: AsyncClient, sijunjung: Headers) -> None:
    where = await opened(client, sijunjung)
    await twice(client, where, role="witness")

    assert (await seek(client, sijunjung, where, "same_person_elsewhere"))["found"] == 0


LATER_TODAY = (present() + timedelta(hours=12)).isoformat()
"""By a clock that is wrong, but not so wrong that it is refused."""


@pytest.mark.parametrize(
    ("captured_at", "found"),
    [("2024-09-30T03:15:00Z", 1), (LATER_TODAY, 1), (None, 0)],
)
async def test_a_clock_that_says_it_was_not_open_is_found(
    client: AsyncClient, sijunjung: Headers, captured_at: str | None, found: int
) -> None:
    where = await opened(client, sijunjung)
    await sign(client, where, signature(captured_at=captured_at))
    await take(client, sijunjung, where, "closing")

    assert (await seek(client, sijunjung, where, "outside_opening"))["found"] == found


async def test_who_is_no_longer_on_the_roster_is_found(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    gone, stays = await invite(sessions, keys, where, 1, 2)
    for target in (gone, stays):
        await redeem(client, ticket(keys, target))
    await sign(client, where, signature(3))
    async with sessions.begin() as session:
        own = (Target.region_id == gone.region_id, Target.id == gone.id)
        await session.execute(delete(Target).where(*own))

    seen = await seek(client, sijunjung, where, "target_removed")
    await step(client, sijunjung, seen, "approval")

    assert seen["found"] == 1
    assert await valid(sessions, where) == await recount(sessions, where) == 2


async def test_who_signed_on_paper_and_by_ticket_counts_once(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> None:
    """On the sheet the name is written otherwise, so that only the organiser knows who it is."""
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    await redeem(client, ticket(keys, target))
    item = wet(await scanned(client, sijunjung, where), 2)
    await send(client, where, [item], sijunjung)
    on_sheet = {"id": item["id"], "declaration_id": where["id"]}

    stands = await judge(client, sijunjung, on_sheet, "confirmation", stands_for=str(target.id))
    seen = await seek(client, sijunjung, where, "paper_and_electronic")
    await step(client, sijunjung, seen, "approval")

    assert (stands.status_code, stands.json()["check"]) == (200, "confirmed")
    assert seen["found"] == 1
    assert await valid(sessions, where) == await recount(sessions, where) == 1
    reversed_ = await step(client, sijunjung, seen, "reversal")
    assert reversed_.json()["reinstated"] == 1


async def test_a_judgement_on_one_is_not_sought(client: AsyncClient, sijunjung: Headers) -> None:
    where = await opened(client, sijunjung)

    answer = await client.post(
        f"/declarations/{where['id']}/invalidations",
        json={"rule": "rejected_by_organiser"},
        headers=sijunjung,
    )

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/rule")


async def test_another_area_finds_and_applies_nothing(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers
) -> None:
    where = await opened(client, sijunjung)
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")

    listed = await client.get(f"/declarations/{where['id']}/invalidations", headers=sijunjung)
    refused = await client.get(f"/declarations/{where['id']}/invalidations", headers=sinjai)

    assert [each["id"] for each in listed.json()["items"]] == [seen["id"]]
    assert refused.status_code == 404
    assert (await step(client, sinjai, seen, "approval")).status_code == 404
