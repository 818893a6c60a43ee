from typing import Any

import pytest
from httpx import AsyncClient

from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import SESSION, WALK_IN, Desk, told

LATER = {"starts_at": "2024-10-01T02:00:00Z", "ends_at": "2024-10-01T04:00:00Z"}
FIRST = {"If-Match": '"1"'}


async def scheduled(desk: Desk, event: str, **changes: Any) -> str:
    """Add a session; return its path."""
    added = told(await desk.post(f"{event}/sessions", SESSION | changes), 201)
    return f"{event}/sessions/{added['id']}"


async def drafted(desk: Desk) -> str:
    return f"/events/{(await desk.draft())['id']}"


async def delete(desk: Desk, path: str) -> Any:
    return await desk.client.delete(path, headers=desk.headers)


async def test_a_run_down_is_listed_in_the_order_of_the_day_page_by_page(
    client: AsyncClient, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    later, earlier = await scheduled(sijunjung, event, **LATER), await scheduled(sijunjung, event)

    first = told(await client.get(f"{event}/sessions?limit=1&count=exact"), 200)
    cursor = first["next_cursor"]
    second = told(await client.get(f"{event}/sessions?limit=1&cursor={cursor}"), 200)

    assert first["total"] == 2
    assert [f"{event}/sessions/{page['items'][0]['id']}" for page in (first, second)] == [
        earlier,
        later,
    ]
    assert second["next_cursor"] is None


async def test_the_run_down_of_a_draft_is_not_public(client: AsyncClient, sijunjung: Desk) -> None:
    event = await drafted(sijunjung)

    assert (await client.get(f"{event}/sessions")).status_code == 404
    assert told(await sijunjung.get(f"{event}/sessions"), 200)["items"] == []


async def test_a_session_is_changed_in_part(sijunjung: Desk) -> None:
    event = await drafted(sijunjung)
    session = await scheduled(sijunjung, event)
    minute_taker = {"role": "minute_taker", "office_name": "Bawaslu Rekaan", "post": "Staf"}

    changed = await sijunjung.patch(session, LATER | {"contributors": [minute_taker]}, **FIRST)

    after = told(changed, 200)
    assert (after["title"], after["held_on"]) == (SESSION["title"], "2024-10-01")
    assert (after["contributors"], after["version"]) == ([minute_taker], 2)
    assert changed.headers["etag"] == '"2"'
    assert told(await sijunjung.get(event), 200)["sessions"] == [after]


async def test_a_change_of_a_session_names_its_version(sijunjung: Desk) -> None:
    session = await scheduled(sijunjung, await drafted(sijunjung))
    told(await sijunjung.patch(session, {"title": "Pembukaan"}, **FIRST), 200)

    blind = await sijunjung.patch(session, {"title": "Penutup"})
    stale = await sijunjung.patch(session, {"title": "Penutup"}, **FIRST)

    assert (blind.status_code, stale.status_code) == (428, 412)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"ends_at": "2024-09-30T02:00:00Z"}, "/ends_at"),
        ({"ends_at": "2024-10-01T17:00:01Z"}, "/ends_at"),
        ({"starts_at": "2024-09-29T16:59:59Z"}, "/starts_at"),
        ({"title": None}, "/title"),
        ({"contributors": [{"role": "chair"}]}, "/contributors/0/role"),
    ],
)
async def test_a_changed_session_keeps_the_rules(
    sijunjung: Desk, change: dict[str, Any], pointer: str
) -> None:
    session = await scheduled(sijunjung, await drafted(sijunjung))

    answer = await sijunjung.patch(session, change, **FIRST)

    assert told(answer, 422)["errors"][0]["pointer"] == pointer


async def test_a_session_is_removed_for_good(sijunjung: Desk) -> None:
    event = await drafted(sijunjung)
    session = await scheduled(sijunjung, event)

    removed = await delete(sijunjung, session)
    again = await delete(sijunjung, session)

    assert told(removed, 200)["title"] == SESSION["title"]
    assert again.status_code == 404
    read = told(await sijunjung.get(event), 200)
    assert (read["sessions"], read["version"]) == ([], 3)


async def test_a_rehearsed_removal_leaves_the_session(sijunjung: Desk) -> None:
    event = await drafted(sijunjung)
    session = await scheduled(sijunjung, event)

    rehearsed = await delete(sijunjung, f"{session}?validate_only=true")

    assert rehearsed.status_code == 204
    assert len(told(await sijunjung.get(event), 200)["sessions"]) == 1


@pytest.mark.usefixtures("on_the_day")
async def test_a_session_that_somebody_attended_stays(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    session = await scheduled(sijunjung, event)
    told(await sijunjung.check_in(event, **WALK_IN, session_id=session.rpartition("/")[2]), 201)

    answer = await delete(sijunjung, session)

    assert told(answer, 409)["code"] == "session-attended"


async def test_the_run_down_of_what_is_over_stays_as_it_was(sijunjung: Desk) -> None:
    event = await drafted(sijunjung)
    session = await scheduled(sijunjung, event)
    told(await sijunjung.post(f"{event}/cancellation", {"reason": "Gedung terpakai."}), 200)

    answers = [
        await sijunjung.post(f"{event}/sessions", SESSION),
        await sijunjung.patch(session, {"title": "Penutup"}, **FIRST),
        await delete(sijunjung, session),
    ]

    assert [told(each, 409)["code"] for each in answers] == ["event-wrong-stage"] * 3


async def test_a_session_is_reached_by_its_own_event_alone(
    open_desk: OpenDesk, sijunjung: Desk
) -> None:
    event = await sijunjung.announce()
    session = await scheduled(sijunjung, event)
    other = (await sijunjung.announce()) + "/sessions/" + session.rpartition("/")[2]
    guest = await open_desk("13.04")
    await sijunjung.invite(event, {"office_id": guest.office_id, "post": "Ketua"})

    astray = await sijunjung.patch(other, {"title": "Penutup"}, **FIRST)
    touched = await guest.patch(session, {"title": "Penutup"}, **FIRST)

    assert (astray.status_code, touched.status_code) == (404, 403)
