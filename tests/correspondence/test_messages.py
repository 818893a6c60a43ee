"""A reporter and an office talk; the office knows no name, the reporter no officer."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.ids import new_id
from app.correspondence.rules.messages import LONGEST, MOST_A_DAY
from app.web.clock import read_clock
from tests.correspondence.writing import Desk, Reporter, a_reporter

NOON = datetime(2024, 11, 6, 5, 0, tzinfo=UTC)


async def test_both_sides_read_what_the_other_wrote(reporter: Reporter, desk: Desk) -> None:
    await reporter.write("Kapan diperiksa?")
    await desk.write(reporter, "Besok pagi.")

    mine, theirs = await reporter.messages(), await desk.messages(reporter)

    assert [(each["side"], each["text"]) for each in mine["items"]] == [
        ("office", "Besok pagi."),
        ("reporter", "Kapan diperiksa?"),
    ]
    assert [each["text"] for each in theirs["items"]] == ["Besok pagi.", "Kapan diperiksa?"]


async def test_the_reporter_sees_the_office_and_no_officer(reporter: Reporter, desk: Desk) -> None:
    written = (await desk.write(reporter)).json()

    [seen] = (await reporter.messages())["items"]

    assert seen["office"] == "Bawaslu Kabupaten Jeneponto"
    assert "officer_id" not in seen
    assert written["officer_id"] not in str(seen)
    assert written["office"] == seen["office"]


async def test_the_desk_sees_no_name_of_the_reporter(reporter: Reporter, desk: Desk) -> None:
    await reporter.write()

    [seen] = (await desk.messages(reporter))["items"]

    assert seen["office"] is seen["officer_id"] is None
    assert "Pelapor Rekaan" not in str(seen)


async def test_a_message_is_sent_exactly_once(reporter: Reporter) -> None:
    id = new_id()

    first, again = await reporter.write("Sekali.", id), await reporter.write("Sekali.", id)
    other = await reporter.write("Lain.", id)

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    assert other.json()["code"] == "conflicting-body"
    assert len((await reporter.messages())["items"]) == 1


async def test_an_id_of_another_report_is_taken_and_tells_nothing(
    client: AsyncClient, reporter: Reporter
) -> None:
    other, id = await a_reporter(client), new_id()
    await other.write("Sekali.", id)

    answer = await reporter.write("Sekali.", id)

    assert answer.status_code == 409
    assert (await reporter.messages())["items"] == []


async def test_an_answer_of_the_office_is_replayed_by_its_key(
    reporter: Reporter, desk: Desk
) -> None:
    desk.headers |= {"Idempotency-Key": "kunci-rekaan-surat-1"}

    first, again = await desk.write(reporter), await desk.write(reporter)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len((await reporter.messages())["items"]) == 1


async def test_unread_messages_are_counted_on_both_sides_until_they_are_marked(
    reporter: Reporter, desk: Desk
) -> None:
    first, second = new_id(), new_id()
    await reporter.write("Satu.", first)
    await reporter.write("Dua.", second)
    await desk.write(reporter)
    [answer, *_] = (await reporter.messages())["items"]
    before = (await reporter.follow())["unread_messages"], (await desk.rows())[0]["unread_messages"]

    half = await desk.mark(reporter, str(first))
    whole = await desk.mark(reporter, str(second))
    seen = await reporter.see(answer["id"])

    assert before == (1, 2)
    assert [each.json()["unread_messages"] for each in (half, whole, seen)] == [1, 0, 0]
    assert (await reporter.follow())["unread_messages"] == 0
    assert (await desk.rows())[0]["unread_messages"] == 0
    assert [each["is_read"] for each in (await reporter.messages())["items"]] == [True] * 3


async def test_marking_twice_counts_once(reporter: Reporter, desk: Desk) -> None:
    id = new_id()
    await reporter.write("Satu.", id)
    await desk.mark(reporter, str(id))
    await desk.mark(reporter, str(id))
    await reporter.write("Dua.")

    [row] = await desk.rows()

    assert row["unread_messages"] == 1


async def test_reading_marks_nothing(reporter: Reporter, desk: Desk) -> None:
    await reporter.write()
    await desk.write(reporter)

    for _ in range(2):
        pages = [await reporter.messages(), await desk.messages(reporter)]

    assert not any(each["is_read"] for page in pages for each in page["items"])
    assert (await reporter.follow())["unread_messages"] == 1
    assert (await desk.rows())[0]["unread_messages"] == 1


async def test_the_desk_finds_who_waits_for_an_answer(
    client: AsyncClient, reporter: Reporter, desk: Desk
) -> None:
    silent = await a_reporter(client)
    await reporter.write()

    waiting, others = await desk.rows(unread=True), await desk.rows(unread=False)

    assert [each["id"] for each in waiting] == [str(reporter.subject_id)]
    assert [each["id"] for each in others] == [str(silent.subject_id)]


async def test_a_message_too_many_is_refused_and_says_when_it_goes_on(
    reporter: Reporter, app: FastAPI
) -> None:
    id = new_id()
    app.dependency_overrides[read_clock] = lambda: NOON
    await reporter.write("Yang pertama.", id)
    app.dependency_overrides[read_clock] = lambda: NOON + timedelta(hours=1)
    for _ in range(MOST_A_DAY - 1):
        assert (await reporter.write()).status_code == 201

    refused = await reporter.write()
    again = await reporter.write("Yang pertama.", id)
    app.dependency_overrides[read_clock] = lambda: NOON + timedelta(days=1)
    next_day = await reporter.write()

    app.dependency_overrides.clear()
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many-messages")
    assert refused.headers["retry-after"] == str(23 * 3600)
    assert again.status_code == 200
    assert next_day.status_code == 201


async def test_the_office_is_not_limited_by_what_the_reporter_wrote(
    reporter: Reporter, desk: Desk
) -> None:
    for _ in range(MOST_A_DAY):
        await reporter.write()

    assert (await desk.write(reporter)).status_code == 201


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1), "a\x00b"])
async def test_a_message_without_a_fit_text_is_refused(reporter: Reporter, text: str) -> None:
    answer = await reporter.write(text)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/text"


async def test_a_rehearsal_sends_nothing(reporter: Reporter, desk: Desk) -> None:
    path = f"/receipt/messages/{new_id()}?validate_only=true"

    answer = await reporter.client.put(path, json={"text": "Coba."}, headers=reporter.headers)

    assert answer.status_code == 204
    assert (await desk.messages(reporter))["items"] == []
    assert (await desk.rows(unread=True)) == []


async def test_a_page_goes_on_where_the_last_one_ended(reporter: Reporter) -> None:
    for text in ("Satu.", "Dua.", "Tiga."):
        await reporter.write(text)

    first = await reporter.messages(limit=2, count="exact")
    second = await reporter.messages(limit=2, cursor=first["next_cursor"])

    assert first["total"] == 3
    assert [each["text"] for each in first["items"] + second["items"]] == [
        "Tiga.",
        "Dua.",
        "Satu.",
    ]
