"""A complaint that is taken up becomes a case, in the same transaction."""

import pytest
from httpx import AsyncClient

from app.clocks.rules.norms import Step
from app.clocks.service.keeper import ClockKeeper
from app.core.actors import SYSTEM
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.web.clock import present
from tests.cases.handling import OFFICE, case_of, handler, opened, read
from tests.complaints import filing
from tests.people import office_id, officer


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await handler(sessions, keys)


async def test_a_report_taken_up_is_a_case_in_initial_review(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    assert case["kind"] == "report"
    assert case["state"] == "initial_review"
    assert case["office_id"] == str(await office_id(sessions, OFFICE))
    assert (case["reports"], case["persons"]) == (1, 1)
    assert case["next_due_on"] is not None


async def test_anonymous_information_taken_up_is_a_case_in_tracing(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk, reporter=None)

    assert (case["kind"], case["state"]) == ("initial_information", "tracing")


async def test_the_case_is_due_when_the_report_was_promised_to_be(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    filed = await filing.file(client)

    await client.post(f"/complaints/{filed['id']}/review", headers=desk)

    case = await case_of(client, desk, filed["id"])
    assert case["next_due_on"] == filed["next_due_on"]


async def test_another_regency_does_not_see_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    neighbour = await handler(sessions, keys, "bawaslu-73.05")

    answer = await client.get(f"/cases/{case['id']}", headers=neighbour)

    assert answer.status_code == 404


async def test_every_step_says_whether_it_is_allowed_and_if_not_why(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    told = {each["step"]: each for each in (await read(client, case, desk, "/actions"))["items"]}

    assert told["check_requirements"]["allowed"]
    assert told["register"]["objection"] == "requirements_unmet"
    assert told["write_study"]["objection"] == "wrong_state"
    assert told["decide"]["objection"] == "not_permitted"
    assert all(each["source"] and (each["allowed"] or each["why"]) for each in told.values())


async def test_an_office_above_sees_it_and_cannot_act(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    province = await officer(sessions, keys, role="member", office_code="bawaslu-73")

    told = {
        each["step"]: each for each in (await read(client, case, province, "/actions"))["items"]
    }

    assert told["check_requirements"]["objection"] == "not_holder"
    assert told["take_over"]["allowed"]


async def test_the_work_list_puts_first_what_is_due_first(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    for reporter in (None, filing.complaint()["reporter"], None):
        await opened(client, desk, reporter=reporter)

    answer = await client.get("/cases", params={"limit": 2}, headers=desk)
    rest = await client.get(
        "/cases", params={"limit": 2, "cursor": answer.json()["next_cursor"]}, headers=desk
    )

    due = [each["next_due_at"] for page in (answer, rest) for each in page.json()["items"]]
    assert due == sorted(due)
    assert len(due) == 3


async def test_a_deadline_says_which_days_were_counted(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    [review] = (await read(client, case, desk, "/deadlines"))["items"]

    assert review["step"] == "initial_review"
    assert review["present"]["due_on"] == case["next_due_on"]
    counted = [line["counted"] for line in review["present"]["trace"]["lines"]]
    assert counted == [False, True, True]


async def test_a_clock_runs_from_the_filing_before_anybody_took_it_up(
    client: AsyncClient, sessions: Sessions
) -> None:
    body, id = filing.complaint(), new_id()

    for _ in range(2):
        await filing.put(client, body, id)

    async with sessions.begin() as session:
        [clock] = await ClockKeeper(session, SYSTEM, present()).open_of(id)
    assert clock.step is Step.INITIAL_REVIEW
