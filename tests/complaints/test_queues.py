"""Queues: what waits, how much of it, and whose it is."""

from typing import Any

from httpx import AsyncClient
from sqlalchemy import insert

from app.complaints.models.complaints import Complaint
from app.complaints.rules.desk import BUILT_IN, COUNTED, MOST_QUEUES
from app.complaints.schemas.search import FilterIn
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from tests.complaints.filing import file
from tests.complaints.searching import Headers
from tests.people import officer

HERE = "bawaslu-73.04"
QUEUE = {"name": "Terlambat", "is_shared": True, "filter": {"filed_late": True, "sort": "due"}}


async def counts(client: AsyncClient, headers: Headers) -> dict[str, Any]:
    answer = await client.get("/queues", headers=headers)
    assert answer.status_code == 200, answer.text
    return {each["name"]["en"]: each for each in answer.json()["items"]}


async def at(
    sessions: Sessions, keys: Keyring, office: str = HERE, role: str = "handler"
) -> Headers:
    return await officer(sessions, keys, role=role, office_code=office)


def test_every_built_in_queue_has_a_valid_filter() -> None:
    filters = [FilterIn.model_validate(each.filter) for each in BUILT_IN]

    assert len({each.id for each in BUILT_IN}) == len(filters) >= 5


async def test_the_built_in_queues_count_what_waits(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    await file(client, reporter=None)
    await file(client, event={"region_code": "13.03"})
    desk = await at(sessions, keys)

    before = await counts(client, desk)
    await client.post(f"/complaints/{filed['id']}/review", headers=desk)
    after = await counts(client, desk)

    assert (before["New reports"]["count"], after["New reports"]["count"]) == (1, 0)
    assert after["Under initial review"]["count"] == 1
    assert after["Initial information not yet traced"]["count"] == 1
    assert not any(each["is_capped"] for each in after.values())


async def test_a_long_queue_is_not_counted_to_its_end(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await file(client)
    desk = await at(sessions, keys)
    async with sessions.begin() as session:
        row = await session.get_one(Complaint, filed["id"])
        columns = {each.key: getattr(row, each.key) for each in Complaint.__table__.columns}
        await session.execute(
            insert(Complaint), [columns | {"id": new_id()} for _ in range(COUNTED)]
        )

    queue = (await counts(client, desk))["New reports"]

    assert (queue["count"], queue["is_capped"]) == (COUNTED, True)


async def test_a_queue_is_read_as_the_list_is(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = [(await file(client))["id"] for _ in range(3)]
    await file(client, reporter=None)
    desk = await at(sessions, keys)
    path = f"/queues/{BUILT_IN[0].id}/complaints"

    first = (await client.get(path, params={"limit": 2, "count": "exact"}, headers=desk)).json()
    cursor = first["next_cursor"]
    second = await client.get(path, params={"limit": 2, "cursor": cursor}, headers=desk)
    other = f"/queues/{BUILT_IN[1].id}/complaints"
    refused = await client.get(other, params={"cursor": cursor}, headers=desk)

    assert [row["id"] for row in first["items"] + second.json()["items"]] == filed
    assert first["total"] == 3
    assert refused.json()["errors"][0]["code"] == "wrong-cursor"


async def test_a_saved_queue_is_there_for_the_office_or_for_one(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    me, colleague = await at(sessions, keys), await at(sessions, keys)
    stranger = await at(sessions, keys, "bawaslu-73")
    shared = await client.post("/queues", json=QUEUE, headers=me)
    own = QUEUE | {"name": "Punyaku", "is_shared": False}
    assert (await client.post("/queues", json=own, headers=me)).status_code == 201
    await file(client, event={"occurred_on": "2024-09-01", "known_on": "2024-09-02"})

    seen = [await counts(client, each) for each in (me, colleague, stranger)]
    path = f"/queues/{shared.json()['id']}"
    answers = [
        await client.get(f"{path}/complaints", headers=stranger),
        await client.delete(path, headers=stranger),
        await client.get(f"{path}/complaints", headers=colleague),
        await client.delete(path, headers=colleague),
        await client.get(f"{path}/complaints", headers=me),
    ]

    assert shared.status_code == 201, shared.text
    assert [{"Terlambat", "Punyaku"} & each.keys() for each in seen] == [
        {"Terlambat", "Punyaku"},
        {"Terlambat"},
        set(),
    ]
    assert seen[0]["Terlambat"]["count"] == 1
    assert seen[0]["Terlambat"]["filter"]["sort"] == "due"
    assert [each.status_code for each in answers] == [404, 404, 200, 200, 404]


async def test_a_queue_holds_nothing_of_any_person(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    desk = await at(sessions, keys)
    filter = {"words": "rahasia"}

    answer = await client.post("/queues", json=QUEUE | {"filter": filter}, headers=desk)

    assert answer.status_code == 422
    assert answer.json()["errors"][0] | {"message": ""} == {
        "pointer": "/filter",
        "code": "extra-forbidden",
        "message": "",
    }


async def test_there_is_a_limit_for_one_and_for_the_office(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    desk = await at(sessions, keys)
    own = QUEUE | {"is_shared": False}
    for _ in range(MOST_QUEUES):
        assert (await client.post("/queues", json=own, headers=desk)).status_code == 201

    refused = await client.post("/queues", json=own, headers=desk)
    for_the_office = await client.post("/queues", json=QUEUE, headers=desk)
    listed = await client.get("/queues", headers=desk)

    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-queues")
    assert for_the_office.status_code == 201
    assert len(listed.json()["items"]) == len(BUILT_IN) + MOST_QUEUES + 1
