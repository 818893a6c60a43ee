"""What an officer enters for a reporter who came in person, wrote or telephoned."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.audit.models import JournalEntry
from app.complaints.models.complaints import Complaint, ComplaintContent
from app.complaints.rules import entries as rules
from app.complaints.rules.procedure import Channel, EntryChannel, PhoneChannel
from app.core.actors import Actor, ActorKind
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import Invalid
from app.web.clock import read_clock
from tests.complaints.filing import Body, complaint, put, receipt
from tests.people import officer

OFFICE = "bawaslu-73.04"
NOW = datetime(2024, 11, 7, 3, tzinfo=UTC)


def entry(**changes: Any) -> Body:
    said = complaint(**changes)
    body = {name: said[name] for name in ("event", "reported_persons", "reporter")}
    body |= {"channel": "letter", "received_at": "2024-11-05T02:30:00Z"}
    return body | {name: changes[name] for name in changes if name != "event"}


async def desk_of(sessions: Sessions, keys: Keyring, office: str = OFFICE) -> dict[str, str]:
    return await officer(sessions, keys, role="duty_officer", office_code=office)


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await desk_of(sessions, keys)


async def enter(client: AsyncClient, desk: dict[str, str], **changes: Any) -> Response:
    return await client.post("/complaints/entries", json=entry(**changes), headers=desk)


@pytest.mark.parametrize("channel", EntryChannel)
async def test_what_is_entered_has_a_receipt_that_its_reporter_can_follow(
    client: AsyncClient, desk: dict[str, str], channel: str
) -> None:
    entered = await enter(client, desk, channel=channel)

    followed = await client.get("/receipt", headers=receipt(entered.json()))
    listed = await client.get("/complaints", params={"channel": channel}, headers=desk)
    assert entered.status_code == 201, entered.text
    assert followed.json()["holder"]["name"] == "Bawaslu Kabupaten Jeneponto"
    assert [each["id"] for each in listed.json()["items"]] == [entered.json()["id"]]


async def test_the_clocks_run_from_when_the_office_received_it(
    client: AsyncClient, desk: dict[str, str], app: FastAPI
) -> None:
    recorded_at = datetime.fromisoformat("2024-12-02T01:00:00+00:00")
    app.dependency_overrides[read_clock] = lambda: recorded_at

    # A Saturday: the office in Jeneponto opens on Monday at 08:00 WITA.
    entered = (await enter(client, desk, received_at="2024-11-09T03:00:00Z")).json()

    app.dependency_overrides.clear()
    assert entered["submitted_at"] == "2024-12-02T01:00:00Z"
    assert entered["officially_received_at"] == "2024-11-11T00:00:00Z"
    assert entered["next_due_on"] == "2024-11-13"
    assert entered["filed_late"] is False


async def test_the_desk_sees_who_entered_it_and_the_reporter_does_not(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    me = (await client.get("/auth/me", headers=desk)).json()["id"]
    entered = (await enter(client, desk, letter_number="045/SM/XI/2024")).json()

    read = (await client.get(f"/complaints/{entered['id']}", headers=desk)).json()
    history = await client.get(f"/complaints/{entered['id']}/history", headers=desk)
    followed = await client.get("/receipt", headers=receipt(entered))

    assert (read["entered_by"], read["received_at"]) == (me, "2024-11-05T02:30:00Z")
    assert read["letter_number"] == "045/SM/XI/2024"
    assert [(each["action"], each["actor_id"]) for each in history.json()["items"]] == [
        ("complaint.read", me),
        ("complaint.entered", me),
    ]
    assert me not in followed.text
    assert "entered" not in followed.text


async def test_the_journal_names_the_channel_and_the_letter_lies_sealed(
    client: AsyncClient, sessions: Sessions, desk: dict[str, str]
) -> None:
    await enter(client, desk, letter_number="045/SM/XI/2024")

    async with sessions.begin() as session:
        written = select(JournalEntry.payload).where(JournalEntry.action == "complaint.entered")
        payload = (await session.scalars(written)).one()
        sealed = (await session.scalars(select(ComplaintContent.sealed))).one()

    assert payload == {"kind": "report", "channel": "letter"}
    assert b"045/SM" not in sealed


async def test_only_a_repeat_under_the_same_key_is_told_the_code_again(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: dict[str, str]
) -> None:
    key = {"Idempotency-Key": "kunci-rekaan-0003"}
    body = entry()

    first = await client.post("/complaints/entries", json=body, headers=desk | key)
    again = await client.post("/complaints/entries", json=body, headers=desk | key)
    colleague = await desk_of(sessions, keys)
    other = await client.post("/complaints/entries", json=body, headers=colleague | key)
    without = await client.post("/complaints/entries", json=body, headers=desk)
    read = await client.get(f"/complaints/{first.json()['id']}", headers=desk)

    assert again.json() == first.json()
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert without.json()["receipt_code"] != first.json()["receipt_code"]
    assert "receipt_code" not in read.text


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"received_at": "2999-01-01T00:00:00Z"}, ("/received_at", "future-moment")),
        ({"received_at": "2024-11-04T15:59:59Z"}, ("/received_at", "received-before-known")),
        ({"received_at": "0001-01-01T00:00:00+14:00"}, ("/received_at", "received-before-known")),
        ({"received_at": "9999-12-31T23:59:59-12:00"}, ("/received_at", "future-moment")),
        ({"received_at": "2024-11-05T02:30:00"}, ("/received_at", "timezone-aware")),
        ({"channel": "app"}, ("/channel", "enum")),
        ({"receipt_secret": "0" * 32}, ("", "extra-forbidden")),
        ({"event": {"region_code": "13.03"}}, ("/event/region_code", "outside-area")),
        ({"event": {"region_code": "73"}}, ("/event/region_code", "outside-area")),
        ({"event": {"region_code": "73.99"}}, ("/event/region_code", "unknown-region")),
        ({"election_code": "pilkada-1901"}, ("/election_code", "unknown-election")),
        ({"letter_number": "1\n2"}, ("/letter_number", "string-pattern-mismatch")),
    ],
)
async def test_a_bad_entry_is_told_where_and_keeps_nothing(
    client: AsyncClient,
    sessions: Sessions,
    desk: dict[str, str],
    change: Body,
    fault: tuple[str, str],
) -> None:
    answer = await enter(client, desk, **change)

    assert answer.status_code == 422, answer.text
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [fault]
    async with sessions.begin() as session:
        assert await session.scalar(select(func.count()).select_from(Complaint)) == 0


async def test_a_time_before_all_offices_is_refused(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    ancient = {"occurred_on": "0001-01-01", "known_on": "0001-01-01"}

    answer = await enter(client, desk, event=ancient, received_at="0001-01-01T00:00:00+07:00")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "received-before-known"


async def test_the_day_on_which_it_was_known_is_that_of_the_office(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    # Midnight in Jeneponto, while it is still the fourth in UTC.
    entered = await enter(client, desk, received_at="2024-11-04T16:00:00Z")

    assert entered.status_code == 201, entered.text


async def test_a_dry_run_keeps_nothing(client: AsyncClient, desk: dict[str, str]) -> None:
    answer = await client.post(
        "/complaints/entries", params={"validate_only": "true"}, json=entry(), headers=desk
    )

    listed = await client.get("/complaints", headers=desk)
    assert answer.status_code == 204
    assert listed.json()["items"] == []


@pytest.mark.parametrize("channel", EntryChannel)
async def test_a_phone_cannot_name_the_channel_of_an_office(
    client: AsyncClient, channel: str
) -> None:
    answer = await put(client, complaint(channel=channel))

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/channel"]


async def test_an_office_above_enters_for_a_regency(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    entered = await enter(client, await desk_of(sessions, keys, "bawaslu-73"))

    assert entered.json()["holder"]["name"] == "Bawaslu Kabupaten Jeneponto"


async def test_without_a_reporter_it_is_initial_information(
    client: AsyncClient, desk: dict[str, str]
) -> None:
    entered = await enter(client, desk, channel="telephone", reporter=None)

    assert (entered.json()["kind"], entered.json()["status"]) == ("initial_information", "received")


async def test_a_custodian_enters_nothing(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    custodian = await officer(sessions, keys, role="custodian", office_code=OFFICE)

    assert (await enter(client, custodian)).status_code == 403


def test_every_channel_is_that_of_a_phone_or_of_an_office() -> None:
    assert {*Channel} == {*map(Channel, PhoneChannel), *map(Channel, EntryChannel)}
    assert not {*map(str, PhoneChannel)} & {*map(str, EntryChannel)}


@pytest.mark.parametrize(
    ("area", "region_code", "seen"),
    [
        ("73.04", "73.04.01", True),
        ("", "13", True),
        ("73.04", "73.0", False),
        ("73.04", "73", False),
        (None, "73.04", False),
    ],
)
def test_an_office_enters_what_lies_in_its_area(
    area: str | None, region_code: str, *, seen: bool
) -> None:
    assert rules.oversees(Actor(ActorKind.OFFICER, area=area), region_code) is seen


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_the_same_moment_is_no_future(zone: str) -> None:
    known_on = date(2024, 11, 7)

    rules.check_received(NOW, known_on, NOW, ZoneInfo(zone))
    with pytest.raises(Invalid):
        rules.check_received(NOW + timedelta(microseconds=1), known_on, NOW, ZoneInfo(zone))
