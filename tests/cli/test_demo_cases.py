"""The cases of the demo: what a procedure can meet, by the services themselves."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.cases.models.cases import Case, CaseReport
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.models.registration import Registration
from app.cases.rules.decisions import Result
from app.cases.rules.states import AFTER_FORWARDING, State
from app.cli.demo_cases import CASES
from app.clocks.models import DeadlineClock
from app.complaints.models.complaints import Complaint
from app.complaints.models.contact import Supplement
from app.core.database import Sessions
from app.web.clock import present
from tests.cli.house import House, signed_in

SHOWN = set(State) - AFTER_FORWARDING | {State.FORWARDED}
"""The states that a case of the demo stands in: all until it leaves the house."""


@pytest.fixture
async def connection(house: House) -> AsyncIterator[AsyncConnection]:
    """What a single test changes in the house is undone before the next."""
    async with house.connection.begin_nested() as savepoint:
        yield house.connection
        await savepoint.rollback()


async def test_what_was_taken_up_is_a_case_that_stands_where_its_report_does(
    sessions: Sessions,
) -> None:
    async with sessions.begin() as session:
        complaints = (await session.scalars(select(Complaint))).all()
        query = select(CaseReport.complaint_id, Case.state)
        query = query.join(Case, Case.id == CaseReport.case_id)
        joined = await session.execute(query.where(CaseReport.separated_at.is_(None)))
        states = {id: str(state) for id, state in joined}

    assert {each.id: str(each.status) for each in complaints if each.id in states} == states
    assert {each.status for each in complaints if each.id not in states} == {
        "submitted",
        "received",
    }
    assert set(states.values()) == SHOWN


async def test_the_numbers_of_an_office_have_no_gap_and_go_with_time(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        query = select(Registration).order_by(Registration.registered_at)
        given = (await session.scalars(query)).all()

    series: dict[tuple[str, str], list[int]] = {}
    for each in given:
        series.setdefault((each.office_code, each.kind), []).append(each.sequence)
    assert all(found == list(range(1, len(found) + 1)) for found in series.values())
    assert {code for code, _ in series} == {"99.02", "99.03", "99.04", "99.05", "99.06"}
    assert ("99.02", "TM") in series


async def test_the_cases_show_what_a_procedure_can_meet(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        cases = (await session.scalars(select(Case))).all()
        plenaries = (await session.scalars(select(Plenary))).all()
        categories = await session.scalars(select(DecidedCategory.plenary_id))
        clocks = (await session.scalars(select(DeadlineClock))).all()
        supplements = await session.scalar(select(func.count()).select_from(Supplement))

    overdue = [each for each in cases if each.next_due_at and each.next_due_at < present()]
    assert {"initial_review", "needs_completion", "tracing"} <= {each.state for each in overdue}
    assert [each.reports for each in cases if each.reports > 1] == [2]
    assert {each.not_registered_reason for each in cases} == {
        None,
        "out_of_time",
        "not_election_violation",
    }
    assert {each.result for each in plenaries} == {None, *Result}
    assert [each.dissenting for each in plenaries if each.dissenting] == [1]
    assert max(Counter(categories).values()) == 2
    assert [each.step for each in clocks if each.extended_at] == ["handling"]
    assert supplements == 1


async def test_the_public_reads_what_was_announced(client: AsyncClient) -> None:
    announced = (await client.get("/announcements")).json()["items"]

    assert {each["result"] for each in announced} == {
        None,
        "violation",
        "not_violation",
        "discontinued",
    }
    assert {each["not_registered_reason"] for each in announced} == {None, "out_of_time"}


async def test_the_province_holds_what_it_took_over_and_can_accept_what_is_offered(
    client: AsyncClient,
) -> None:
    province = await signed_in(client, "demo.provinsi")
    office = (await client.get("/auth/me", headers=province)).json()["office"]["id"]
    held = (await client.get(f"/cases?office_id={office}", headers=province)).json()["items"]
    offers = (await client.get("/transfers?state=offered", headers=province)).json()["items"]

    accepted = await client.post(f"/transfers/{offers[0]['id']}/acceptance", headers=province)

    assert [each["region_code"] for each in held] == ["73.07.01"]
    assert (len(offers), accepted.status_code) == (1, 200)
    assert accepted.json()["office_id"] == office


async def test_an_officer_does_not_find_the_case_to_which_he_is_too_near(
    client: AsyncClient,
) -> None:
    handler = await signed_in(client, "demo.jeneponto")
    member = await signed_in(client, "demo.anggota")

    near = (await client.get("/cases", headers=handler)).json()["items"]
    seen = (await client.get("/cases", headers=member)).json()["items"]

    hidden = {each["id"] for each in seen} - {each["id"] for each in near}
    conflicts = await client.get(f"/cases/{hidden.pop()}/conflicts", headers=member)
    assert not hidden
    assert [each["origin"] for each in conflicts.json()["items"]] == ["declared"]


def test_what_the_cases_tell_says_that_it_is_invented() -> None:
    told = list(_words(json.loads(CASES.read_bytes())))

    assert len(told) > 40
    assert all("rekaan" in words.casefold() for words in told)


def _words(value: object) -> Iterator[str]:
    """What is told, and who is named; a post or a place is nobody's."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from () if name in ("position", "place") else _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, str) and " " in value:
        yield value


async def test_an_authority_finds_what_was_forwarded_to_it(client: AsyncClient) -> None:
    bkn = await signed_in(client, "demo.bkn")

    found = await client.get("/referrals", params={"overdue": True}, headers=bkn)
    [referral] = found.json()["items"]
    dossier = await client.get(f"/referrals/{referral['id']}", headers=bkn)
    case = await client.get(f"/cases/{referral['case_id']}", headers=bkn)

    assert dossier.json()["letter_number"] == "105/TERUS-REKAAN/X/2024"
    assert case.status_code == 403
