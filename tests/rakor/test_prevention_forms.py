"""The Form Pencegahan: its fields one to one, submitted once, exported without formulas."""

import csv
import hashlib
from io import StringIO
from typing import Any

import pytest
from httpx import Response

from app.core.actors import Role
from app.rakor.rules.prevention_forms import MOST_BYTES, FormFileFault, fault_of
from tests.evidence.samples import photograph
from tests.rakor.conftest import OpenDesk, SetClock
from tests.rakor.following import FORM, REPORT, listed, nobody, planned, uploaded
from tests.rakor.meeting import FIRST_DAY, Desk, told

FORTY = 40 * 1024 * 1024


async def held(desk: Desk, set_clock: SetClock, **changes: Any) -> str:
    set_clock(FIRST_DAY.replace(day=20))
    event = await desk.announce(**FORM | changes)
    set_clock(FIRST_DAY)
    await desk.hold(event)
    return event


async def written(desk: Desk, event: str, **changes: Any) -> None:
    answer = await desk.patch(f"{event}/report", REPORT | changes, **{"If-Match": '"0"'})
    told(answer, 200)


@pytest.fixture
async def event(sijunjung: Desk, set_clock: SetClock) -> str:
    """An event that lacks nothing of its form."""
    event = await held(sijunjung, set_clock)
    await written(sijunjung, event)
    await planned(sijunjung, event)
    await listed(sijunjung, event, await uploaded(sijunjung, event))
    return event


def cells(sheet: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(sheet)))


async def test_the_form_has_every_field(sijunjung: Desk, event: str) -> None:
    form = told(await sijunjung.get(f"{event}/prevention-form"), 200)

    assert form["implementers"] == REPORT["implementers"]
    assert form["assignment_letter"] == FORM["assignment_letter"]
    assert (form["is_stage"], form["form"], form["status"]) == (True, "education", "draft")
    assert form["kinds"] == ["outreach", "declaration"]
    assert (form["province"]["code"], form["regency"]["code"]) == ("13", "13.03")
    assert (form["district"], form["village"]) == (None, None)
    assert form["follow_ups"][0].startswith("Menyampaikan surat edaran")
    assert form["files"][0]["fault"] is None
    assert (form["number"], form["signature"]) == (None, None)


async def test_it_is_submitted_once_with_a_number_and_stays_as_it_was(
    sijunjung: Desk, event: str
) -> None:
    path = f"{event}/prevention-form"
    filled = told(await sijunjung.get(path), 200)

    submitted = told(await sijunjung.post(f"{path}/submission", {"division": "HP2H"}), 200)
    again = await sijunjung.post(f"{path}/submission", {"division": "HP2H"})
    await planned(sijunjung, event)

    assert (submitted["division"], submitted["year"]) == ("HP2H", 2024)
    assert submitted["number"] == f"001/HP2H/{submitted['office_code']}/2024"
    assert submitted["signature"]["officer_id"] is not None
    assert told(again, 409)["code"] == "prevention-form-submitted"
    now = told(await sijunjung.get(path), 200)
    assert now == submitted
    assert now["follow_ups"] == filled["follow_ups"]


async def test_numbers_count_on_within_office_and_year(
    sijunjung: Desk, set_clock: SetClock, event: str
) -> None:
    other = await held(sijunjung, set_clock)
    await written(sijunjung, other)
    await listed(sijunjung, other, await uploaded(sijunjung, other))
    numbers = []
    for each in (event, other):
        answer = await sijunjung.post(f"{each}/prevention-form/submission", {"division": "P2H"})
        numbers.append(told(answer, 200)["number"].partition("/")[0])

    assert numbers == ["001", "002"]


async def test_what_is_missing_is_named_field_by_field(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await held(sijunjung, set_clock, description=None, prevention_form=None)

    answer = await sijunjung.post(f"{event}/prevention-form/submission", {"division": "HP2H"})

    pointers = [each["pointer"] for each in told(answer, 422)["errors"]]
    assert pointers == ["/description", "/evidence", "/form", "/implementers"]


async def test_what_is_known_afterwards_is_told_until_it_is_submitted(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await held(sijunjung, set_clock, description=None, prevention_form=None)
    await written(sijunjung, event)
    await listed(sijunjung, event, await uploaded(sijunjung, event))
    before = told(await sijunjung.get(event), 200)

    async def patched(body: dict[str, Any]) -> Response:
        version = told(await sijunjung.get(event), 200)["version"]
        return await sijunjung.patch(event, body, **{"If-Match": f'"{version}"'})

    plan = await patched({"description": "Rekaan.", "venue": "Gedung Rekaan"})
    late = FORM | {"electoral_territory": "Kabupaten Sijunjung", "other_stage": "Masa tenang"}
    after = told(await patched(late), 200)
    path = f"{event}/prevention-form/submission"
    submitted = told(await sijunjung.post(path, {"division": "HP2H"}), 200)

    assert told(plan, 409)["code"] == "event-wrong-stage"
    assert (after["sequence"], after["stage"]) == (before["sequence"], "held")
    assert submitted["form"] == FORM["prevention_form"]
    assert submitted["description"] == FORM["description"]
    closed = await patched({"description": "Lain."})
    assert told(closed, 409)["code"] == "prevention-form-submitted"


async def test_a_photo_of_40_mb_is_kept_and_the_form_says_why_it_does_not_take_it(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await held(sijunjung, set_clock)
    await written(sijunjung, event)
    photo = photograph()
    large = photo + bytes(FORTY - len(photo))

    material = await listed(sijunjung, event, await uploaded(sijunjung, event, large))
    path = f"{event}/prevention-form"
    refused = await sijunjung.post(f"{path}/submission", {"division": "HP2H"})
    form = told(await sijunjung.get(path), 200)

    assert (material["size"], material["form_fault"]) == (FORTY, "too_large")
    assert [each["fault"] for each in form["files"]] == ["too_large"]
    [error] = told(refused, 422)["errors"]
    assert error["pointer"] == "/evidence"
    assert "3 MB" in error["message"]
    opened = f"{event}/materials/{material['id']}/openings"
    original = await sijunjung.post(opened, {"reason": "Mengecilkan foto (rekaan)."})
    assert hashlib.sha256(original.content).digest() == hashlib.sha256(large).digest()
    await listed(sijunjung, event, await uploaded(sijunjung, event))
    told(await sijunjung.post(f"{path}/submission", {"division": "HP2H"}), 200)


@pytest.mark.parametrize(
    ("media_type", "size", "fault"),
    [
        ("image/jpeg", MOST_BYTES, None),
        ("image/jpeg", MOST_BYTES + 1, FormFileFault.TOO_LARGE),
        ("application/pdf", 1, None),
        ("application/msword", 1, None),
        ("image/gif", 1, FormFileFault.WRONG_TYPE),
        ("video/mp4", FORTY, FormFileFault.WRONG_TYPE),
    ],
)
def test_the_form_takes_what_its_rules_say(
    media_type: str, size: int, fault: FormFileFault | None
) -> None:
    assert fault_of(media_type, size) is fault


async def test_a_sheet_has_a_column_for_each_field_and_no_formula(
    sijunjung: Desk, set_clock: SetClock
) -> None:
    event = await held(
        sijunjung, set_clock, title='=HYPERLINK("https://contoh.go.id")', description="@SUM(A1)"
    )
    names = [{"name": "+62 Rekaan", "position": "-Anggota"}, {"name": "B", "position": "C"}]
    await written(sijunjung, event, implementers=names)

    answer = await sijunjung.get(f"{event}/prevention-form/sheet")

    assert answer.headers["content-type"].startswith("text/csv")
    [row] = cells(answer.text)
    assert row["implementer_names"] == "'+62 Rekaan | B"
    assert row["implementer_positions"] == "'-Anggota | C"
    assert row["form_id"] == "Pendidikan"
    assert row["regency"].startswith("13.03 ")
    assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


async def test_an_area_and_a_period_are_exported_whole(
    open_desk: OpenDesk, sijunjung: Desk, set_clock: SetClock, event: str
) -> None:
    province, elsewhere = await open_desk("13"), await open_desk("73.04")
    days = {"starts_on": "2024-09-20", "ends_on": "2024-09-20"}
    early = await held(sijunjung, set_clock, **days)
    await held(elsewhere, set_clock)

    async def found(desk: Desk, query: str = "") -> set[str]:
        sheet = await desk.get(f"/prevention-forms/sheet?{query}")
        page = told(await desk.get(f"/prevention-forms?{query}"), 200)["items"]
        ids = {each["event_id"] for each in cells(sheet.text)}
        assert ids == {each["event_id"] for each in page}
        return ids

    ids = {each.rpartition("/")[2] for each in (event, early)}
    assert await found(province) == ids
    assert await found(province, "region=13.03&since=2024-09-25") == {event.rpartition("/")[2]}
    assert await found(province, "until=2024-09-25") == {early.rpartition("/")[2]}
    assert await found(province, "status=submitted") == set()
    assert await found(province, "region=13.04") == set()
    assert ids.isdisjoint(await found(elsewhere))


async def test_names_are_for_who_acts_for_the_organiser(
    open_desk: OpenDesk, sijunjung: Desk, event: str
) -> None:
    other, chair = await open_desk("13.04"), await open_desk("13.03", Role.MEMBER)
    path = f"{event}/prevention-form"

    assert (await other.get(path)).status_code == 404
    assert (await chair.get(path)).status_code == 403
    assert (await nobody(sijunjung.client).get(path)).status_code == 401


async def test_what_the_neighbour_organised_here_is_not_filed_by_who_was_invited(
    open_desk: OpenDesk, sijunjung: Desk, set_clock: SetClock
) -> None:
    province = await open_desk("13")
    event = await held(province, set_clock, region_code="13.03")

    page = told(await sijunjung.get("/prevention-forms"), 200)["items"]
    single = await sijunjung.get(f"{event}/prevention-form")

    assert page == []
    assert single.status_code == 403
