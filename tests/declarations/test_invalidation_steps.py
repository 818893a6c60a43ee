"""A rule that finds many: one preview, and as many steps as it takes."""

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.repository import invalidations as kept
from app.declarations.service import invalidations
from tests.declarations.collecting import send
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.declarations.inviting import invite, redeem, ticket
from tests.declarations.recounting import recount, valid
from tests.declarations.rosters import listed
from tests.declarations.test_checking import REASON, judge
from tests.declarations.test_invalidation import seek, step
from tests.declarations.test_papers import scanned, wet


@pytest.fixture
def in_twos(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two signatures in one step, in batches of one."""
    monkeypatch.setattr(invalidations, "STEP", 2)
    monkeypatch.setattr(invalidations, "_BATCH", 1)
    monkeypatch.setattr(kept, "_BATCH", 2)


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    """Five persons have signed in two regencies each."""
    where = await opened(client, sijunjung)
    for number in range(5):
        for region in ("13.03", "73.07"):
            await sign(client, where, signature(number, region_code=region))
    return where


@pytest.mark.usefixtures("in_twos")
async def test_a_rule_is_applied_and_taken_back_step_by_step(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers, where: Body
) -> None:
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")

    applied = [(await step(client, sijunjung, seen, "approval")).json() for _ in range(3)]
    counted = await valid(sessions, where)
    more = await step(client, sijunjung, seen, "approval")
    reversed_ = [(await step(client, sijunjung, seen, "reversal")).json() for _ in range(3)]

    assert [each["invalidated"] for each in applied] == [2, 4, 5]
    assert [each["applied_at"] is None for each in applied] == [True, True, False]
    assert (counted, more.json()["code"]) == (5, "invalidation-applied")
    assert [each["reinstated"] for each in reversed_] == [2, 4, 5]
    assert [each["reversed_at"] is None for each in reversed_] == [True, True, False]
    assert await valid(sessions, where) == await recount(sessions, where) == 10
    told = [each.payload for each in await listed(sessions, "invalidation.applied")]
    assert [(each["count"], each["found"]) for each in told] == [(2, 5), (2, 5), (1, 5)]


@pytest.mark.usefixtures("in_twos")
async def test_what_was_applied_in_part_is_taken_back_and_never_applied_further(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers, where: Body
) -> None:
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    await step(client, sijunjung, seen, "approval")

    answer = await step(client, sijunjung, seen, "reversal")
    further = await step(client, sijunjung, seen, "approval")

    said = answer.json()
    assert (said["reinstated"], said["reversed_at"] is None) == (2, False)
    assert further.json()["code"] == "invalidation-reversed"
    assert await valid(sessions, where) == await recount(sessions, where) == 10


@pytest.mark.usefixtures("in_twos")
async def test_a_step_is_refused_where_its_own_have_changed(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers, where: Body
) -> None:
    seen = await seek(client, sijunjung, where, "same_person_elsewhere")
    await step(client, sijunjung, seen, "approval")
    path = f"/declarations/{where['id']}/invalidations/{seen['id']}/signatures"
    found = (await client.get(path, headers=sijunjung)).json()["items"]
    third = sorted(found, key=lambda each: each["leaf_index"])[2]
    on_third = {"id": third["signature_id"], "declaration_id": where["id"]}
    await judge(client, sijunjung, on_third, "rejection", **REASON)

    answer = await step(client, sijunjung, seen, "approval")

    assert (answer.status_code, answer.json()["code"]) == (409, "invalidation-set-changed")
    assert await valid(sessions, where) == await recount(sessions, where) == 7


@pytest.fixture
async def thrice(
    client: AsyncClient, sessions: Sessions, keys: Keyring, sijunjung: Headers
) -> Body:
    """One person signed by ticket, on a sheet, and by the open link under another spelling."""
    where = await opened(client, sijunjung)
    (target,) = await invite(sessions, keys, where, 1)
    await redeem(client, ticket(keys, target))
    item = wet(await scanned(client, sijunjung, where), 2)
    await send(client, where, [item], sijunjung)
    by_link = (await sign(client, where, signature(1, position="Pak Camat"))).json()
    for id in (item["id"], by_link["id"]):
        on_it = {"id": id, "declaration_id": where["id"]}
        said = await judge(client, sijunjung, on_it, "confirmation", stands_for=str(target.id))
        assert said.status_code == 200, said.text
    return where


@pytest.fixture(params=[1, 2, 9])
def stepwise(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr(invalidations, "STEP", request.param)


async def whole(client: AsyncClient, headers: Headers, seen: Body, name: str) -> Body:
    """As many steps as it takes."""
    ended = {"approval": "applied_at", "reversal": "reversed_at"}[name]
    while True:
        answer = await step(client, headers, seen, name)
        assert answer.status_code == 200, answer.text
        if answer.json()[ended]:
            return dict(answer.json())


@pytest.mark.usefixtures("stepwise")
@pytest.mark.parametrize(("rule", "found"), [("paper_and_electronic", 2), ("outside_opening", 3)])
async def test_where_a_step_ends_changes_nothing(
    client: AsyncClient, sijunjung: Headers, thrice: Body, rule: str, found: int
) -> None:
    """Whether what stands for one target is changed in one step, or in several."""
    seen = await seek(client, sijunjung, thrice, rule)

    applied = await whole(client, sijunjung, seen, "approval")
    reversed_ = await whole(client, sijunjung, seen, "reversal")

    told = (seen["found"], applied["invalidated"], reversed_["reinstated"])
    assert told == (found, found, found)


async def test_where_a_preview_ends_changes_nothing_either(
    client: AsyncClient,
    sessions: Sessions,
    sijunjung: Headers,
    thrice: Body,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(invalidations, "MOST", 1)

    seen = []
    for _ in range(2):
        seen.append(await seek(client, sijunjung, thrice, "paper_and_electronic"))
        await step(client, sijunjung, seen[-1], "approval")

    assert [(each["found"], each["is_complete"]) for each in seen] == [(1, False), (1, True)]
    assert await valid(sessions, thrice) == await recount(sessions, thrice) == 1


async def test_where_there_are_more_than_a_preview_holds_it_says_so(
    client: AsyncClient,
    sessions: Sessions,
    sijunjung: Headers,
    where: Body,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(invalidations, "MOST", 3)

    first = await seek(client, sijunjung, where, "same_person_elsewhere")
    await step(client, sijunjung, first, "approval")
    second = await seek(client, sijunjung, where, "same_person_elsewhere")

    assert (first["found"], first["is_complete"]) == (3, False)
    assert (second["found"], second["is_complete"]) == (2, True)
    assert await valid(sessions, where) == await recount(sessions, where) == 7
