from typing import Any

import pytest
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.rakor import files
from app.rakor.models.minutes import Minutes
from tests.rakor.conftest import OpenDesk
from tests.rakor.following import approved, minuted, nobody
from tests.rakor.meeting import MINUTES, Desk, told

DECISION = {"number": 1, "text": "Setiap OPD menyampaikan surat edaran."}


@pytest.fixture
async def chair(open_desk: OpenDesk) -> Desk:
    return await open_desk("13.03", Role.MEMBER)


async def test_minutes_are_written_once_and_then_revised(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    path = f"{event}/minutes"

    written = await sijunjung.post(path, MINUTES)
    anew = await sijunjung.post(path, MINUTES)
    blind = await sijunjung.patch(path, {"text": "Diperbaiki."})
    revised = await sijunjung.patch(path, {"text": "Diperbaiki."}, **{"If-Match": '"1"'})
    stale = await sijunjung.patch(path, {"decisions": []}, **{"If-Match": '"1"'})

    assert told(written, 201)["version"] == 1
    assert told(anew, 409)["code"] == "event-minutes-written"
    assert blind.status_code == 428
    assert stale.status_code == 412
    read = await sijunjung.get(path)
    assert told(read, 200) == revised.json()
    assert read.headers["etag"] == '"2"'
    [decision] = read.json()["decisions"]
    assert (read.json()["text"], decision["number"]) == ("Diperbaiki.", 1)
    assert decision["text"] == MINUTES["decisions"][0]["text"]


async def test_the_database_cannot_read_minutes_and_keeps_every_revision(
    sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    told(await sijunjung.post(f"{event}/minutes", MINUTES), 201)
    change = {"text": "Diperbaiki."}
    told(await sijunjung.patch(f"{event}/minutes", change, **{"If-Match": '"1"'}), 200)

    async with sessions.begin() as session:
        kept = (await session.scalars(select(Minutes).order_by(Minutes.version))).all()

    assert [each.version for each in kept] == [1, 2]
    assert not any(b"Rekaan" in each.sealed or b"OPD" in each.sealed for each in kept)


async def test_reading_minutes_is_journalled(sijunjung: Desk, sessions: Sessions) -> None:
    event = await sijunjung.announce()
    told(await sijunjung.post(f"{event}/minutes", MINUTES), 201)

    told(await sijunjung.get(f"{event}/minutes"), 200)

    async with sessions.begin() as session:
        entries = (await session.scalars(select(JournalEntry).order_by(JournalEntry.id))).all()
    about = [entry for entry in entries if str(entry.subject_id) in event]
    actions = [entry.action for entry in about]
    assert actions == ["event.drafted", "event.published", "minutes.written", "minutes.read"]
    assert not any("Rekaan" in str(entry.payload) for entry in about)


async def test_minutes_are_for_staff(open_desk: OpenDesk, sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    told(await sijunjung.post(f"{event}/minutes", MINUTES), 201)
    neighbour = await open_desk("13.04")
    nobody = Desk(sijunjung.client, {}, "")

    assert (await neighbour.get(f"{event}/minutes")).status_code == 404
    assert (await nobody.get(f"{event}/minutes")).status_code == 401


async def test_a_draft_has_no_minutes(sijunjung: Desk) -> None:
    event = f"/events/{(await sijunjung.draft())['id']}"

    written = await sijunjung.post(f"{event}/minutes", MINUTES)

    assert told(written, 409)["code"] == "event-wrong-stage"
    assert (await sijunjung.get(f"{event}/minutes")).status_code == 404


async def test_every_revision_stays_readable(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    await minuted(sijunjung, event)
    change = {"text": "Diperbaiki."}
    told(await sijunjung.patch(f"{event}/minutes", change, **{"If-Match": '"1"'}), 200)

    listed = told(await sijunjung.get(f"{event}/minutes/revisions"), 200)["items"]

    path = f"{event}/minutes/revisions"
    texts = [told(await sijunjung.get(f"{path}/{each['id']}"), 200)["text"] for each in listed]
    assert [each["version"] for each in listed] == [2, 1]
    assert texts == ["Diperbaiki.", MINUTES["text"]]


async def test_a_number_never_comes_to_mean_another_entry(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    path = f"{event}/minutes"
    entries = [{"text": "Satu."}, {"number": 5, "text": "Lima."}]
    told(await sijunjung.post(path, {"text": "Rapat.", "decisions": entries}), 201)

    kept: dict[str, Any] = {"decisions": [{"number": 6, "text": "Satu."}]}
    told(await sijunjung.patch(path, kept, **{"If-Match": '"1"'}), 200)
    more: dict[str, Any] = {"decisions": [*kept["decisions"], {"text": "Baru."}]}
    last = told(await sijunjung.patch(path, more, **{"If-Match": '"2"'}), 200)
    told(await sijunjung.patch(path, {"decisions": []}, **{"If-Match": '"3"'}), 200)
    anew = {"decisions": [{"text": "Lain."}]}
    after_all = told(await sijunjung.patch(path, anew, **{"If-Match": '"4"'}), 200)

    assert [each["number"] for each in last["decisions"]] == [6, 7]
    assert [each["number"] for each in after_all["decisions"]] == [8]


@pytest.mark.parametrize(
    ("entries", "pointer"),
    [
        ({"decisions": [{"number": 1, "text": "A"}, {"number": 1, "text": "B"}]}, "/decisions/1"),
        ({"proposals": [{"number": 2, "text": "A"}, {"number": 2, "text": "B"}]}, "/proposals/1"),
        ({"decisions": [{"text": "A", "on_proposal": 3}]}, "/decisions/0"),
    ],
)
async def test_entries_that_do_not_fit_are_refused_by_their_place(
    sijunjung: Desk, entries: dict[str, Any], pointer: str
) -> None:
    event = await sijunjung.announce()

    answer = await sijunjung.post(f"{event}/minutes", {"text": "Rapat."} | entries)

    [error] = told(answer, 422)["errors"]
    assert error["pointer"].startswith(pointer)


async def test_only_a_member_of_the_organiser_approves(
    open_desk: OpenDesk, sijunjung: Desk, chair: Desk
) -> None:
    event = await sijunjung.announce()
    await minuted(sijunjung, event)
    above = await open_desk("13", Role.MEMBER)
    approval = {"version": 1}

    by_staff = await sijunjung.post(f"{event}/minutes/approval", approval)
    by_those_above = await above.post(f"{event}/minutes/approval", approval)
    by_the_chair = await chair.post(f"{event}/minutes/approval", approval)

    assert by_staff.status_code == 403
    assert told(by_those_above, 403)["code"] == "not-chair"
    assert told(by_the_chair, 200)["approved_at"] is not None
    assert told(await sijunjung.get(f"{event}/minutes"), 200)["approved_at"] is not None


async def test_what_changes_after_the_approval_is_approved_anew(
    sijunjung: Desk, chair: Desk
) -> None:
    event = await sijunjung.announce()
    await approved(sijunjung, chair, event)
    again = await chair.post(f"{event}/minutes/approval", {"version": 1})
    change = {"text": "Diperbaiki."}
    revised = await sijunjung.patch(f"{event}/minutes", change, **{"If-Match": '"1"'})

    unread = await chair.post(f"{event}/minutes/approval", {"version": 1})
    read = await chair.post(f"{event}/minutes/approval", {"version": 2})

    assert told(again, 409)["code"] == "minutes-approved"
    assert told(revised, 200)["approved_at"] is None
    assert told(unread, 409)["code"] == "minutes-moved"
    assert told(read, 200)["version"] == 2


async def test_decisions_of_approved_minutes_are_published_in_words_of_their_own(
    sijunjung: Desk, chair: Desk
) -> None:
    event = await sijunjung.announce()
    public = nobody(sijunjung.client)
    await minuted(sijunjung, event)
    early = await sijunjung.post(f"{event}/decisions", DECISION)
    told(await chair.post(f"{event}/minutes/approval", {"version": 1}), 200)

    published = await sijunjung.post(f"{event}/decisions", DECISION)
    again = await sijunjung.post(f"{event}/decisions", DECISION)
    unknown = await sijunjung.post(f"{event}/decisions", DECISION | {"number": 9})

    assert told(early, 409)["code"] == "minutes-not-approved"
    assert told(again, 409)["code"] == "decision-published"
    assert told(unknown, 422)["errors"][0]["pointer"] == "/number"
    items = told(await public.get(f"{event}/decisions"), 200)["items"]
    assert items == [told(published, 201)]
    assert items[0]["text"] == DECISION["text"]


async def test_a_withdrawn_decision_is_public_no_more(sijunjung: Desk, chair: Desk) -> None:
    event = await sijunjung.announce()
    await approved(sijunjung, chair, event)
    published = told(await sijunjung.post(f"{event}/decisions", DECISION), 201)

    path = f"{event}/decisions/{published['id']}/withdrawal"
    told(await sijunjung.post(path), 200)

    assert (await sijunjung.get(f"{event}/decisions")).json()["items"] == []
    assert (await sijunjung.post(path)).status_code == 404
    told(await sijunjung.post(f"{event}/decisions", DECISION), 201)


async def test_decisions_from_before_they_had_numbers_are_counted_by_their_order(
    keys: Keyring,
) -> None:
    id, before = new_id(), b'{"text": "Rapat.", "decisions": [{"text": "A"}, {"text": "B"}]}'

    content = files.open_minutes(keys.seal(before, id), id, keys)

    assert [each.number for each in content.decisions] == [1, 2]
    assert content.highest_decision == 2
