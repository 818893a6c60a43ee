"""What a reporter adds after filing reaches the desk whole, once, and is not shown to a thief."""

from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.complaints.models.contact import Supplement
from app.complaints.rules.contact import MOST_SUPPLEMENTS
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from tests.complaints.filing import Body, file, receipt
from tests.complaints.searching import found, mark
from tests.people import officer

OFFICE = "bawaslu-73.04"


def supplement(**changes: Any) -> Body:
    body: Body = {
        "account": "Rekaan: apel dimulai pukul tujuh.",
        "reported_persons": [{"name": "Terlapor Kedua", "employee_number": "198001012005011001"}],
        "witnesses": [{"name": "Saksi Kedua"}],
        "evidence_notes": ["Daftar hadir rekaan"],
    }
    return body | changes


async def add(client: AsyncClient, filed: Body, body: Body, id: Any = None) -> Response:
    path = f"/receipt/supplements/{id or new_id()}"
    return await client.put(path, json=body, headers=receipt(filed))


@pytest.fixture
async def filed(client: AsyncClient) -> Body:
    return await file(client)


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await officer(sessions, keys, role="handler", office_code=OFFICE)


async def test_the_desk_reads_what_was_added(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    added = await add(client, filed, supplement())

    answer = await client.get(f"/complaints/{filed['id']}/supplements", headers=desk)

    [read] = answer.json()["items"]
    assert added.status_code == 201, added.text
    assert read["id"] == added.json()["id"]
    assert read["account"] == "Rekaan: apel dimulai pukul tujuh."
    assert read["reported_persons"][0]["employee_number"] == "198001012005011001"
    assert read["witnesses"][0]["name"] == "Saksi Kedua"
    assert read["evidence_notes"] == ["Daftar hadir rekaan"]


async def test_its_persons_stand_behind_those_of_the_complaint(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    for name in ("Terlapor Kedua", "Terlapor Ketiga"):
        await add(client, filed, supplement(reported_persons=[{"name": name}]))

    read = (await client.get(f"/complaints/{filed['id']}", headers=desk)).json()

    assert [each["name"] for each in read["reported_persons"]] == [
        "Terlapor Rekaan",
        "Terlapor Kedua",
        "Terlapor Ketiga",
    ]
    assert [each["name"] for each in read["witnesses"]] == ["Saksi Kedua", "Saksi Kedua"]
    assert (read["supplements"], read["reported_count"]) == (2, 3)


async def test_a_search_finds_what_it_says(
    client: AsyncClient, sessions: Sessions, keys: Keyring, filed: Body, desk: dict[str, str]
) -> None:
    await mark(sessions, keys)
    before = await found(client, desk, person={"name": "Terlapor Kedua"})

    await add(client, filed, supplement(account="Dilanjutkan dengan pembagian sembako."))
    await mark(sessions, keys)

    assert before == []
    assert await found(client, desk, person={"name": "terlapor kedua"}) == [filed["id"]]
    assert await found(client, desk, words="sembako") == [filed["id"]]


async def test_a_supplement_arrives_exactly_once(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    id = new_id()

    first = await add(client, filed, supplement(), id)
    again = await add(client, filed, supplement(), id)
    other = await add(client, filed, supplement(account="Lain."), id)

    read = (await client.get(f"/complaints/{filed['id']}", headers=desk)).json()
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    assert other.json()["code"] == "conflicting-body"
    assert (read["supplements"], len(read["reported_persons"])) == (1, 2)


async def test_an_id_of_another_report_is_taken_and_adds_no_person(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    other, id = await file(client), new_id()
    await add(client, other, supplement(), id)

    answer = await add(client, filed, supplement(), id)

    read = (await client.get(f"/complaints/{filed['id']}", headers=desk)).json()
    assert answer.status_code == 409
    assert (read["supplements"], len(read["reported_persons"])) == (0, 1)


async def test_the_sender_sees_how_much_and_not_what(client: AsyncClient, filed: Body) -> None:
    added = (await add(client, filed, supplement())).json()

    answer = await client.get("/receipt/supplements", headers=receipt(filed))

    assert answer.json()["items"] == [added]
    assert added["has_account"] is True
    assert [added[name] for name in ("reported_persons", "witnesses", "evidence_notes")] == [1] * 3
    assert "Saksi" not in answer.text


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "", "empty-supplement"),
        ({"account": None, "witnesses": []}, "", "empty-supplement"),
        ({"account": ""}, "/account", "string-too-short"),
        ({"witnesses": [{"name": "Saksi", "position": "x"}]}, "/witnesses/0", "extra-forbidden"),
        ({"reported_persons": [{"name": "X"}] * 51}, "/reported_persons", "too-long"),
        ({"reporter": {"name": "Pelapor Rekaan"}}, "", "extra-forbidden"),
    ],
)
async def test_a_bad_form_is_told_where(
    client: AsyncClient, filed: Body, body: Body, pointer: str, code: str
) -> None:
    answer = await add(client, filed, body)

    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        (pointer, code)
    ]


async def test_one_supplement_too_many_is_refused_and_the_others_can_be_repeated(
    client: AsyncClient, filed: Body
) -> None:
    id = new_id()
    await add(client, filed, {"account": "Rekaan."}, id)
    for _ in range(MOST_SUPPLEMENTS - 1):
        await add(client, filed, {"account": "Rekaan."})

    refused = await add(client, filed, {"account": "Rekaan."})
    again = await add(client, filed, {"account": "Rekaan."}, id)

    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-supplements")
    assert again.status_code == 200


async def test_it_lies_sealed_and_in_the_history_by_name_only(
    client: AsyncClient, sessions: Sessions, filed: Body, desk: dict[str, str]
) -> None:
    await add(client, filed, supplement())
    await client.get(f"/complaints/{filed['id']}/supplements", headers=desk)

    history = await client.get(f"/complaints/{filed['id']}/history", headers=desk)
    async with sessions.begin() as session:
        row = (await session.scalars(select(Supplement))).one()

    assert b"Kedua" not in row.sealed
    assert [each["action"] for each in history.json()["items"]] == [
        "complaint.supplements_read",
        "complaint.supplemented",
        "complaint.filed",
    ]


async def test_a_rehearsal_adds_nothing(
    client: AsyncClient, filed: Body, desk: dict[str, str]
) -> None:
    path = f"/receipt/supplements/{new_id()}?validate_only=true"

    answer = await client.put(path, json=supplement(), headers=receipt(filed))

    read = (await client.get(f"/complaints/{filed['id']}", headers=desk)).json()
    assert answer.status_code == 204
    assert (read["supplements"], read["reported_count"]) == (0, 1)


async def test_another_province_is_out_of_sight(
    client: AsyncClient, sessions: Sessions, keys: Keyring, filed: Body
) -> None:
    other = await officer(sessions, keys, role="handler", office_code="bawaslu-13")

    answer = await client.get(f"/complaints/{filed['id']}/supplements", headers=other)

    assert answer.status_code == 404
