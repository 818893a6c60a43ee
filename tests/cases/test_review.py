"""The initial review: what is checked, what is asked of the reporter, and what an answer does."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from httpx import AsyncClient
from sqlalchemy import select, update

from app.audit.models import JournalEntry
from app.cases.models.cases import CaseReport
from app.clocks.models import ClockPause, DeadlineClock
from app.clocks.rules.norms import Step
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.web.clock import present
from tests.cases.handling import Body, handler, member, opened, read, step, stepped
from tests.cases.reviewing import PLENARY, REASON, asked, check, checked, supplement
from tests.complaints import filing
from tests.evidence import samples
from tests.evidence.sending import Sender

WORDS = {"account": "Rekaan: jam kejadiannya sembilan pagi."}
EXPIRED = REASON | {"reason": "completion_expired"}


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await handler(sessions, keys)


async def running(sessions: Sessions, case: Body) -> dict[Step, bool]:
    """The clocks that have not ended, and whether each runs."""
    query = select(DeadlineClock).where(
        DeadlineClock.subject_id == UUID(case["id"]), DeadlineClock.ended_at.is_(None)
    )
    async with sessions.begin() as session:
        return {each.step: each.stopped_at is None for each in await session.scalars(query)}


async def run_out(sessions: Sessions, case: Body) -> None:
    """The reporter's time is over."""
    due = update(DeadlineClock).where(
        DeadlineClock.subject_id == UUID(case["id"]), DeadlineClock.step == Step.COMPLETION
    )
    async with sessions.begin() as session:
        await session.execute(due.values(due_at=present() - timedelta(seconds=1)))


async def as_if_asked_two_days_ago(sessions: Sessions) -> date:
    """The review stands still since the day after its first; return the day of today there."""
    asked_at = present() - timedelta(days=2)
    stopped = update(DeadlineClock).where(DeadlineClock.stopped_at.is_not(None))
    begun = stopped.values(stopped_at=asked_at, started_at=asked_at - timedelta(days=1))
    async with sessions.begin() as session:
        await session.execute(update(ClockPause).values(since=asked_at))
        await session.execute(begun)
    return present().astimezone(ZoneInfo("Asia/Makassar")).date()


async def actions(sessions: Sessions, case: Body) -> list[str]:
    query = select(JournalEntry.action).where(JournalEntry.subject_id == UUID(case["id"]))
    async with sessions.begin() as session:
        return list(await session.scalars(query))


async def test_nothing_is_checked_at_first(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    found = await read(client, case, desk, "/requirements")

    assert found["proposal"] == "check"
    assert [each["is_met"] for each in found["items"]] == [None] * 7
    assert {each["requirement"] for each in found["items"] if not each["is_correctable"]} == {
        "voting_right",
        "in_time",
    }
    assert {each["requirement"] for each in found["items"] if not each["is_formal"]} == {
        "time_and_place",
        "account",
        "evidence",
    }


async def test_a_check_says_who_when_and_why(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    answer = await check(client, case, desk, "account", met=True, note="Rekaan: jelas.")

    [item] = [each for each in answer.json()["items"] if each["requirement"] == "account"]
    assert (item["is_met"], item["note"]) == (True, "Rekaan: jelas.")
    assert item["officer_id"]
    assert item["checked_at"]


async def test_the_last_word_counts_and_the_same_word_is_no_new_one(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    for met in (False, True, True):
        await check(client, case, desk, "account", met=met)

    found = await read(client, case, desk, "/requirements")
    assert [each["is_met"] for each in found["items"] if each["requirement"] == "account"] == [True]
    assert (await actions(sessions, case)).count("case.check_requirements") == 2


async def test_an_unknown_requirement_is_refused(client: AsyncClient, desk: dict[str, str]) -> None:
    case = await opened(client, desk)

    answer = await check(client, case, desk, "tanda_tangan", met=True)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("unmet", "proposal"),
    [
        ([], "register"),
        (["evidence"], "request_completion"),
        (["evidence", "in_time"], "refuse"),
        (["voting_right"], "refuse"),
    ],
)
async def test_the_checklist_proposes_what_follows(
    client: AsyncClient, desk: dict[str, str], unmet: list[str], proposal: str
) -> None:
    case = await opened(client, desk)

    found = await checked(client, case, desk, *unmet)

    assert found["proposal"] == proposal


async def test_registration_is_due_once_all_is_there(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    await checked(client, case, desk)
    complete = await running(sessions, case)
    await check(client, case, desk, "evidence", met=False)

    assert complete == {Step.INITIAL_REVIEW: True, Step.REGISTRATION: True}
    assert await running(sessions, case) == {Step.INITIAL_REVIEW: True}


async def test_the_reporter_is_told_what_is_missing_and_by_when(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    done = await asked(client, case, desk, "evidence", "account", note="Rekaan: mohon fotonya.")

    receipt = (await client.get("/receipt", headers=case["receipt"])).json()
    [message] = (await client.get("/receipt/messages", headers=case["receipt"])).json()["items"]
    assert done["state"] == receipt["status"] == "needs_completion"
    assert receipt["next_due_on"] == done["next_due_on"]
    assert "- Bukti" in message["text"]
    assert "- Uraian kejadian" in message["text"]
    assert "- Identitas pelapor" not in message["text"]
    assert "WITA" in message["text"]
    assert "Rekaan: mohon fotonya." in message["text"]
    assert await running(sessions, case) == {Step.INITIAL_REVIEW: False, Step.COMPLETION: True}


async def test_the_reporter_has_two_times_24_hours(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    await asked(client, case, desk)

    query = select(DeadlineClock).where(
        DeadlineClock.subject_id == UUID(case["id"]), DeadlineClock.step == Step.COMPLETION
    )
    async with sessions.begin() as session:
        clock = (await session.scalars(query)).one()
    assert clock.due_at - clock.started_at == timedelta(hours=48)


async def test_every_reporter_of_the_case_is_asked_who_has_not_withdrawn(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case, other, gone = [await opened(client, desk) for _ in range(3)]
    for each in (other, gone):
        await stepped(client, case, "reports", desk, {"complaint_id": each["complaint_id"]})
    await client.post("/receipt/withdrawal", json={}, headers=gone["receipt"])

    await asked(client, case, desk)

    told = [
        len((await client.get("/receipt/messages", headers=each["receipt"])).json()["items"])
        for each in (case, other, gone)
    ]
    assert told == [1, 1, 0]


@pytest.mark.parametrize("unmet", [[], ["in_time"], ["in_time", "evidence"]])
async def test_what_nobody_could_bring_is_not_asked_for(
    client: AsyncClient, desk: dict[str, str], unmet: list[str]
) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk, *unmet)

    answer = await step(client, case, "completion-request", desk, {"letter_number": "1"})

    assert answer.json()["objection"] == "nothing_missing"


async def test_a_supplement_resumes_the_review(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)

    sent = await supplement(client, case, new_id(), **WORDS)

    receipt = (await client.get("/receipt", headers=case["receipt"])).json()
    assert sent.status_code == 201, sent.text
    assert (await read(client, case, desk))["state"] == receipt["status"] == "initial_review"
    assert await running(sessions, case) == {Step.INITIAL_REVIEW: True}
    assert (await actions(sessions, case)).count("case.resume_review") == 1


async def test_what_comes_too_late_leaves_the_decision_to_an_officer(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)
    await run_out(sessions, case)

    sent = await supplement(client, case, new_id(), **WORDS)

    found = await read(client, case, desk, "/requirements")
    assert sent.status_code == 201
    assert (await read(client, case, desk))["state"] == "needs_completion"
    assert "completion_expired" in found["refusal_reasons"]
    assert (await stepped(client, case, "review", desk))["state"] == "initial_review"


async def test_the_checklist_names_the_reasons_that_would_be_taken(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    late = await checked(client, case, desk, "in_time")
    done = await stepped(client, case, "refusal", desk, REASON | {"reason": "out_of_time"})

    assert set(late["refusal_reasons"]) == {
        "out_of_time",
        "not_election_violation",
        "handled_elsewhere",
    }
    assert done["not_registered_reason"] == "out_of_time"
    assert (await read(client, case, desk, "/requirements"))["refusal_reasons"] == []


async def test_the_time_of_waiting_is_not_the_office_s(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)
    today = await as_if_asked_two_days_ago(sessions)

    await supplement(client, case, new_id(), **WORDS)

    # Of the two days none has passed: today is the first.
    tomorrow = today + timedelta(days=1)
    assert (await read(client, case, desk))["next_due_on"] == tomorrow.isoformat()


async def test_a_file_answers_where_evidence_is_missing(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    wanting, other = [await opened(client, desk) for _ in range(2)]
    await asked(client, wanting, desk, "evidence")
    await asked(client, other, desk, "account")

    for case in (wanting, other):
        await Sender(client, case["receipt"]).sent(samples.photograph())

    assert (await read(client, wanting, desk))["state"] == "initial_review"
    assert (await read(client, other, desk))["state"] == "needs_completion"


async def test_a_file_that_an_officer_adds_answers_nothing(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk, "evidence")
    said = {"complaint_id": case["complaint_id"]}

    await Sender(client, desk).sent(samples.photograph(), said=said)

    assert (await read(client, case, desk))["state"] == "needs_completion"


async def test_a_supplement_to_what_waits_for_nothing_changes_no_state(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    await supplement(client, case, new_id(), **WORDS)

    assert (await read(client, case, desk))["version"] == case["version"]


async def test_a_supplement_before_any_case_is_taken_as_ever(client: AsyncClient) -> None:
    filed = await filing.file(client)

    sent = await supplement(client, {"receipt": filing.receipt(filed)}, new_id(), **WORDS)

    assert sent.status_code == 201


async def test_an_officer_resumes_what_was_answered_on_paper(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)

    done = await stepped(client, case, "review", desk)

    assert done["state"] == "initial_review"
    assert await running(sessions, case) == {Step.INITIAL_REVIEW: True}


async def test_a_completion_expires_only_when_its_time_is_over(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)

    early = await step(client, case, "refusal", desk, EXPIRED)
    other = await step(client, case, "refusal", desk, REASON | {"reason": "material_unmet"})
    await run_out(sessions, case)
    done = await stepped(client, case, "refusal", desk, EXPIRED)

    query = select(DeadlineClock.outcome).where(
        DeadlineClock.subject_id == UUID(case["id"]), DeadlineClock.step == Step.COMPLETION
    )
    async with sessions.begin() as session:
        outcome = await session.scalar(query)
    assert early.json()["code"] == other.json()["code"] == "completion-running"
    assert done["not_registered_reason"] == "completion_expired"
    assert outcome == "missed"


async def test_a_reporter_is_asked_once(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)
    await run_out(sessions, case)
    await stepped(client, case, "review", desk)

    again = await step(client, case, "completion-request", desk, {"letter_number": "1"})

    found = await read(client, case, desk, "/requirements")
    done = await stepped(client, case, "refusal", desk, EXPIRED)
    assert again.json()["objection"] == "already_asked"
    assert "completion_expired" in found["refusal_reasons"]
    assert done["not_registered_reason"] == "completion_expired"


async def test_whoever_joins_a_case_that_waits_is_told_what_is_missing_too(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk, note="Rekaan: mohon fotonya.")
    other = await filing.file(client)

    await stepped(client, case, "reports", desk, {"complaint_id": other["id"]})

    letters = [
        (await client.get("/receipt/messages", headers=each)).json()["items"]
        for each in (case["receipt"], filing.receipt(other))
    ]
    assert [len(each) for each in letters] == [1, 1]
    assert letters[1][0]["text"] == letters[0][0]["text"]


async def test_whoever_joins_later_can_still_be_asked(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)
    await stepped(client, case, "review", desk)
    other = await filing.file(client)
    await stepped(client, case, "reports", desk, {"complaint_id": other["id"]})

    too_early = await step(client, case, "refusal", desk, REASON | {"reason": "material_unmet"})
    done = await stepped(client, case, "completion-request", desk, {"letter_number": "2"})

    assert too_early.json()["code"] == "completion-not-requested"
    assert done["state"] == "needs_completion"


async def test_nobody_is_asked_where_every_report_was_withdrawn(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await checked(client, case, desk, "evidence")
    await client.post("/receipt/withdrawal", json={}, headers=case["receipt"])

    answer = await step(client, case, "completion-request", desk, {"letter_number": "1"})

    assert answer.json()["objection"] == "all_withdrawn"


async def test_whoever_has_withdrawn_answers_nothing(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)
    await client.post("/receipt/withdrawal", json={}, headers=case["receipt"])

    sent = await supplement(client, case, new_id(), **WORDS)

    assert sent.status_code == 201
    assert (await read(client, case, desk))["state"] == "needs_completion"


async def test_what_is_still_missing_after_the_answer_is_held_against_the_report(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)
    await asked(client, case, desk)
    await supplement(client, case, new_id(), **WORDS)

    found = await read(client, case, desk, "/requirements")
    done = await stepped(client, case, "refusal", desk, REASON | {"reason": "material_unmet"})

    assert (found["was_asked"], found["proposal"]) == (True, "refuse")
    assert done["not_registered_reason"] == "material_unmet"


async def test_a_withdrawal_marks_the_report_and_stops_nothing(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    case = await opened(client, desk)

    for _ in range(2):
        await client.post("/receipt/withdrawal", json={}, headers=case["receipt"])

    query = select(CaseReport).where(CaseReport.complaint_id == UUID(case["complaint_id"]))
    async with sessions.begin() as session:
        report = (await session.scalars(query)).one()
    assert report.withdrawn_at is not None
    assert (await read(client, case, desk))["state"] == "initial_review"
    assert (await actions(sessions, case)).count("case.report_withdrawn") == 1


async def test_a_withdrawn_report_is_refused_or_goes_on_as_a_finding(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    one, other = [await opened(client, desk) for _ in range(2)]
    plenary, members = {"plenary": PLENARY}, await member(sessions, keys)
    before = await step(client, other, "adoption", members, plenary)
    for case in (one, other):
        await client.post("/receipt/withdrawal", json={}, headers=case["receipt"])

    refused = await stepped(client, one, "refusal", desk, REASON | {"reason": "withdrawn"})
    adopted = await stepped(client, other, "adoption", members, plenary)

    assert before.json()["objection"] == "not_withdrawn"
    assert refused["not_registered_reason"] == "withdrawn"
    assert (adopted["kind"], adopted["state"]) == ("finding", "finding")
    assert list(await running(sessions, other)) == [Step.REGISTRATION]
