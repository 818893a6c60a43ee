"""Declarations open and close, and are seen by those who may see them."""

from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.database import Sessions
from tests.declarations.declaring import MERGE, Headers, opened, plan, sign, signature, take


async def actions(sessions: Sessions) -> list[str]:
    """What the journal says about declarations, oldest first."""
    async with sessions.begin() as session:
        query = select(JournalEntry.action).order_by(JournalEntry.id)
        everything = await session.scalars(query, execution_options={"fan_out": True})
        return [each for each in everything if each.startswith(("declaration.", "signature"))]


async def test_the_steps_follow_each_other(
    client: AsyncClient, sessions: Sessions, sijunjung: Headers
) -> None:
    planned = await plan(client, sijunjung)

    early = await take(client, sijunjung, planned, "closing")
    opening = await take(client, sijunjung, planned, "opening")
    twice = await take(client, sijunjung, planned, "opening")
    closing = await take(client, sijunjung, planned, "closing")
    late = await take(client, sijunjung, planned, "cancellation")

    steps = (early, opening, twice, closing, late)
    assert [each.status_code for each in steps] == [409, 200, 409, 200, 409]
    assert early.json()["code"] == "declaration-step-refused"
    assert (closing.json()["status"], closing.headers["etag"]) == ("closed", '"3"')
    assert await actions(sessions) == [
        "declaration.planned",
        "declaration.opened",
        "declaration.closed",
    ]


async def test_a_rehearsed_step_changes_nothing(client: AsyncClient, sijunjung: Headers) -> None:
    planned = await plan(client, sijunjung)

    answer = await take(client, sijunjung, planned, "opening?validate_only=true")

    assert answer.status_code == 204
    assert (await client.get(f"/declarations/{planned['id']}")).json() == planned


async def test_the_public_does_not_see_a_cancelled_declaration(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers
) -> None:
    where = await opened(client, sijunjung)
    path = f"/declarations/{where['id']}"
    await sign(client, where, signature())

    cancelled = await take(client, sijunjung, where, "cancellation")

    assert cancelled.json()["status"] == "cancelled"
    assert [
        (await client.get(path)).status_code,
        (await client.get(f"{path}/tally")).status_code,
        (await client.get(path, headers=sinjai)).status_code,
        (await client.get(path, headers=sijunjung)).status_code,
    ] == [404, 404, 404, 200]
    assert (await client.get("/declarations")).json()["items"] == []
    mine = await client.get("/declarations?status=cancelled", headers=sijunjung)
    assert [each["id"] for each in mine.json()["items"]] == [where["id"]]


async def test_another_area_can_read_but_not_touch(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers, national: Headers
) -> None:
    planned = await plan(client, sijunjung)
    path = f"/declarations/{planned['id']}"
    version = MERGE | {"If-Match": '"1"'}

    patched = await client.patch(path, json={"place": "Aula"}, headers=sinjai | version)
    names = await client.get(f"{path}/signatures", headers=sinjai)
    steps = [
        await take(client, sinjai, planned, step) for step in ("opening", "closing", "cancellation")
    ]

    assert [each.status_code for each in (patched, names, *steps)] == [404] * 5
    assert (await client.get(path, headers=sinjai)).json() == planned
    assert (await take(client, national, planned, "opening")).status_code == 200


async def test_declarations_are_filtered_and_paged(
    client: AsyncClient, sijunjung: Headers, sinjai: Headers
) -> None:
    village = await plan(client, sijunjung, region_code="13.03.03.2001", kind="integrity_pact")
    regency = await opened(client, sijunjung)
    other = await plan(client, sinjai, region_code="73.07", election_code=None)

    async def ids(query: str) -> list[str]:
        answer = await client.get(f"/declarations?{query}")
        assert answer.status_code == 200, answer.text
        return [each["id"] for each in answer.json()["items"]]

    first = (await client.get("/declarations?limit=2")).json()
    assert await ids("") == [other["id"], regency["id"], village["id"]]
    assert await ids("region=13") == await ids("election=pilkada-2024")
    assert await ids("region=13") == [regency["id"], village["id"]]
    assert await ids("region=00") == await ids("")
    assert await ids("status=open") == [regency["id"]]
    assert await ids("kind=integrity_pact") == [village["id"]]
    assert await ids(f"limit=2&cursor={first['next_cursor']}") == [village["id"]]


async def test_a_ceremony_is_recorded_when_it_is_over_and_signing_goes_on(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    path = f"/declarations/{where['id']}/holding"

    early = await client.post(path, json={"held_on": "2999-01-01"}, headers=sijunjung)
    held = await client.post(
        path, json={"held_on": "2024-10-01", "place": "Aula Rekaan"}, headers=sijunjung
    )
    signed = await sign(client, where, signature())
    twice = await client.post(path, json={"held_on": "2024-10-01"}, headers=sijunjung)

    assert (early.status_code, early.json()["code"]) == (409, "declaration-not-held-yet")
    assert (held.json()["status"], held.json()["held_on"], held.json()["place"]) == (
        "held",
        "2024-10-01",
        "Aula Rekaan",
    )
    assert (signed.status_code, twice.status_code) == (201, 409)


async def test_what_was_signed_is_cancelled_with_a_reason_only(
    client: AsyncClient, sijunjung: Headers
) -> None:
    unsigned, where = await plan(client, sijunjung), await opened(client, sijunjung)
    await sign(client, where, signature())

    async def cancel(which: dict[str, str], **body: str) -> Response:
        path = f"/declarations/{which['id']}/cancellation"
        return await client.post(path, json=body, headers=sijunjung)

    refused = await cancel(where)
    cancelled = [await cancel(unsigned), await cancel(where, reason="Naskah keliru (rekaan).")]

    assert (refused.status_code, refused.json()["code"]) == (409, "cancellation-needs-reason")
    assert [(each.status_code, each.json()["cancellation_reason"]) for each in cancelled] == [
        (200, None),
        (200, "Naskah keliru (rekaan)."),
    ]
