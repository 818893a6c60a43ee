"""Nobody is invited twice, by whatever letter, unless the letter wishes it."""

from typing import Any

from app.core.database import Sessions
from app.posts.rules.categories import PostCategory
from app.posts.rules.choices import Choice
from app.posts.service import SeatFinder
from tests.rakor.conftest import OpenDesk
from tests.rakor.meeting import NAGARI, Desk, told
from tests.rakor.test_agencies import CODE
from tests.referrals.forwarding import personnel_agency

CAMAT = {"category": "subdistrict_head", "region": "13.03"}
KOTO = {"office_name": "kecamatan koto VII", "region_code": "13.03.08", "post": "camat"}


async def invite(desk: Desk, event: str, **letter: Any) -> list[dict[str, Any]]:
    return list(told(await desk.post(f"{event}/invitations", letter), 201)["items"])


async def test_a_letter_sent_again_invites_nobody_twice(sijunjung: Desk) -> None:
    event = await sijunjung.announce()

    first = await invite(sijunjung, event, invited=[NAGARI, NAGARI])
    seen = told(await sijunjung.post(f"{event}/invitations/preview", {"invited": [NAGARI]}), 200)
    again = await invite(sijunjung, event, invited=[NAGARI])
    wished = await invite(sijunjung, event, invited=[NAGARI], again=True)

    assert [len(each) for each in (first, again, wished)] == [1, 0, 1]
    assert (seen["invitations"], seen["invited_before"]) == (0, 1)
    other = NAGARI | {"post": "Sekretaris Nagari"}
    assert len(await invite(sijunjung, event, invited=[other])) == 1


async def test_a_camat_who_was_named_is_not_invited_again_with_all(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    [named] = await invite(sijunjung, event, invited=[KOTO])

    group = await invite(sijunjung, event, groups=[CAMAT])
    late = await invite(sijunjung, event, invited=[KOTO | {"category": "subdistrict_head"}])

    assert named["region_code"] not in {each["region_code"] for each in group}
    assert (len(group), late) == (7, [])


async def test_an_office_is_the_same_before_and_after_it_is_registered(
    sijunjung: Desk, sessions: Sessions
) -> None:
    event = await sijunjung.announce()
    agency = {"category": "personnel_agency", "region": "13.03"}
    [before] = await invite(sijunjung, event, groups=[agency])

    await personnel_agency(sessions, CODE, "13.03")
    after = await invite(sijunjung, event, groups=[agency])

    assert before["office_id"] is None
    assert after == []


async def test_an_office_that_is_named_like_a_registered_one_is_that_one(
    sijunjung: Desk, open_desk: OpenDesk
) -> None:
    event = await sijunjung.announce()
    guest = await open_desk("13.04")
    written = "BAWASLU Kabupaten Tanah  Datar"
    name = {"office_name": written, "region_code": "13.04", "post": "Ketua"}

    [invited] = await invite(sijunjung, event, invited=[name])
    known = await invite(
        sijunjung, event, invited=[{"office_id": guest.office_id, "post": "Ketua"}]
    )

    assert (invited["office_id"], known) == (guest.office_id, [])
    assert told(await guest.get(f"{event}/attendance"), 200)["invited"] == 1


async def test_what_no_event_holds_is_refused_before_it_is_made_out(
    open_desk: OpenDesk, sessions: Sessions
) -> None:
    nation = await open_desk("00")
    event = await nation.announce()
    names = [f"Radio Rekaan {number}" for number in range(200)]
    press = {"category": "press", "region": "00", "level": "village", "office_names": names}

    answer = await nation.post(f"{event}/invitations/preview", {"groups": [press | {"post": "X"}]})

    assert told(answer, 409)["code"] == "too-many-invited"
    async with sessions.begin() as session:
        asked = Choice(PostCategory.PRESS, "00", names=tuple(names))
        async for seats in SeatFinder(session).seats(asked, 5_000):
            assert len(seats) <= 5_000


async def test_a_long_name_is_copied_as_it_was(sijunjung: Desk) -> None:
    event = await sijunjung.announce()
    agency = {
        "category": "regional_agency",
        "region": "13.03",
        "level": "regency",
        "office_names": ["Dinas " + "R" * 190],
        "post": "Kepala Dinas",
    }
    [invited] = await invite(sijunjung, event, groups=[agency])
    [copy] = told(await sijunjung.post(f"{event}/copies", {"days": ["2024-10-07"]}), 201)["items"]
    told(await sijunjung.post(f"/events/{copy['id']}/publication"), 200)

    again = await sijunjung.post(f"/events/{copy['id']}/repeated-invitations", {})

    [repeated] = told(again, 201)["items"]
    assert len(repeated["office_name"]) > 200
    assert repeated["office_name"] == invited["office_name"]
