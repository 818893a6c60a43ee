"""Figures of declarations, signatures, events and attendance."""

from datetime import datetime, timedelta

import pytest
from httpx import AsyncClient

from app.core.database import Sessions
from app.stats.repository.reached import oldest_uncounted
from app.stats.rules.units import Unit
from app.web.clock import present
from tests.declarations.declaring import opened, plan, sign, signature, take
from tests.people import office_id
from tests.rakor.meeting import NAGARI, WALK_IN, Desk
from tests.stats.conftest import Headers, SetClock
from tests.stats.reading import counts, read, refusal


@pytest.fixture
async def meeting(client: AsyncClient, sijunjung: Headers, sessions: Sessions) -> Desk:
    return Desk(client, sijunjung, str(await office_id(sessions, "bawaslu-13.03")))


async def test_a_cancelled_declaration_does_not_count(
    client: AsyncClient, sijunjung: Headers, national: Headers
) -> None:
    await opened(client, sijunjung)
    await plan(client, sijunjung, kind="integrity_pact")
    await take(client, sijunjung, await plan(client, sijunjung), "cancellation")

    by_status = await read(client, "table", national, unit="declaration", by="status")
    by_kind = await read(client, "table", national, unit="declaration", by="kind")

    assert counts(by_status) == {"open": 1, "planned": 1}
    assert counts(by_kind) == {"pledge": 1, "integrity_pact": 1}
    assert by_status["time_zone"] is None


async def test_what_concerns_a_province_as_a_whole_is_a_row_of_its_own(
    client: AsyncClient, sijunjung: Headers, sumbar: Headers
) -> None:
    await opened(client, sijunjung)
    await opened(client, sumbar, region_code="13")

    table = await read(client, "table", sumbar, unit="declaration", by="region")

    assert counts(table) == {"13": 1, "13.03": 1}
    assert table["cells"][0]["label"]["id"] == "Sumatera Barat, tanpa rincian wilayah"
    assert table["coverage"] == {"level": "regency", "regions": 19, "with_entries": 1}
    assert "not_broken_down" in [note["code"] for note in table["notes"]]


async def test_a_declaration_counts_on_the_day_on_which_it_is_held(
    client: AsyncClient, sijunjung: Headers
) -> None:
    await opened(client, sijunjung, held_on="2024-09-30")

    days = {"since": "2024-09-29", "until": "2024-10-01"}
    series = await read(client, "series", sijunjung, unit="declaration", **days)

    assert [cell["count"] for cell in series["cells"]] == [0, 1, 0]


async def test_witnesses_are_no_signatures(client: AsyncClient, sijunjung: Headers) -> None:
    declared = await opened(client, sijunjung)
    for body in (
        signature(1),
        signature(2, group="polri"),
        signature(3, role="witness"),
    ):
        answer = await sign(client, declared, body)
        assert answer.status_code == 201, answer.text

    table = await read(client, "table", sijunjung, unit="signature", by="kind")

    assert counts(table) == {"asn_pns": 1, "polri": 1}
    assert table["total"]["count"] == 2
    by_channel = await read(client, "table", sijunjung, unit="signature", by="channel")
    assert by_channel["total"]["count"] == 2
    by_region = await read(client, "table", sijunjung, unit="signature", by="region")
    assert by_region["total"]["count"] == 2


async def test_an_event_of_two_kinds_is_one_event(
    client: AsyncClient, meeting: Desk, national: Headers
) -> None:
    await meeting.announce(kinds=["outreach", "declaration"])
    await meeting.draft()

    table = await read(client, "table", national, unit="event", by="kind")

    assert counts(table) == {"outreach": 1, "declaration": 1}
    assert table["total"]["count"] == 1
    assert "parts_exceed_total" in [note["code"] for note in table["notes"]]
    by_status = await read(client, "table", national, unit="event", by="status")
    assert counts(by_status) == {"published": 1}
    by_region = await read(client, "table", national, unit="event", by="region")
    assert counts(by_region) == {"13": 1}


async def test_who_checks_in_twice_was_there_once(client: AsyncClient, meeting: Desk) -> None:
    event = await meeting.announce(mode="both")
    [invited] = await meeting.invite(event, NAGARI)
    await meeting.admit(event, invited, mode="online")
    await meeting.admit(event, invited, mode="online")
    for _ in range(2):
        answer = await meeting.check_in(event, **WALK_IN)
        assert answer.status_code == 201, answer.text

    table = await read(client, "table", meeting.headers, unit="attendance", by="channel")
    summary = await read(client, "summary", meeting.headers)

    assert counts(table) == {"on_site": 1, "online": 1}
    assert {f["unit"]: f["count"] for f in summary["figures"]}["attendance"] == 2
    days = {"since": "2024-09-30", "until": "2024-09-30"}
    series = await read(client, "series", meeting.headers, unit="attendance", **days)
    assert counts(series) == {"2024-09-30": 2}


REGENCY_OF_ITS_OWN = {"unit": "signature", "region": "13.03"}


async def test_signatures_of_a_regency_are_those_of_the_fold_and_can_be_asked_again(
    client: AsyncClient, sijunjung: Headers, national: Headers
) -> None:
    declared = await opened(client, sijunjung)
    await sign(client, declared, signature(1))
    before = await read(client, "table", sijunjung, unit="signature", by="kind")
    await sign(client, declared, signature(2, group="polri"))

    after = await read(client, "table", sijunjung, unit="signature", by="kind")
    asked = {"by": "kind", "snapshot": str(before["snapshot"])}
    again = await read(client, "table", sijunjung, unit="signature", **asked)
    province = await read(client, "table", national, unit="signature", by="region", region="13")
    own = [
        await read(client, "table", national, **REGENCY_OF_ITS_OWN, by=by)
        for by in ("kind", "channel", "day")
    ]

    assert counts(after) == {"asn_pns": 1, "polri": 1}
    assert (counts(again), again["total"]) == (counts(before), before["total"])
    assert {each["total"]["count"] for each in own} == {counts(province)["13.03"]}


async def test_signatures_that_nobody_has_counted_are_not_in_a_regency_either(
    client: AsyncClient, sijunjung: Headers, sumbar: Headers
) -> None:
    declared = await opened(client, sijunjung)
    await sign(client, declared, signature(1))
    client.event_hooks["request"].clear()

    regency = await read(client, "table", sijunjung, unit="signature", by="kind")
    province = await read(client, "table", sumbar, unit="signature", by="kind")

    assert counts(regency) == counts(province) == {}


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("table", {"region": "13.03.03", "by": "kind"}),
        ("table", {"region": "13.03", "by": "kind", "since": "2024-09-01"}),
        ("cross", {"region": "13.03", "by": "kind", "across": "channel"}),
        ("cells", {"region": "13.03", "by": "kind", "across": "channel"}),
        ("cross", {"by": "kind", "across": "channel", "since": "2024-09-01"}),
    ],
)
async def test_what_is_not_kept_of_signatures_is_refused(
    client: AsyncClient, national: Headers, path: str, asked: dict[str, str]
) -> None:
    assert await refusal(client, path, national, unit="signature", **asked) == "not-kept"


async def test_a_district_is_told_all_but_signatures(
    client: AsyncClient, national: Headers
) -> None:
    summary = await read(client, "summary", national, region="13.03.03")
    districts = await read(client, "map", national, unit="case", region="13.03")
    villages = await read(client, "map", national, unit="case", region="13.03.03")

    units = {each["unit"] for each in summary["figures"]}
    assert units == {*Unit} - {Unit.SIGNATURE}
    assert (districts["level"], villages["level"]) == ("district", "village")


async def test_an_answer_on_signatures_is_as_of_the_first_that_is_not_counted(
    client: AsyncClient, sijunjung: Headers, sessions: Sessions, set_clock: SetClock
) -> None:
    declared = await opened(client, sijunjung)
    await sign(client, declared, signature(1))
    set_clock(present() + timedelta(days=1))
    await read(client, "summary", sijunjung)
    client.event_hooks["request"].clear()
    await sign(client, declared, signature(2))
    async with sessions.begin() as session:
        signed_at = await session.scalar(oldest_uncounted())

    signed = await read(client, "table", sijunjung, unit="signature", by="kind")
    summary = await read(client, "summary", sijunjung)

    assert signed_at is not None
    assert datetime.fromisoformat(signed["as_of"]) == signed_at
    as_of = {each["unit"]: datetime.fromisoformat(each["as_of"]) for each in summary["figures"]}
    assert as_of["signature"] == signed_at < as_of["declaration"]
