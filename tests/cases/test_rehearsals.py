"""Each step between the desk and the registration can be tried first, without effect."""

from typing import Any

import pytest
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.cases.handling import Body, Headers, handler, member, opened, read
from tests.cases.reviewing import PLENARY, REASON, asked, checked, give_own_code
from tests.complaints import filing

LETTER: Body = {"letter_number": "012/PP.00.02/11/2026"}
NOTE: Body = {"note": "Rekaan."}
REPORT: Body = {"number": "007/LHP/11/2026", "report": "Rekaan."}


async def rehearse(
    client: AsyncClient, case: Body, path: str, officer: Headers, body: Any = None
) -> int:
    answer = await client.post(
        f"/cases/{case['id']}/{path}",
        params={"validate_only": True},
        json=body,
        headers=dict(officer),
    )
    return answer.status_code


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    await give_own_code(sessions)
    return await handler(sessions, keys)


@pytest.mark.parametrize(
    ("path", "body", "unmet"),
    [
        ("registration", {"election_type": "PB"}, []),
        ("refusal", REASON, ["evidence"]),
        ("completion-request", LETTER, ["evidence"]),
        ("conversion", NOTE, ["voting_right"]),
        ("persons", {"name": "Rekaan Kedua"}, []),
    ],
)
async def test_a_step_of_a_report_is_rehearsed_without_effect(
    client: AsyncClient, desk: dict[str, str], path: str, body: Body, unmet: list[str]
) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk, *unmet)
    before = await read(client, case, desk)

    status = await rehearse(client, case, path, desk, body)

    assert status == 204
    assert await read(client, case, desk) == before


async def test_a_refusal_is_rehearsed_as_one(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    assert await rehearse(client, case, "registration", desk, {"election_type": "PB"}) == 409


async def test_a_joining_a_resumption_and_a_tracing_are_rehearsed_without_effect(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case, waiting = [await opened(client, desk) for _ in range(2)]
    await asked(client, waiting, desk)
    traced = await opened(client, desk, reporter=None)
    filed = {"complaint_id": (await filing.file(client))["id"]}
    members = await member(sessions, keys)
    cases = (case, waiting, traced)
    before = [await read(client, each, desk) for each in cases]

    statuses = [
        await rehearse(client, case, "reports", desk, filed),
        await rehearse(client, waiting, "review", desk),
        await rehearse(client, traced, "tracing-report", desk, REPORT),
        await rehearse(client, traced, "adoption", members, {"plenary": PLENARY}),
    ]

    assert statuses == [204] * 4
    assert [await read(client, each, desk) for each in cases] == before
