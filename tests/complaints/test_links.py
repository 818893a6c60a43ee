"""The same event, many reports: an officer decides, and can take it back."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.accounts.models import Officer
from app.complaints.models.links import ComplaintLink
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.models import Grant, Wall
from app.web.clock import present
from tests.complaints.filing import Body, complaint, put
from tests.complaints.linking import (
    CONFIRMED,
    REJECTED,
    Headers,
    between,
    link,
    members,
    remove,
    seen,
    several,
    signed_in,
)
from tests.people import add_officer, officer

SECRET = "00112233445566778899aabbccddeeff"  # noqa: S105  invented
NOTE = "Rekaan: video yang sama dari sudut lain."


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")


@pytest.fixture
async def province(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code="bawaslu-73")


async def linked(client: AsyncClient, desk: Headers, *chain: str) -> None:
    for one, other in pairwise(chain):
        answer = await link(client, desk, one, other)
        assert answer.status_code == 200, answer.text


async def actions(client: AsyncClient, desk: Headers, id: str) -> list[str]:
    answer = await client.get(f"/complaints/{id}/history", headers=desk)
    return [line["action"] for line in reversed(answer.json()["items"])]


async def kept(sessions: Sessions) -> Sequence[ComplaintLink]:
    async with sessions.begin() as session:
        return (await session.scalars(select(ComplaintLink).order_by(ComplaintLink.id))).all()


async def test_alone_a_complaint_is_one_report(client: AsyncClient, desk: Headers) -> None:
    [id] = await several(client, 1)

    found = await seen(client, desk, id)

    assert found["cluster"] == found["rejected"] == []
    assert found["independent_reports"] == 1
    assert found["is_whole"] is True


async def test_a_confirmed_link_shows_from_both_ends_why_when_and_by_whom(
    client: AsyncClient, desk: Headers
) -> None:
    one, other = await several(client, 2)

    said = await link(client, desk, one, other, CONFIRMED | {"note": NOTE})

    for here, there in ((one, other), (other, one)):
        [row] = (await seen(client, desk, here))["cluster"]
        assert row["id"] == there
        assert row["links"] == [said.json()]
    answer = said.json()
    assert (answer["state"], answer["note"], answer["ended_at"]) == ("confirmed", NOTE, None)
    assert answer["officer_id"] is not None
    assert {"reason": "same_person", "count": 1} in answer["reasons"]
    assert {"reason": "same_day", "count": 1} in answer["reasons"]


async def test_the_middle_holds_a_cluster_together_and_can_let_go(
    client: AsyncClient, desk: Headers
) -> None:
    a, b, c, d = await several(client, 4)
    await linked(client, desk, a, b, c, d)
    whole = await members(client, desk, a)

    answer = await remove(client, desk, c, b)

    assert answer.status_code == 200
    assert answer.json()["ended_at"] is not None
    assert whole == {b, c, d}
    assert await members(client, desk, a) == {b}
    assert await members(client, desk, d) == {c}


async def test_what_was_taken_back_can_be_said_again_and_nothing_is_forgotten(
    client: AsyncClient, desk: Headers, sessions: Sessions
) -> None:
    one, other = await several(client, 2)
    await link(client, desk, one, other)
    await remove(client, desk, one, other)

    await link(client, desk, other, one, CONFIRMED | {"note": NOTE})

    assert await members(client, desk, one) == {other}
    first, second = await kept(sessions)
    assert first.ended_at is not None
    assert first.ended_by_id == second.officer_id
    assert second.ended_at is None


async def test_a_circle_falls_apart_only_when_it_is_cut_twice(
    client: AsyncClient, desk: Headers
) -> None:
    a, b, c = await several(client, 3)
    await linked(client, desk, a, b, c, a)

    await remove(client, desk, a, b)
    once = await members(client, desk, a)
    await remove(client, desk, a, c)

    assert once == {b, c}
    assert await members(client, desk, a) == set()


async def test_each_act_is_in_the_history_of_both(client: AsyncClient, desk: Headers) -> None:
    one, other = await several(client, 2)

    await link(client, desk, one, other)
    await link(client, desk, one, other, REJECTED)
    await remove(client, desk, other, one)

    for id in (one, other):
        assert await actions(client, desk, id) == [
            "complaint.filed",
            "complaint.linked",
            "complaint.link_rejected",
            "complaint.unlinked",
        ]


async def test_reading_what_was_found_in_personal_data_is_in_the_history(
    client: AsyncClient, desk: Headers
) -> None:
    [id] = await several(client, 1)

    await seen(client, desk, id)

    assert await actions(client, desk, id) == ["complaint.filed", "complaint.compared"]


async def test_saying_it_again_changes_nothing(
    client: AsyncClient, desk: Headers, sessions: Sessions
) -> None:
    one, other = await several(client, 2)
    noted = CONFIRMED | {"note": NOTE}

    first = await link(client, desk, one, other, noted)
    again = await link(client, desk, one, other, noted)
    reverse = await link(client, desk, other, one)

    assert first.json() == again.json() == reverse.json()
    assert len(await kept(sessions)) == 1
    assert (await actions(client, desk, one)).count("complaint.linked") == 1


async def test_another_word_takes_the_place_of_the_one_before(
    client: AsyncClient, desk: Headers, sessions: Sessions
) -> None:
    one, other = await several(client, 2)

    for said in (CONFIRMED, CONFIRMED | {"note": NOTE}, REJECTED):
        assert (await link(client, desk, one, other, said)).status_code == 200

    assert [(each.state, each.ended_at is None) for each in await kept(sessions)] == [
        ("confirmed", False),
        ("confirmed", False),
        ("rejected", True),
    ]


async def test_a_rejected_pair_is_shown_as_such_and_joins_nothing(
    client: AsyncClient, desk: Headers
) -> None:
    one, other = await several(client, 2)

    await link(client, desk, one, other, REJECTED | {"note": NOTE})

    found = await seen(client, desk, other)
    assert found["cluster"] == []
    assert [(row["id"], row["link"]["note"]) for row in found["rejected"]] == [(one, NOTE)]


async def test_a_rejected_pair_stays_together_as_long_as_others_join_it(
    client: AsyncClient, desk: Headers
) -> None:
    a, b, c = await several(client, 3)
    await linked(client, desk, a, b, c)

    await link(client, desk, a, c, REJECTED)
    found = await seen(client, desk, a)
    await remove(client, desk, b, c)

    assert {row["id"] for row in found["cluster"]} == {b, c}
    assert [row["id"] for row in found["rejected"]] == [c]
    assert found["independent_reports"] == 3
    assert await members(client, desk, a) == {b}


async def test_a_note_lies_sealed(client: AsyncClient, desk: Headers, sessions: Sessions) -> None:
    one, other = await several(client, 2)

    await link(client, desk, one, other, CONFIRMED | {"note": NOTE})

    [row] = await kept(sessions)
    assert row.sealed_note is not None
    assert NOTE.encode() not in row.sealed_note


async def test_a_complaint_is_not_linked_with_itself(client: AsyncClient, desk: Headers) -> None:
    [id] = await several(client, 1)

    answers = [await link(client, desk, id, id), await remove(client, desk, id, id)]

    for answer in answers:
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "self-link"


async def test_what_is_not_linked_cannot_be_taken_apart(client: AsyncClient, desk: Headers) -> None:
    one, other = await several(client, 2)
    await link(client, desk, one, other)
    await remove(client, desk, one, other)

    answer = await remove(client, desk, one, other)

    assert answer.status_code == 409
    assert answer.json()["code"] == "not-linked"


async def test_a_removal_with_a_key_is_replayed(client: AsyncClient, desk: Headers) -> None:
    one, other = await several(client, 2)
    await link(client, desk, one, other)
    path, key = f"{between(one, other)}/removal", {"Idempotency-Key": "kunci-rekaan-0077"}

    first = await client.post(path, headers=desk | key)
    again = await client.post(path, headers=desk | key)

    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"


async def test_a_dry_run_links_nothing(
    client: AsyncClient, desk: Headers, sessions: Sessions
) -> None:
    one, other = await several(client, 2)

    answer = await client.put(
        f"{between(one, other)}?validate_only=true", json=CONFIRMED, headers=desk
    )

    assert answer.status_code == 204
    assert await kept(sessions) == []


@pytest.mark.parametrize("said", [{}, {"state": "maybe"}, {"state": "confirmed", "x": 1}])
async def test_a_bad_word_is_refused(client: AsyncClient, desk: Headers, said: Body) -> None:
    one, other = await several(client, 2)

    answer = await client.put(between(one, other), json=said, headers=desk)

    assert answer.status_code == 422


async def test_both_must_be_in_sight_to_be_linked(
    client: AsyncClient, desk: Headers, province: Headers
) -> None:
    [here] = await several(client, 1)
    [there] = await several(client, 1, event={"region_code": "73.71"})
    await linked(client, province, here, there)
    nowhere = str(new_id())

    answers = [
        await link(client, desk, here, there),
        await link(client, desk, there, here),
        await link(client, desk, here, nowhere),
        await remove(client, desk, here, there),
    ]

    assert [each.status_code for each in answers] == [404] * 4


async def test_a_member_in_another_area_is_neither_shown_nor_counted(
    client: AsyncClient, desk: Headers, province: Headers
) -> None:
    here, further = await several(client, 2)
    [there] = await several(client, 1, event={"region_code": "73.71"})
    await linked(client, province, here, there, further)

    mine, whole = await seen(client, desk, here), await seen(client, province, here)

    assert {row["id"] for row in whole["cluster"]} == {there, further}
    assert whole["independent_reports"] == 3
    assert mine["cluster"] == []
    assert mine["independent_reports"] == 1
    assert there not in str(mine)


async def test_a_rejected_pair_out_of_sight_is_not_shown(
    client: AsyncClient, desk: Headers, province: Headers
) -> None:
    [here] = await several(client, 1)
    [there] = await several(client, 1, event={"region_code": "73.71"})

    await link(client, province, here, there, REJECTED)

    assert (await seen(client, desk, here))["rejected"] == []
    assert len((await seen(client, province, here))["rejected"]) == 1


async def test_a_grant_shows_a_member_and_a_wall_hides_one(
    client: AsyncClient, province: Headers, sessions: Sessions, keys: Keyring
) -> None:
    here, walled = await several(client, 2)
    [granted] = await several(client, 1, event={"region_code": "13.03"})
    nation = await officer(sessions, keys, role="handler", office_code="bawaslu-00")
    await linked(client, nation, walled, here, granted)
    reader = await add_officer(sessions, keys, role="handler", office_code="bawaslu-73.04")
    headers = await signed_in(sessions, reader)
    await set_apart(sessions, reader, granted=granted, walled=walled)

    found = await seen(client, headers, here)
    hidden = await client.get(f"/complaints/{walled}/links", headers=headers)

    assert [row["id"] for row in found["cluster"]] == [granted]
    assert found["independent_reports"] == 2
    assert walled not in str(found)
    assert hidden.status_code == 404


async def set_apart(sessions: Sessions, reader: Officer, *, granted: str, walled: str) -> None:
    # The clock of the database stands still within the transaction of a test.
    since = present() - timedelta(days=1)
    async with sessions.begin() as session:
        session.add(Grant(subject_id=UUID(granted), office_id=reader.office_id, since=since))
        session.add(Wall(subject_id=UUID(walled), officer_id=reader.id, since=since))


async def test_one_device_counts_once(client: AsyncClient, desk: Headers) -> None:
    mine = await several(client, 2, receipt_secret=SECRET)
    [other] = await several(client, 1)
    await linked(client, desk, *mine, other)

    found = await seen(client, desk, other)

    assert len(found["cluster"]) == 2
    assert found["independent_reports"] == 2


async def test_without_a_secret_of_the_phone_each_report_counts(
    client: AsyncClient, desk: Headers
) -> None:
    body = complaint()
    del body["receipt_secret"]
    ids = [(await client.post("/complaints", json=body)).json()["id"] for _ in range(2)]
    await linked(client, desk, *ids)

    assert (await seen(client, desk, ids[0]))["independent_reports"] == 2


async def test_a_replay_of_the_phone_is_no_second_report(
    client: AsyncClient, desk: Headers
) -> None:
    id, body = new_id(), complaint(receipt_secret=SECRET)
    await put(client, body, id)
    await put(client, body, id)
    [other] = await several(client, 1)
    await linked(client, desk, str(id), other)

    assert (await seen(client, desk, other))["independent_reports"] == 2


async def test_reporters_stay_apart_in_a_cluster(client: AsyncClient, desk: Headers) -> None:
    one, other = await several(client, 2, receipt_secret=SECRET)
    await linked(client, desk, one, other)

    found = await seen(client, desk, one)
    read = [
        (await client.get(f"/complaints/{id}", headers=desk)).json()["reporter"]
        for id in (one, other)
    ]

    assert read[0] != read[1]
    assert "Pelapor Rekaan" not in str(found)
    assert "REP-" not in str(found)
    assert "sender" not in str(found)


async def test_who_handles_no_complaints_links_none(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    one, other = await several(client, 2)
    staff = await officer(sessions, keys, role="secretariat", office_code="bawaslu-73.04")

    answers = [
        await link(client, staff, one, other),
        await remove(client, staff, one, other),
        await client.get(f"/complaints/{one}/links", headers=staff),
    ]

    assert [each.status_code for each in answers] == [403] * 3
