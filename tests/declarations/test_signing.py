"""Signing: exactly once, counted by everybody, read by name only where it is recorded."""

from typing import Any

import pytest
from httpx import AsyncClient

from app.core.ids import new_id
from tests.declarations.declaring import Headers, opened, plan, sign, signature, take, tally

NUMBER = "198001012005011001"
EVERYWHERE = {"fan_out": True}


async def test_a_signature_is_answered_without_the_person(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where, id = await opened(client, sijunjung), new_id()

    answer = await sign(client, where, signature(), id)

    signed = answer.json()
    assert answer.status_code == 201, answer.text
    assert signed.pop("recorded_at")
    assert isinstance(signed.pop("leaf_index"), int)
    assert len(signed.pop("ticket")) == 43
    assert signed == {
        "id": str(id),
        "declaration_id": where["id"],
        "region_code": "13.03",
        "group": "asn_pns",
        "role": "signatory",
        "method": "click",
        "captured_at": "2024-09-30T03:15:00Z",
        "state": "valid",
        "check": "waiting",
    }


async def test_the_same_body_again_gets_the_first_answer(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where, id = await opened(client, sijunjung), new_id()
    first = await sign(client, where, signature(), id)

    second = await sign(client, where, signature(), id)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == first.json()
    assert (await tally(client, where))["signatures"] == 1


@pytest.mark.parametrize("secret", [None, "ffffffffffffffffffffffffffffffff"])
async def test_who_knows_the_body_but_not_the_secret_gets_no_ticket(
    client: AsyncClient, sijunjung: Headers, secret: str | None
) -> None:
    where, id = await opened(client, sijunjung), new_id()
    first = await sign(client, where, signature(), id)

    second = await sign(client, where, signature(secret=secret), id)

    assert second.status_code == 200
    assert second.json() == first.json() | {"ticket": None}


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Nama Lain"},
        {"employee_number": NUMBER},
        {"group": "tni"},
        {"role": "witness"},
        {"captured_at": None},
        {"region_code": "73.07"},
    ],
)
async def test_another_body_under_the_same_id_is_refused(
    client: AsyncClient, sijunjung: Headers, change: dict[str, Any]
) -> None:
    where, id = await opened(client, sijunjung), new_id()
    await sign(client, where, signature(), id)

    answer = await sign(client, where, signature(**change), id)

    assert answer.status_code == 409
    assert answer.json()["code"] == "conflicting-body"
    assert (await tally(client, where))["signatures"] == 1


async def test_an_id_belongs_to_one_declaration(client: AsyncClient, sijunjung: Headers) -> None:
    id = new_id()
    await sign(client, await opened(client, sijunjung), signature(), id)

    answer = await sign(client, await opened(client, sijunjung), signature(), id)

    assert answer.json()["code"] == "conflicting-body"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (signature(), signature()),
        (signature(), signature(name="  PENANDA  rekaan 1 ", position="camat")),
        (signature(), signature(group="non_asn", role="witness")),
        (
            signature(employee_number=NUMBER),
            signature(2, employee_number="19800101 200501 1 001", position="Sekretaris"),
        ),
    ],
)
async def test_one_person_counts_once_in_a_regency(
    client: AsyncClient, sijunjung: Headers, first: dict[str, Any], second: dict[str, Any]
) -> None:
    where = await opened(client, sijunjung)
    await sign(client, where, first)

    answer = await sign(client, where, second | {"region_code": "13.03.03"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "already-signed"
    assert (await tally(client, where))["signatures"] == 1


async def test_the_same_person_may_sign_another_declaration(
    client: AsyncClient, sijunjung: Headers
) -> None:
    await sign(client, await opened(client, sijunjung), signature())

    answer = await sign(client, await opened(client, sijunjung), signature())

    assert answer.status_code == 201


async def test_a_planned_declaration_takes_no_signature(
    client: AsyncClient, sijunjung: Headers
) -> None:
    answer = await sign(client, await plan(client, sijunjung), signature())

    assert answer.status_code == 409
    assert answer.json()["code"] == "declaration-not-open"


@pytest.mark.parametrize("end", ["closing", "cancellation"])
async def test_a_repeat_is_answered_after_the_end_and_nothing_new_is_taken(
    client: AsyncClient, sijunjung: Headers, end: str
) -> None:
    where, id = await opened(client, sijunjung), new_id()
    first = await sign(client, where, signature(), id)
    await take(client, sijunjung, where, end)

    again = await sign(client, where, signature(), id)
    late = await sign(client, where, signature(2))

    assert (again.status_code, again.json()) == (200, first.json())
    assert (late.status_code, late.json()["code"]) == (409, "declaration-not-open")


async def test_nobody_signs_what_does_not_exist(client: AsyncClient) -> None:
    answer = await sign(client, {"id": new_id()}, signature())

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": "Nul\x00l"}, "/name"),
        ({"position": "\x1b[31m"}, "/position"),
        ({"office": " "}, "/office"),
        ({"employee_number": "123"}, "/employee_number"),
        ({"group": "warga"}, "/group"),
        ({"captured_at": "2024-09-30T10:15:00"}, "/captured_at"),
        ({"captured_at": "0001-01-01T00:00:00+14:00"}, "/captured_at"),
        ({"captured_at": 1727666100}, "/captured_at"),
        ({"region_code": "13.99"}, "/region_code"),
        ({"region_code": "13.3"}, "/region_code"),
        ({"role": "representative"}, ""),
        ({"represents": "Para camat"}, ""),
        ({"nik": "1"}, ""),
    ],
)
async def test_a_wrong_signature_is_told_where(
    client: AsyncClient, sijunjung: Headers, change: dict[str, Any], pointer: str
) -> None:
    where = await opened(client, sijunjung)

    answer = await sign(client, where, signature(**change))

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    assert (await tally(client, where))["signatures"] == 0


@pytest.mark.parametrize("method", ["drawn", "wet", "electronic", "certified"])
async def test_what_shows_on_something_is_recorded_with_it_or_not_at_all(
    client: AsyncClient, sijunjung: Headers, method: str
) -> None:
    where = await opened(client, sijunjung)

    by_phone = await sign(client, where, signature(method=method))
    by_organiser = await sign(client, where, signature(method=method), headers=sijunjung)

    assert (by_phone.status_code, by_organiser.status_code) == (422, 422)
    assert [each["pointer"] for each in by_organiser.json()["errors"]] == ["/method"]
    assert (await tally(client, where))["signatures"] == 0


async def test_a_representative_signs_for_somebody(client: AsyncClient, sijunjung: Headers) -> None:
    where = await opened(client, sijunjung)
    body = signature(role="representative", represents="Para wali nagari Kabupaten Sijunjung")

    assert (await sign(client, where, body)).status_code == 201


async def test_nobody_finds_out_by_a_rehearsal_who_has_signed(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(client, sijunjung)
    assert (await sign(client, where, signature(1))).status_code == 201

    asked = [
        await sign(client, where, signature(number), params={"validate_only": True})
        for number in (1, 2)
    ]

    assert [each.status_code for each in asked] == [422, 422]
    assert asked[0].json()["errors"] == asked[1].json()["errors"]
    assert (await tally(client, where))["signatures"] == 1
