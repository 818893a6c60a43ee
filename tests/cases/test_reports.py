"""Several reports are one case, and each can be taken out again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import select, update

from app.cases.models.cases import Case, CaseReport
from app.cases.models.conflicts import Conflict
from app.cases.repository.access import AccessRepository
from app.cases.rules.conflicts import ConflictOrigin
from app.clocks.models import DeadlineClock
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Outcome
from app.complaints.models.complaints import Complaint
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.models import Wall
from app.credentials.service import TokenIssuer
from app.web.clock import present
from tests.cases.handling import (
    OFFICE,
    Body,
    Headers,
    case_of,
    handler,
    opened,
    read,
    step,
    stepped,
)
from tests.cases.reviewing import asked, entered_finding, give_own_code, registered
from tests.complaints import filing
from tests.people import add_officer, bearer, office_id


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    await give_own_code(sessions)
    return await handler(sessions, keys)


async def join(client: AsyncClient, case: Body, officer: Headers, complaint_id: str) -> Response:
    return await step(client, case, "reports", officer, {"complaint_id": complaint_id})


async def joined(client: AsyncClient, case: Body, officer: Headers, complaint_id: str) -> Body:
    answer = await join(client, case, officer, complaint_id)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def separated(client: AsyncClient, case: Body, officer: Headers, complaint_id: str) -> Body:
    return await stepped(client, case, f"reports/{complaint_id}/separation", officer)


async def clocks(sessions: Sessions, case: Body) -> dict[Step, DeadlineClock]:
    query = select(DeadlineClock).where(
        DeadlineClock.subject_id == UUID(case["id"]), DeadlineClock.ended_at.is_(None)
    )
    async with sessions.begin() as session:
        return {each.step: each for each in await session.scalars(query)}


async def older(sessions: Sessions, case: Body, days: int) -> None:
    """As if it had been received before."""
    earlier = timedelta(days=days)
    async with sessions.begin() as session:
        await session.execute(
            update(DeadlineClock)
            .where(DeadlineClock.subject_id == UUID(case["id"]))
            .values(
                started_at=DeadlineClock.started_at - earlier,
                due_at=DeadlineClock.due_at - earlier,
                due_on=DeadlineClock.due_on - days,
            )
        )


async def test_a_report_without_a_case_joins_and_its_reporter_sees_the_status(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    filed = await filing.file(client)

    done = await joined(client, case, desk, filed["id"])

    receipt = (await client.get("/receipt", headers=filing.receipt(filed))).json()
    listed = await read(client, case, desk, "/reports")
    assert (done["reports"], done["persons"]) == (2, 2)
    assert receipt["status"] == "initial_review"
    assert {each["complaint_id"] for each in listed["items"]} == {
        case["complaint_id"],
        filed["id"],
    }


async def test_a_case_is_merged_with_its_persons_and_closed(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]

    done = await joined(client, case, desk, other["complaint_id"])

    left = await read(client, other, desk)
    persons = await read(client, case, desk, "/persons")
    assert (done["reports"], done["persons"], len(persons["items"])) == (2, 2, 2)
    assert (left["state"], left["merged_into_id"]) == ("closed", case["id"])
    assert (left["reports"], left["persons"], left["next_due_at"]) == (0, 0, None)
    assert (await case_of(client, desk, other["complaint_id"]))["id"] == case["id"]


@pytest.mark.parametrize("days", [1, -1])
async def test_of_two_clocks_the_earlier_due_counts(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str], days: int
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await older(sessions, other, days)
    due = [(await clocks(sessions, each))[Step.INITIAL_REVIEW].due_at for each in (case, other)]

    done = await joined(client, case, desk, other["complaint_id"])

    kept = await clocks(sessions, case)
    assert list(kept) == [Step.INITIAL_REVIEW]
    assert kept[Step.INITIAL_REVIEW].due_at == min(due)
    assert done["next_due_at"] == min(due).isoformat().replace("+00:00", "Z")
    assert await clocks(sessions, other) == {}


async def test_the_other_clock_is_cancelled_and_not_missed(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]

    await joined(client, case, desk, other["complaint_id"])

    query = select(DeadlineClock.outcome).where(DeadlineClock.ended_at.is_not(None))
    async with sessions.begin() as session:
        assert set(await session.scalars(query)) == {Outcome.CANCELLED}


async def test_what_waits_for_a_reporter_waits_no_more_when_it_is_merged(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await asked(client, other, desk)

    done = await joined(client, case, desk, other["complaint_id"])

    receipt = (await client.get("/receipt", headers=other["receipt"])).json()
    assert done["state"] == receipt["status"] == "initial_review"
    assert list(await clocks(sessions, case)) == [Step.INITIAL_REVIEW]


async def test_information_joins_a_report_and_never_the_other_way_round(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    information = await opened(client, desk, reporter=None)

    lost = await join(client, information, desk, case["complaint_id"])
    done = await joined(client, case, desk, information["complaint_id"])

    assert (lost.status_code, lost.json()["code"]) == (409, "not-joinable")
    assert (done["kind"], done["reports"]) == ("report", 2)


async def test_a_report_does_not_join_a_finding(client: AsyncClient, desk: dict[str, str]) -> None:
    finding = await entered_finding(client, desk)

    answer = await join(client, finding, desk, (await filing.file(client))["id"])

    assert answer.json()["code"] == "not-joinable"


async def test_what_is_registered_joins_nothing(client: AsyncClient, desk: dict[str, str]) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await registered(client, other, desk)

    as_report = await join(client, case, desk, other["complaint_id"])
    as_case = await join(client, other, desk, case["complaint_id"])

    assert as_report.json()["code"] == "not-joinable"
    assert as_case.json()["objection"] == "wrong_state"


async def test_a_report_joins_once(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    again = await join(client, case, desk, case["complaint_id"])

    assert (again.status_code, again.json()["code"]) == (409, "not-joinable")


async def test_a_report_out_of_sight_is_unknown(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)
    elsewhere = await filing.file(client, event={"region_code": "13.03"})

    answer = await join(client, case, desk, elsewhere["id"])

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "unknown-complaint"


async def test_what_another_office_holds_does_not_join(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    there = await handler(sessions, keys, "bawaslu-73.05")
    other = await opened(client, there, event={"region_code": "73.05"})
    async with sessions.begin() as session:
        visible = update(Complaint).where(Complaint.id == UUID(other["complaint_id"]))
        await session.execute(visible.values(region_code="73.04"))
        moved = update(Case).where(Case.id == UUID(other["id"]))
        await session.execute(moved.values(region_code="73.04"))

    answer = await join(client, case, desk, other["complaint_id"])

    assert (answer.status_code, answer.json()["code"]) == (409, "not-joinable")


async def about_an_election(client: AsyncClient) -> Body:
    return await filing.file(client, election_code="pilkada-2024")


async def test_a_case_was_received_when_the_first_of_its_reports_was(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    async with sessions.begin() as session:
        earlier = update(Case).where(Case.id == UUID(other["id"]))
        await session.execute(earlier.values(received_at=Case.received_at - timedelta(days=1)))
    first = (await read(client, other, desk))["received_at"]

    done = await joined(client, case, desk, other["complaint_id"])

    assert done["received_at"] == first


async def test_reports_about_two_elections_are_two_cases(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk, election_code="pilkada-2024")
    other = await filing.file(client, election_code="pilkada-2020")
    unnamed = await filing.file(client)

    refused = await join(client, case, desk, other["id"])
    silent = await opened(client, desk)
    named = await joined(client, silent, desk, (await about_an_election(client))["id"])

    assert named["election_code"] == "pilkada-2024"
    assert refused.json()["code"] == "not-joinable"
    assert (await joined(client, case, desk, unnamed["id"]))["reports"] == 2


async def test_a_report_is_taken_out_with_the_persons_it_names_as_they_were_corrected(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await joined(client, case, desk, other["complaint_id"])
    [theirs] = [
        each
        for each in (await read(client, case, desk, "/persons"))["items"]
        if each["complaint_id"] == other["complaint_id"]
    ]
    await client.patch(
        f"/cases/{case['id']}/persons/{theirs['id']}",
        json={"position": "Lurah"},
        headers=desk | {"If-Match": '"1"'},
    )

    own = await separated(client, case, desk, other["complaint_id"])

    left = await read(client, case, desk)
    [person] = (await read(client, own, desk, "/persons"))["items"]
    assert (left["reports"], left["persons"]) == (own["reports"], own["persons"]) == (1, 1)
    assert (person["id"], person["position"]) == (theirs["id"], "Lurah")
    assert own["state"] == "initial_review"
    assert own["id"] not in (case["id"], other["id"])
    assert own["next_due_at"] is not None


async def test_who_was_said_to_be_the_same_is_so_no_more_in_another_case(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await joined(client, case, desk, other["complaint_id"])
    one, two = (await read(client, case, desk, "/persons"))["items"]
    path = f"persons/{one['id']}/same-as"
    await stepped(client, case, path, desk, {"same_as_id": two["id"]})

    own = await separated(client, case, desk, other["complaint_id"])

    for each in (case, own):
        assert (await read(client, each, desk))["persons"] == 1
        [person] = (await read(client, each, desk, "/persons"))["items"]
        assert person["same_as_id"] is None


async def test_the_only_report_stays(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    answer = await step(client, case, f"reports/{case['complaint_id']}/separation", desk)

    assert answer.json()["objection"] == "only_report"


async def test_what_is_no_report_of_the_case_is_not_found(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case, other, third = [await opened(client, desk) for _ in range(3)]
    await joined(client, case, desk, other["complaint_id"])

    answer = await step(client, case, f"reports/{third['complaint_id']}/separation", desk)

    assert answer.status_code == 404


async def test_where_a_report_was_before_stays_written(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await joined(client, case, desk, other["complaint_id"])
    await separated(client, case, desk, other["complaint_id"])

    query = select(CaseReport).where(CaseReport.complaint_id == UUID(other["complaint_id"]))
    async with sessions.begin() as session:
        rows = (await session.scalars(query.order_by(CaseReport.joined_at))).all()
    assert [each.separated_at is None for each in rows] == [False, False, True]


async def walled(sessions: Sessions, keys: Keyring, case: Body) -> dict[str, str]:
    """An officer who declared himself related to a case, with walls before all its parts."""
    account = await add_officer(sessions, keys, role="handler", office_code=OFFICE)
    async with sessions.begin() as session:
        session.add(account)
        tokens = await TokenIssuer(session, present()).sign_in(account)
        row = await session.get_one(Case, UUID(case["id"]))
        session.add(
            Conflict(
                case_id=row.id,
                origin=ConflictOrigin.DECLARED,
                declared_at=present(),
                declared_by=account.id,
                officer_id=account.id,
                sealed_reason=None,
            )
        )
        for subject in await AccessRepository(session).subjects(row):
            session.add(Wall(subject_id=subject, since=present(), officer_id=account.id))
    return bearer(tokens.access_token)


async def seen(client: AsyncClient, officer: dict[str, str], *cases: Body) -> list[Any]:
    return [
        (await client.get(f"/cases/{each['id']}", headers=officer)).status_code for each in cases
    ]


async def read_reports(client: AsyncClient, officer: dict[str, str], *ids: str) -> list[int]:
    return [(await client.get(f"/complaints/{id}", headers=officer)).status_code for id in ids]


@pytest.mark.parametrize("nearer", [0, 1])
async def test_a_wall_before_one_case_stands_before_both_once_they_are_one(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str], nearer: int
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    related = await walled(sessions, keys, (case, other)[nearer])
    assert sorted(await seen(client, related, case, other)) == [200, 404]

    await joined(client, case, desk, other["complaint_id"])

    ids = (case["complaint_id"], other["complaint_id"])
    assert await seen(client, related, case, other) == [404, 404]
    assert await read_reports(client, related, *ids) == [404, 404]


async def test_a_wall_covers_a_report_that_joins(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case, raw = await opened(client, desk), await filing.file(client)
    related = await walled(sessions, keys, case)
    assert await read_reports(client, related, raw["id"]) == [200]

    await joined(client, case, desk, raw["id"])

    assert await read_reports(client, related, raw["id"]) == [404]


async def test_a_wall_stands_before_what_is_taken_out(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await joined(client, case, desk, other["complaint_id"])
    related = await walled(sessions, keys, case)

    own = await separated(client, case, desk, other["complaint_id"])

    assert await seen(client, related, case, other, own) == [404, 404, 404]


async def test_an_unknown_report_is_taken_out_of_nothing(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await joined(client, case, desk, other["complaint_id"])

    answer = await step(client, case, f"reports/{new_id()}/separation", desk)

    assert answer.status_code == 404


async def test_the_wall_of_an_office_goes_where_the_person_goes_who_works_there(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    province = await handler(sessions, keys, "bawaslu-73")
    [person] = (await read(client, other, desk, "/persons"))["items"]
    await client.patch(
        f"/cases/{other['id']}/persons/{person['id']}",
        json={"office_id": str(await office_id(sessions, "bawaslu-73"))},
        headers=desk | {"If-Match": '"1"'},
    )

    apart = await seen(client, province, case, other)
    await joined(client, case, desk, other["complaint_id"])
    together = await seen(client, province, case, other)
    own = await separated(client, case, desk, other["complaint_id"])
    parted = await seen(client, province, case, own)

    assert (apart, together, parted) == ([200, 404], [404, 404], [200, 404])


async def test_what_was_late_before_it_joined_stays_late(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case, other = [await opened(client, desk) for _ in range(2)]
    await asked(client, case, desk)
    await older(sessions, other, days=9)

    await joined(client, case, desk, other["complaint_id"])

    query = select(DeadlineClock.outcome).where(DeadlineClock.subject_id == UUID(other["id"]))
    async with sessions.begin() as session:
        assert list(await session.scalars(query)) == [Outcome.MISSED]
