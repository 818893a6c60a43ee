from datetime import UTC, datetime
from typing import Any

import pytest
from httpx import AsyncClient

from app.core.actors import Role
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.meeting import FIRST_DAY, MINUTES, PLAN, SESSION, Desk, told

IN_WIT = {"venue_region_code": "81.01", "starts_on": "2024-09-30", "ends_on": "2024-10-01"}


async def test_a_draft_says_what_follows_from_its_organiser(sijunjung: Desk) -> None:
    event = await sijunjung.draft()

    assert {name: event[name] for name in PLAN} == PLAN
    assert event["office_name"] == "Bawaslu Kabupaten Sijunjung"
    assert (event["region_code"], event["level"]) == ("13.03", "regency")
    assert (event["time_zone"], event["stage"]) == ("Asia/Jakarta", "draft")


async def test_a_draft_repeated_with_its_key_is_one_draft(sijunjung: Desk) -> None:
    body = PLAN | {"office_id": sijunjung.office_id}
    key = {"Idempotency-Key": "rancangan-sijunjung-1"}

    first = await sijunjung.post("/events", body, **key)
    again = await sijunjung.post("/events", body, **key)

    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"


async def test_a_rehearsed_draft_leaves_nothing(sijunjung: Desk) -> None:
    body = PLAN | {"office_id": sijunjung.office_id}

    answer = await sijunjung.post("/events?validate_only=true", body)

    assert answer.status_code == 204
    assert (await sijunjung.get("/events?stage=draft")).json()["items"] == []


async def test_an_office_organises_for_offices_below_and_not_for_those_above(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    province = await open_desk("13")
    body = PLAN | {"office_id": sijunjung.office_id}

    below = await province.post("/events", body)
    above = await sijunjung.post("/events", PLAN | {"office_id": province.office_id})

    assert below.json()["office_name"] == "Bawaslu Kabupaten Sijunjung"
    assert above.status_code == 403


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"ends_on": "2024-09-29"}, "/ends_on"),
        ({"venue": None}, "/venue"),
        ({"kinds": ["rakornas"]}, "/kinds"),
        ({"kinds": []}, "/kinds"),
        ({"region_code": "13"}, "/region_code"),
        ({"region_code": "99"}, "/region_code"),
        ({"venue_region_code": "13.99"}, "/venue_region_code"),
        ({"election_code": "pilkada-1999"}, "/election_code"),
        ({"title": "Rapat\x00"}, "/title"),
        ({"purpose": "\x00"}, "/purpose"),
        ({"office_id": "01932b5e-7c00-7000-8000-00000000dead"}, "/office_id"),
        ({"chair": "Contoh Rekaan"}, ""),
    ],
)
async def test_a_plan_that_cannot_be_is_refused_by_its_field(
    sijunjung: Desk, changes: dict[str, Any], pointer: str
) -> None:
    body = PLAN | {"office_id": sijunjung.office_id} | changes

    answer = await sijunjung.post("/events", body)

    assert [each["pointer"] for each in told(answer, 422)["errors"]] == [pointer]


async def test_a_draft_is_seen_by_its_area_alone(
    client: AsyncClient, open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"
    province, neighbour = await open_desk("13"), await open_desk("13.04")

    assert (await sijunjung.get(event)).status_code == 200
    assert (await province.get(event)).status_code == 200
    assert (await neighbour.get(event)).status_code == 404
    assert (await client.get(event)).status_code == 404
    assert (await client.get("/events?stage=draft")).json()["items"] == []


async def test_an_officer_without_the_permission_sees_what_the_public_sees(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"
    duty = await open_desk("13.03", Role.DUTY_OFFICER)

    assert (await duty.get(event)).status_code == 404


async def test_a_published_event_is_public(client: AsyncClient, sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    answer = await client.get(event)

    assert told(answer, 200)["stage"] == "published"
    found = (await client.get("/events?region=13&kind=declaration&since=2024-10-01")).json()
    assert [f"/events/{each['id']}" for each in found["items"]] == [event]


@pytest.mark.parametrize(
    "filters", ["region=73", "kind=rakor", "since=2024-10-02", "until=2024-09-29", "level=province"]
)
async def test_a_filter_leaves_out_what_does_not_fit(
    client: AsyncClient, sijunjung: Desk, filters: str
) -> None:
    await sijunjung.announce()

    answer = await client.get(f"/events?{filters}")

    assert told(answer, 200)["items"] == []


async def test_a_cancelled_event_stays_public_only_when_it_was(
    client: AsyncClient, sijunjung: Desk
) -> None:
    public = await sijunjung.announce()
    draft = f"/events/{(await sijunjung.draft())['id']}"
    for event in (public, draft):
        told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    assert told(await client.get(public), 200)["cancellation_reason"] == "Gedung terpakai."
    assert (await client.get(draft)).status_code == 404


async def test_an_event_goes_its_way_to_the_report(
    open_desk: OpenDesk, sijunjung: Desk, set_clock: SetClock
) -> None:
    event, chair = await sijunjung.announce(), await open_desk("13.03", Role.MEMBER)
    early = await sijunjung.post(f"{event}/holding")
    set_clock(FIRST_DAY)

    held = await sijunjung.post(f"{event}/holding")
    unreported = await sijunjung.post(f"{event}/reporting")
    told(await sijunjung.post(f"{event}/minutes", MINUTES), 201)
    unapproved = await sijunjung.post(f"{event}/reporting")
    told(await chair.post(f"{event}/minutes/approval", {"version": 1}), 200)
    reported = await sijunjung.post(f"{event}/reporting")

    assert told(early, 409)["code"] == "event-not-begun"
    assert told(held, 200)["stage"] == "held"
    assert told(unreported, 409)["code"] == "event-minutes-missing"
    assert told(unapproved, 409)["code"] == "minutes-not-approved"
    assert told(reported, 200)["stage"] == "reported"
    again = await sijunjung.post(f"{event}/cancellation", {"reason": "Terlambat."})
    assert told(again, 409)["code"] == "event-step-refused"


async def test_the_day_comes_earlier_in_the_east(open_desk: OpenDesk, set_clock: SetClock) -> None:
    maluku = await open_desk("81.01")
    event = await maluku.announce(**IN_WIT)
    set_clock(datetime(2024, 9, 29, 15, tzinfo=UTC))

    answer = await maluku.post(f"{event}/holding")

    assert told(answer, 200)["time_zone"] == "Asia/Jayapura"


async def test_a_two_day_event_has_a_session_over_midnight(open_desk: OpenDesk) -> None:
    maluku = await open_desk("81.01")
    event = f"/events/{(await maluku.draft(**IN_WIT))['id']}"
    night = {"starts_at": "2024-09-30T13:00:00Z", "ends_at": "2024-09-30T17:00:00Z"}
    opening = {"starts_at": "2024-09-29T23:00:00Z", "ends_at": "2024-09-30T01:00:00Z"}
    too_early = {"starts_at": "2024-09-29T14:59:00Z", "ends_at": "2024-09-29T16:00:00Z"}

    for times in (night, opening):
        told(await maluku.post(f"{event}/sessions", SESSION | times), 201)
    refused = await maluku.post(f"{event}/sessions", SESSION | too_early)

    run_down = told(await maluku.get(event), 200)["sessions"]
    assert [each["held_on"] for each in run_down] == ["2024-09-30", "2024-09-30"]
    assert [each["starts_at"] for each in run_down] == [opening["starts_at"], night["starts_at"]]
    assert told(refused, 422)["errors"][0]["pointer"] == "/starts_at"


async def test_a_change_names_the_version_it_changes(sijunjung: Desk) -> None:
    drafted = await sijunjung.draft()
    event = f"/events/{drafted['id']}"
    tag = (await sijunjung.get(event)).headers["etag"]
    change = {"venue": "Gedung Rekaan", "ends_on": "2024-09-30"}

    blind = await sijunjung.patch(event, change)
    changed = await sijunjung.patch(event, change, **{"If-Match": tag})
    stale = await sijunjung.patch(event, change, **{"If-Match": tag})

    assert blind.status_code == 428
    assert told(changed, 200) == drafted | change | {"version": 2}
    assert changed.headers["etag"] == '"2"'
    assert stale.status_code == 412


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": None}, "/title"),
        ({"venue": None}, "/venue"),
        ({"starts_on": "2024-10-02"}, "/ends_on"),
        ({"starts_on": "2024-10-01"}, "/starts_at"),
        ({"office_id": "01932b5e-7c00-7000-8000-00000000dead"}, ""),
    ],
)
async def test_a_change_keeps_the_rules(
    sijunjung: Desk, change: dict[str, Any], pointer: str
) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"
    told(await sijunjung.post(f"{event}/sessions", SESSION), 201)

    answer = await sijunjung.patch(event, change, **{"If-Match": '"2"'})

    assert [each["pointer"] for each in told(answer, 422)["errors"]] == [pointer]
