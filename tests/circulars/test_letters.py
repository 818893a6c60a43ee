import hashlib
from typing import Any

import pytest
from httpx import AsyncClient

from app.core.actors import Role
from tests.circulars.circulating import LETTER, TO_PERSONNEL, draft, issue
from tests.circulars.conftest import OpenDesk
from tests.rakor.meeting import Desk, told

PATCH = {"If-Match": '"1"'}


async def test_a_draft_is_seen_by_its_area_alone(
    client: AsyncClient, open_desk: OpenDesk, sinjai: Desk
) -> None:
    path = f"/circulars/{(await draft(sinjai))['id']}"
    province, neighbour = await open_desk("bawaslu-73"), await open_desk("bawaslu-73.08")

    assert told(await province.get(path), 200)["state"] == "draft"
    assert (await neighbour.get(path)).status_code == 404
    assert (await client.get(path)).status_code == 404
    assert (await client.get("/circulars?state=draft")).json()["items"] == []


async def test_a_draft_says_what_it_was_given_and_what_follows(sinjai: Desk) -> None:
    drafted = await draft(sinjai)

    given = {name: drafted[name] for name in ("issuer", "signer", "number", "subject", "body")}
    assert given == {name: LETTER[name] for name in given}
    assert drafted["in_force_from"] is None
    assert (drafted["region_code"], drafted["content_hash"]) == ("73.07", None)


async def test_an_issued_circular_is_public_and_its_text_has_the_hash_it_names(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai)

    read = told(await client.get(f"/circulars/{issued['id']}"), 200)
    content = await client.get(f"/circulars/{issued['id']}/content")

    assert (read["state"], read["is_in_force"]) == ("issued", True)
    assert hashlib.sha256(content.content).hexdigest() == read["content_hash"]
    assert content.json()["obligations"][0]["what"] == LETTER["obligations"][0]["what"]


async def test_what_was_issued_is_not_changed(sinjai: Desk) -> None:
    issued = await issue(sinjai)
    path = f"/circulars/{issued['id']}"

    changed = await sinjai.patch(path, {"subject": "Lain"}, **{"If-Match": '"2"'})
    again = await sinjai.post(f"{path}/issuance")

    assert told(changed, 409)["code"] == "circular-issued"
    assert told(again, 409)["code"] == "circular-step-refused"


async def test_a_patch_changes_what_it_names_and_nothing_else(sinjai: Desk) -> None:
    drafted = await draft(sinjai)
    path = f"/circulars/{drafted['id']}"

    changed = told(await sinjai.patch(path, {"subject": "Lain", "obligations": []}, **PATCH), 200)

    assert (changed["subject"], changed["obligations"]) == ("Lain", [])
    assert changed["addressees"] == drafted["addressees"]


async def test_obligations_keep_their_ids_while_something_else_changes(sinjai: Desk) -> None:
    drafted = await draft(sinjai)
    path = f"/circulars/{drafted['id']}"

    changed = told(await sinjai.patch(path, {"subject": "Lain"}, **PATCH), 200)
    stale = await sinjai.patch(path, {"subject": "Basi"}, **PATCH)

    assert changed["obligations"] == drafted["obligations"]
    assert stale.status_code == 412


async def test_a_rehearsed_issuance_leaves_nothing(sinjai: Desk) -> None:
    path = f"/circulars/{(await draft(sinjai))['id']}"

    answer = await sinjai.post(f"{path}/issuance?validate_only=true")

    assert answer.status_code == 204
    assert told(await sinjai.get(path), 200)["state"] == "draft"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"region_code": "73"}, "/region_code"),
        ({"region_code": "99"}, "/region_code"),
        ({"in_force_from": "2024-09-16"}, "/in_force_from"),
        ({"acknowledge_by": "2040-01-01"}, "/acknowledge_by"),
        ({"obligations": [{"what": "A", "due_on": "2024-09-01"}]}, "/obligations/0/due_on"),
        ({"addressees": []}, "/addressees"),
        (
            {"addressees": [{"category": "subdistrict_head", "region_code": "73.08"}]},
            "/addressees/0/region_code",
        ),
        (
            {"addressees": [{"category": "subdistrict_head", "region_code": "73.07.99"}]},
            "/addressees/0/region_code",
        ),
        (
            {
                "addressees": [
                    {"category": "village_head", "region_code": "73.07", "level": "district"}
                ]
            },
            "/addressees/0",
        ),
        ({"addressees": [{"category": "other", "region_code": "73.07"}]}, "/addressees/0"),
        ({"subject": "Netral\x00"}, "/subject"),
        ({"office_id": "01932b5e-7c00-7000-8000-00000000dead"}, "/office_id"),
    ],
)
async def test_a_letter_that_cannot_be_is_refused_by_its_field(
    sinjai: Desk, changes: dict[str, Any], pointer: str
) -> None:
    body = LETTER | {"office_id": sinjai.office_id} | changes

    answer = await sinjai.post("/circulars", body)

    assert [each["pointer"] for each in told(answer, 422)["errors"]] == [pointer]


async def test_nothing_is_issued_without_a_text_or_to_nobody(sinjai: Desk) -> None:
    empty = await draft(sinjai, body=None)
    held_elsewhere = TO_PERSONNEL | {"election_code": "pilkada-2020"}
    lost = await draft(sinjai, addressees=[held_elsewhere])

    no_text = await sinjai.post(f"/circulars/{empty['id']}/issuance")
    nobody = await sinjai.post(f"/circulars/{lost['id']}/issuance")

    assert told(no_text, 422)["errors"][0]["code"] == "text-missing"
    assert told(nobody, 422)["errors"][0]["pointer"] == "/addressees/0"


async def test_a_number_is_given_once_by_an_issuer_on_a_day(sinjai: Desk) -> None:
    await issue(sinjai)
    again = await draft(sinjai)

    refused = await sinjai.post(f"/circulars/{again['id']}/issuance")

    assert told(refused, 409)["code"] == "circular-number-taken"
    assert (await issue(sinjai, issuer="Bupati Sinjai"))["state"] == "issued"


async def test_who_it_is_addressed_to_does_not_issue_for_its_issuer(
    open_desk: OpenDesk, sinjai: Desk
) -> None:
    province = await open_desk("bawaslu-73")
    to_sinjai = [{"category": "supervisor", "region_code": "73.07"}]
    issued = await issue(province, addressees=to_sinjai)

    refused = await sinjai.post(
        f"/circulars/{issued['id']}/revocation", {"ended_on": "2024-12-01", "reason": "Rekaan."}
    )

    assert told(refused, 403)["code"] == "not-the-issuer"


async def test_an_officer_without_the_permission_sees_what_the_public_sees(
    open_desk: OpenDesk, sinjai: Desk
) -> None:
    drafted = await draft(sinjai)
    duty = await open_desk("bawaslu-73.07", Role.DUTY_OFFICER)

    assert (await duty.get(f"/circulars/{drafted['id']}")).status_code == 404
