"""An office is given its code in Bawaslu's own numbering, from which case numbers are made."""

from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.offices.jobs import REFERENCE
from app.offices.models import Office
from tests.people import office_id, officer

Headers = dict[str, str]


@pytest.fixture
async def admin(sessions: Sessions, keys: Keyring) -> Headers:
    """The admin of the province of South Sulawesi."""
    return await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")


async def change(
    client: AsyncClient, admin: Headers, id: object, own_code: Any, *, version: int = 1
) -> Response:
    return await client.patch(
        f"/offices/{id}",
        json={"own_code": own_code},
        headers=admin | {"If-Match": f'"{version}"'},
    )


async def test_an_admin_sets_the_own_code_of_an_office(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    id = await office_id(sessions, "bawaslu-73.04")

    answer = await change(client, admin, id, "27.09")

    async with sessions.begin() as session:
        query = select(JournalEntry.action).where(JournalEntry.subject_id == id)
        actions = (await session.scalars(query)).all()
    assert answer.status_code == 200, answer.text
    assert (answer.json()["own_code"], answer.headers["etag"]) == ("27.09", '"2"')
    assert actions == ["office.changed"]


async def test_saying_it_again_changes_nothing(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    id = await office_id(sessions, "bawaslu-73.04")
    await change(client, admin, id, "27.09")

    again = await change(client, admin, id, "27.09", version=2)

    assert (again.status_code, again.headers["etag"]) == (200, '"2"')


@pytest.mark.parametrize("wrong", ["27", "27.9", "27.09.01", "7304", "XX.YY", ""])
async def test_what_no_case_number_can_carry_is_refused(
    client: AsyncClient, sessions: Sessions, admin: Headers, wrong: str
) -> None:
    id = await office_id(sessions, "bawaslu-73.04")

    answer = await change(client, admin, id, wrong)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/own_code"


async def test_two_offices_of_bawaslu_do_not_share_a_code(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    one, other = [await office_id(sessions, f"bawaslu-{each}") for each in ("73.04", "73.05")]
    await change(client, admin, one, "27.09")

    answer = await change(client, admin, other, "27.09")

    assert (answer.status_code, answer.json()["code"]) == (409, "own-code-taken")


async def test_whoever_read_an_older_version_changes_nothing(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    id = await office_id(sessions, "bawaslu-73.04")
    await change(client, admin, id, "27.09")

    stale = await change(client, admin, id, "27.10", version=1)

    assert stale.status_code == 412


async def test_an_office_of_another_province_is_not_found(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    answer = await change(client, admin, await office_id(sessions, "bawaslu-13.03"), "27.09")

    assert answer.status_code == 404


async def test_new_reference_data_leaves_what_an_admin_wrote(
    client: AsyncClient, sessions: Sessions, admin: Headers
) -> None:
    id = await office_id(sessions, "bawaslu-73.04")
    await change(client, admin, id, "27.09")

    async with sessions.begin() as session:
        await REFERENCE.load(session, lambda done, whole: None)

    async with sessions.begin() as session:
        assert (await session.get_one(Office, id)).own_code == "27.09"
