from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.database import Sessions
from app.rakor.models.minutes import Minutes
from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import MINUTES, Desk, told


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
    assert (read.json()["text"], read.json()["decisions"]) == ("Diperbaiki.", MINUTES["decisions"])


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
