"""When the law of time changes, the work list and the reporters see the new dates."""

from datetime import date, timedelta

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.cases.handling import case_of, handler, opened
from tests.complaints import filing
from tests.people import officer

A_DAY_MORE = {
    "rules": [
        {
            "code": "regional-initial-review",
            "amount": 3,
            "unit": "calendar_day",
            "source": "Contoh perubahan peraturan",
            "confidence": "unverified",
            "valid_from": "2020-10-01",
        }
    ]
}


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await handler(sessions, keys)


async def change_the_law(client: AsyncClient, sessions: Sessions, keys: Keyring) -> None:
    """Two admins of the head office: one proposes, the other approves."""
    first, second = [
        await officer(sessions, keys, role="admin", office_code="bawaslu-00") for _ in range(2)
    ]
    proposed = await client.post("/clocks/preview", json=A_DAY_MORE, headers=first)
    path = f"/clocks/previews/{proposed.json()['id']}/approval"
    approved = await client.post(path, headers=second)
    assert approved.status_code == 200, approved.text


def later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


async def test_a_case_and_its_report_are_due_by_the_new_rule(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    await change_the_law(client, sessions, keys)

    now = await case_of(client, desk, case["complaint_id"])
    told = await client.get("/receipt", headers=case["receipt"])
    assert now["next_due_on"] == told.json()["next_due_on"] == later(case["next_due_on"])


async def test_a_report_that_nobody_took_up_is_due_by_the_new_rule(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    filed = await filing.file(client)

    await change_the_law(client, sessions, keys)

    told = await client.get("/receipt", headers=filing.receipt(filed))
    assert told.json()["next_due_on"] == later(filed["next_due_on"])


async def test_what_it_was_due_before_stays_readable(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    await change_the_law(client, sessions, keys)

    answer = await client.get(f"/cases/{case['id']}/deadlines", headers=desk)
    [review] = answer.json()["items"]
    assert review["present"]["cause"] == "recounted"
    [before] = review["earlier"]
    assert before["due_on"] == case["next_due_on"]
