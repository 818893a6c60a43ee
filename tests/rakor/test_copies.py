from typing import Any

import pytest
from httpx import AsyncClient

from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import NAGARI, Desk, answer, told
from tests.rakor.meetings import SIJUNJUNG, announced
from tests.rakor.test_plans import FORM_CEGAH, WITHIN

CAMAT = {"office_name": "Kantor Camat Rekaan", "region_code": "13.03.04", "post": "Camat"}
OWN = ("description", "declaration_id", "circular_id")


async def copied(desk: Desk, event: str, *days: str) -> list[dict[str, Any]]:
    answer = told(await desk.post(f"{event}/copies", {"days": list(days)}), 201)
    return list(answer["items"])


async def announced_copy(desk: Desk, event: str) -> str:
    copy = f"/events/{(await copied(desk, event, '2024-10-14'))[0]['id']}"
    told(await desk.post(f"{copy}/publication"), 200)
    return copy


async def test_a_copy_is_a_draft_for_another_day_with_the_same_run_down(sijunjung: Desk) -> None:
    event = await announced(sijunjung, SIJUNJUNG)

    first, second = await copied(sijunjung, event, "2024-10-14", "2024-09-02")

    for copy, days in ((first, ("14", "15")), (second, ("02", "03"))):
        assert (copy["stage"], copy["sequence"]) == ("draft", 0)
        assert (copy["starts_on"][-2:], copy["ends_on"][-2:]) == days
        read = told(await sijunjung.get(f"/events/{copy['id']}"), 200)
        assert [each["held_on"][-2:] for each in read["sessions"]] == list(days)
        assert [each["starts_at"][8:] for each in read["sessions"]] == [
            f"{day}T02:00:00Z" for day in days
        ]
        assert [each["title"] for each in read["sessions"]] == [
            each["title"] for each in SIJUNJUNG.sessions
        ]


async def test_a_copy_takes_the_plan_and_leaves_what_was_of_that_one_meeting(
    sijunjung: Desk,
) -> None:
    event = await sijunjung.announce(mode="both", **FORM_CEGAH, **WITHIN)

    [copy] = await copied(sijunjung, event, "2024-10-14")

    read = told(await sijunjung.get(f"/events/{copy['id']}"), 200)
    assert {name: read[name] for name in (*OWN, *WITHIN)} == dict.fromkeys((*OWN, *WITHIN))
    kept = FORM_CEGAH.keys() - {*OWN}
    assert {name: read[name] for name in kept} == {name: FORM_CEGAH[name] for name in kept}


async def test_copies_are_one_series_that_a_list_can_be_filtered_by(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    await sijunjung.announce()

    [copy] = await copied(sijunjung, event, "2024-10-14")
    [second] = await copied(sijunjung, f"/events/{copy['id']}", "2024-10-21")

    series = event.rpartition("/")[2]
    assert [copy["series_id"], second["series_id"]] == [series, series]
    found = told(await sijunjung.get(f"/events?series_id={series}"), 200)["items"]
    assert {each["id"] for each in found} == {series, copy["id"], second["id"]}
    public = told(await client.get(f"/events?series_id={series}"), 200)["items"]
    assert [each["id"] for each in public] == [series]


async def test_the_invited_are_invited_again_without_their_answers(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    posted = NAGARI | {"category": "village_head", "email": "nagari@contoh.go.id"}
    nagari, _ = await sijunjung.invite(event, posted, CAMAT)
    told(await answer(client, nagari["code"], answer="coming"), 200)
    copy = await announced_copy(sijunjung, event)
    await sijunjung.invite(copy, CAMAT)

    again = await sijunjung.post(f"{copy}/repeated-invitations", {"letter_number": "006/X/2024"})
    nobody = await sijunjung.post(f"{copy}/repeated-invitations", {})

    [invited] = told(again, 201)["items"]
    assert (invited["office_name"], invited["answer"]) == (NAGARI["office_name"], None)
    assert invited["letter_number"] == "006/X/2024"
    assert invited["code"] != nagari["code"]
    read = told(await sijunjung.get(f"{copy}/invitations/{invited['id']}"), 200)
    assert (read["category"], read["email"]) == ("village_head", "nagari@contoh.go.id")
    assert told(nobody, 201)["items"] == []


async def test_a_copy_of_a_copy_that_invited_nobody_knows_whom_the_first_invited(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    guest = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})
    [copy] = await copied(sijunjung, event, "2024-10-14")

    second = await announced_copy(sijunjung, f"/events/{copy['id']}")
    again = await sijunjung.post(f"{second}/repeated-invitations", {})

    assert [each["office_id"] for each in told(again, 201)["items"]] == [guest.office_id]
    assert told(await guest.get(f"{second}/attendance"), 200)["invited"] == 1


async def test_only_a_published_copy_invites_again(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [copy] = await copied(sijunjung, event, "2024-10-14")

    first = await sijunjung.post(f"{event}/repeated-invitations", {})
    draft = await sijunjung.post(f"/events/{copy['id']}/repeated-invitations", {})

    assert told(first, 409)["code"] == "event-no-copy"
    assert told(draft, 409)["code"] == "event-wrong-stage"


@pytest.mark.parametrize(
    ("days", "pointer"),
    [
        ([], "/days"),
        (["2024-10-07", "2024-10-07"], "/days/1"),
        (["2099-12-30"], "/days/0"),
        (["9999-12-31"], "/days/0"),
        (["0001-01-01"], "/days/0"),
        (["7 Oktober"], "/days/0"),
        ([f"2025-{month:02}-{day:02}" for month in (1, 3, 5) for day in range(1, 32)], "/days"),
    ],
    ids=lambda value: str(value)[:24],
)
async def test_days_that_cannot_be_are_refused_and_nothing_is_drafted(
    sijunjung: Desk, days: list[str], pointer: str
) -> None:
    event = await sijunjung.announce()

    refused = await sijunjung.post(f"{event}/copies", {"days": days})

    assert [each["pointer"] for each in told(refused, 422)["errors"]] == [pointer]
    assert told(await sijunjung.get("/events?stage=draft"), 200)["items"] == []


async def test_copies_repeated_with_their_key_are_drafted_once(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    body, key = {"days": ["2024-10-14"]}, {"Idempotency-Key": "salinan-sijunjung-1"}

    first = await sijunjung.post(f"{event}/copies", body, **key)
    again = await sijunjung.post(f"{event}/copies", body, **key)

    assert again.json() == told(first, 201)
    assert len(told(await sijunjung.get("/events?stage=draft"), 200)["items"]) == 1


async def test_who_was_merely_invited_copies_nothing(open_desk: OpenDesk, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    guest = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})

    answers = [
        await guest.post(f"{event}/copies", {"days": ["2024-10-14"]}),
        await guest.post(f"{event}/repeated-invitations", {}),
    ]

    assert [each.status_code for each in answers] == [403, 403]
