"""Initial information is traced, and becomes a finding or ends with a report."""

from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.cases.models.handling import CaseDocument, Plenary
from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.cases.handling import Body, handler, member, opened, read, step, stepped
from tests.cases.reviewing import FEW, PLENARY, REASON, asked, give_own_code

NOTE: Body = {"note": "Rekaan: layak ditelusuri."}
REPORT: Body = {"number": "007/LHP/11/2026", "report": "Rekaan: tidak ada yang melihatnya."}
PB: Body = {"election_type": "PB"}


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    await give_own_code(sessions)
    return await handler(sessions, keys)


async def clocks(sessions: Sessions, case: Body) -> list[Step]:
    query = select(DeadlineClock.step).where(
        DeadlineClock.subject_id == UUID(case["id"]), DeadlineClock.ended_at.is_(None)
    )
    async with sessions.begin() as session:
        return list(await session.scalars(query))


async def information(client: AsyncClient, desk: dict[str, str]) -> Body:
    return await opened(client, desk, reporter=None)


@pytest.mark.parametrize("state", ["initial_review", "needs_completion", "not_registered"])
async def test_a_report_goes_on_as_initial_information(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str], state: str
) -> None:
    case = await opened(client, desk)
    if state == "needs_completion":
        await asked(client, case, desk)
    if state == "not_registered":
        await stepped(client, case, "refusal", desk, REASON)

    done = await stepped(client, case, "conversion", desk, NOTE)

    receipt = (await client.get("/receipt", headers=case["receipt"])).json()
    assert done["kind"] == "initial_information"
    assert done["state"] == receipt["status"] == "tracing"
    assert await clocks(sessions, case) == [Step.TRACING]


async def test_what_is_traced_becomes_a_finding_and_is_registered_as_one(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await information(client, desk)
    members = await member(sessions, keys)

    adopted = await stepped(client, case, "adoption", members, {"plenary": PLENARY})
    due = await clocks(sessions, case)
    twice = await step(client, case, "registration", desk, PB | {"plenary": PLENARY})
    done = await stepped(client, case, "registration", desk, PB)

    async with sessions.begin() as session:
        [row] = (await session.scalars(select(Plenary))).all()
    [shown] = (await read(client, case, desk, "/plenaries"))["items"]
    assert (adopted["kind"], adopted["state"]) == ("finding", "finding")
    assert due == [Step.REGISTRATION]
    assert twice.json()["errors"][0]["code"] == "adopted-before"
    assert "/TM/" in done["number"]
    assert (row.present, row.members, row.dissenting, row.result) == (3, 5, 1, None)
    assert (shown["reasoning"], len(shown["present"])) == (PLENARY["reasoning"], 3)
    assert b"Rekaan" not in row.sealed


async def test_a_handler_alone_adopts_nothing(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await information(client, desk)

    answer = await step(client, case, "adoption", desk, {"plenary": PLENARY})

    assert answer.status_code == 403


async def test_a_plenary_without_a_quorum_adopts_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await information(client, desk)
    members = await member(sessions, keys)

    answer = await step(client, case, "adoption", members, {"plenary": FEW})

    assert answer.json()["errors"][0]["code"] == "no-quorum"
    assert (await read(client, case, desk))["state"] == "tracing"


async def test_a_tracing_ends_with_its_report(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await information(client, desk)

    done = await stepped(client, case, "tracing-report", desk, REPORT)

    receipt = (await client.get("/receipt", headers=case["receipt"])).json()
    async with sessions.begin() as session:
        [paper] = (await session.scalars(select(CaseDocument))).all()
    assert done["state"] == receipt["status"] == "closed"
    assert (done["next_due_at"], done["closed_at"] is None) == (None, False)
    assert (paper.kind, paper.number) == ("tracing_report", REPORT["number"])
    assert paper.sealed is not None
    assert b"Rekaan" not in paper.sealed
    assert await clocks(sessions, case) == []


async def test_a_report_is_not_traced(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    answer = await step(client, case, "tracing-report", desk, REPORT)

    assert answer.json()["objection"] == "wrong_kind"


async def test_the_reason_of_a_refusal_stays_in_its_paper_when_the_case_is_traced(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await stepped(client, case, "refusal", desk, REASON)

    done = await stepped(client, case, "conversion", desk, NOTE)

    papers = (await read(client, case, desk, "/documents"))["items"]
    history = (await read(client, case, desk, "/history"))["items"]
    assert done["not_registered_reason"] is None
    assert {each["kind"] for each in papers} == {"refusal", "conversion"}
    assert REASON["reason"] in [each["payload"].get("reason") for each in history]
