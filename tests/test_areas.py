"""Another area is out of sight: every door to one thing is knocked at from elsewhere."""

import re
from typing import Any, NamedTuple

import pytest
from httpx import AsyncClient, Response

from app.core.actors import PERMISSIONS, SCOPES, Permission, Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.places import Place
from app.web.door import PUBLIC_DOOR
from app.web.examples import example_of
from tests.cases.handling import case_of
from tests.complaints.filing import file
from tests.complaints.identity.asking import asked
from tests.consultations.asking import ask
from tests.contract.document import DOCUMENT, OPERATIONS
from tests.declarations.declaring import plan
from tests.evidence.sending import reporter
from tests.people import add_officer, add_system, office_id, officer

HERE, ELSEWHERE = "bawaslu-13.03", "bawaslu-73"
OPEN_TO_ALL_OFFICERS = {"read_office"}
LISTS = ("/complaints", "/consultations", "/officers", "/clients", "/identity-requests")
# Opened by a receipt, which has no area.
OF_RECEIPTS = {Permission.FOLLOW_COMPLAINT, Permission.FOLLOW_CONSULTATION}
NOWHERE = "01932b5e-7c00-7000-8000-00000000dead"


class Door(NamedTuple):
    name: str
    method: str
    path: str
    permission: Permission
    body: Any
    media_type: str | None


def doors() -> list[Door]:
    return [
        Door(each["operationId"], method.upper(), path, Permission(permission), *sent(each))
        for path, item in DOCUMENT["paths"].items()
        for method, each in item.items()
        if (permission := each["x-permission"]) != PUBLIC_DOOR
        and "{" in path
        and permission not in OF_RECEIPTS
        and each["operationId"] not in OPEN_TO_ALL_OFFICERS
    ]


def sent(operation: dict[str, Any]) -> tuple[Any, str | None]:
    """The example that the contract gives of the body, so that only the area can be wrong."""
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        if "example" in content:
            return content["example"], media_type
        name = content["schema"]["$ref"].rsplit("/", 1)[-1]
        return DOCUMENT["components"]["schemas"][name]["examples"][0], media_type
    return None, None


def demanded(name: str) -> dict[str, str]:
    """The headers that an operation demands, as the contract shows them."""
    operation = next(each for each in OPERATIONS if each.name == name)
    return {
        each["name"]: str(example_of(each["schema"], {}))
        for each in operation.parameters
        if each["in"] == "header" and each.get("required")
    }


def role_with(permission: Permission) -> Role:
    return next(role for role in Role if permission in PERMISSIONS[role])


async def things(client: AsyncClient, sessions: Sessions, keys: Keyring) -> dict[str, str]:
    """One of each thing in Sijunjung, by the name that paths give it."""
    staff = await officer(sessions, keys, role="prevention_staff", office_code=HERE)
    example = DOCUMENT["components"]["schemas"]["EventIn"]["examples"][0]
    event = example | {"office_id": str(await office_id(sessions, HERE)), "region_code": "13.03"}
    drafted = await client.post("/events", json=event, headers=staff)
    assert drafted.status_code == 201, drafted.text
    account = await add_officer(sessions, keys, role="handler", office_code=HERE)
    place = Place(account.region_id, account.region_code)
    system, _ = await add_system(sessions, scopes=set(SCOPES), office_code=HERE, place=place)
    complaint_id = (await file(client, event={"region_code": "13.03"}))["id"]
    desk = await officer(sessions, keys, role="handler", office_code=HERE)
    sender = await reporter(client, event={"region_code": "13.03"})
    upload_id = (await sender.begun(b"Rekaan")).removeprefix("/uploads/")
    evidence_id = (await sender.sent(b"Bukti rekaan")).removeprefix("/uploads/")
    complaint_id = sender.complaint["id"]
    taken = await client.post(f"/complaints/{complaint_id}/review", headers=desk)
    assert taken.status_code == 200, taken.text
    member = await officer(sessions, keys, role="member", office_code=HERE)
    hold = {"reason": "Alasan rekaan"}
    placed = await client.post(f"/complaints/{complaint_id}/holds", json=hold, headers=member)
    assert placed.status_code == 201, placed.text
    return {
        "complaint_id": complaint_id,
        "case_id": (await case_of(client, desk, complaint_id))["id"],
        "requirement_code": "account",
        "request_id": (await asked(client, complaint_id, desk))["id"],
        "evidence_id": evidence_id,
        "hold_id": placed.json()["id"],
        "declaration_id": (await plan(client, staff))["id"],
        "circular_id": (await circular(client, staff, sessions))["id"],
        "event_id": drafted.json()["id"],
        "consultation_id": (await ask(client, region_code="13.03"))["id"],
        "officer_id": str(account.id),
        "client_id": str(system.id),
        "upload_id": upload_id,
    }


async def circular(
    client: AsyncClient, staff: dict[str, str], sessions: Sessions
) -> dict[str, Any]:
    example = DOCUMENT["components"]["schemas"]["CircularIn"]["examples"][0]
    here = {"office_id": str(await office_id(sessions, HERE)), "region_code": "13.03"}
    to = [each | {"region_code": "13.03"} for each in example["addressees"]]
    drafted = await client.post(
        "/circulars", json=example | here | {"addressees": to}, headers=staff
    )
    assert drafted.status_code == 201, drafted.text
    return dict(drafted.json())


async def knock(
    client: AsyncClient, door: Door, there: dict[str, str], headers: dict[str, str]
) -> Response:
    path = re.sub(r"{(\w+)}", lambda name: there.get(name[1], NOWHERE), door.path)
    return await client.request(
        door.method,
        path.removeprefix("/api/v1"),
        **{"content" if isinstance(door.body, str) else "json": door.body},
        headers=headers
        | demanded(door.name)
        | {"If-Match": '"1"', "Content-Type": door.media_type or "text/plain"},
    )


async def test_a_thing_of_another_area_is_out_of_sight(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    """At every door; nothing is changed by it, so one of each thing is enough for all of them."""
    there, found = await things(client, sessions, keys), doors()
    strangers = {
        role: await officer(sessions, keys, role=role, office_code=ELSEWHERE)
        for role in {role_with(door.permission) for door in found}
    }

    answers = {
        door.name: await knock(client, door, there, strangers[role_with(door.permission)])
        for door in found
    }

    assert {name: each.text for name, each in answers.items() if each.status_code != 404} == {}


@pytest.mark.parametrize("path", LISTS)
async def test_a_list_holds_nothing_of_another_area(
    client: AsyncClient, sessions: Sessions, keys: Keyring, path: str
) -> None:
    there = await things(client, sessions, keys)
    permission = Permission(DOCUMENT["paths"][f"/api/v1{path}"]["get"]["x-permission"])
    role = role_with(permission)
    mine = await officer(sessions, keys, role=role, office_code=HERE)
    others = await officer(sessions, keys, role=role, office_code=ELSEWHERE)

    seen = await client.get(path, params={"limit": 200}, headers=mine)
    unseen = await client.get(path, params={"limit": 200}, headers=others)

    assert any(id in seen.text for id in there.values())
    assert not any(id in unseen.text for id in there.values())


def test_the_doors_to_one_thing_are_found() -> None:
    assert len(doors()) >= 25
