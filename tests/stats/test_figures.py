from datetime import UTC, datetime, timedelta

import pytest
from httpx import AsyncClient

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.stats.rules.dimensions import Dimension
from app.stats.rules.units import Unit
from tests.complaints.filing import file
from tests.complaints.test_entries import entry
from tests.complaints.test_findings import finding
from tests.people import officer
from tests.stats.conftest import Headers, SetClock
from tests.stats.reading import counts, read, refusal

JENEPONTO = {"region_code": "73.04.01"}
SINJAI = {"region_code": "73.07"}
MIDNIGHT = datetime(2024, 11, 5, 17, tzinfo=UTC)
SIJUNJUNG = {"region_code": "13.03"}


@pytest.fixture
async def filed(client: AsyncClient, set_clock: SetClock) -> None:
    """Two reports and one piece of initial information in Sulawesi Selatan, a report elsewhere."""
    await file(client, event=JENEPONTO)
    await file(client, event=JENEPONTO, channel="web")
    await file(client, event=SINJAI, reporter=None)
    await file(client, event=SIJUNJUNG)


@pytest.mark.usefixtures("filed")
async def test_what_was_filed_adds_up_by_province(client: AsyncClient, national: Headers) -> None:
    table = await read(client, "table", national, unit="complaint", by="region")

    assert counts(table) == {"13": 1, "73": 3}
    assert table["total"]["count"] == 4
    assert len(table["cells"]) == 39  # 38 provinces and the nation as a whole
    assert (table["region_code"], table["as_of"]) == ("00", "2024-11-05T03:00:00Z")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"region": "73.04"},
        {"region": "73.04.01"},
        {"since": "2024-11-05", "until": "2024-11-05"},
        {"region": "73.04.01", "since": "2024-11-05"},
    ],
)
async def test_figures_of_an_election_are_of_no_other(
    client: AsyncClient, national: Headers, asked: dict[str, str]
) -> None:
    await file(client, event=JENEPONTO)
    await file(client, event=JENEPONTO, election_code="pilkada-2024")
    before = await read(client, "table", national, unit="complaint", by="channel", **asked)
    for _ in range(2):
        await file(client, event=JENEPONTO, election_code="pilkada-2020")

    async def heard(**more: str) -> list[tuple[int, int]]:
        told = [
            await read(client, "table", national, unit="complaint", by="channel", **asked, **each)
            for each in (
                more,
                {"election": "pilkada-2024"} | more,
                {"election": "pilkada-2020"} | more,
            )
        ]
        assert [sum(filter(None, counts(each).values())) for each in told] == [
            each["total"]["count"] for each in told
        ]
        return [(each["total"]["count"], each["coverage"]["with_entries"]) for each in told]

    assert await heard() == [(4, 1), (1, 1), (2, 1)]
    assert await heard(snapshot=str(before["snapshot"])) == [(2, 1), (1, 1), (0, 0)]


@pytest.mark.usefixtures("filed")
async def test_figures_equal_the_list_of_the_desk(client: AsyncClient, national: Headers) -> None:
    listed = await client.get("/complaints", headers=national, params={"count": "exact"})

    table = await read(client, "table", national, unit="complaint", by="status")

    assert table["total"]["count"] == listed.json()["total"] == 4
    assert counts(table) == {"submitted": 3, "received": 1}


@pytest.mark.usefixtures("filed")
async def test_a_province_is_broken_down_to_its_regencies(
    client: AsyncClient, national: Headers
) -> None:
    table = await read(client, "table", national, unit="complaint", by="region", region="73")

    assert counts(table) == {"73.04": 2, "73.07": 1}
    assert [cell["label"]["id"] for cell in table["cells"] if cell["key"] == "73.04"] == [
        "Kabupaten Jeneponto"
    ]
    assert table["coverage"] == {"level": "regency", "regions": 24, "with_entries": 2}


@pytest.mark.usefixtures("filed")
async def test_a_table_goes_two_levels_down_where_asked(
    client: AsyncClient, national: Headers
) -> None:
    asked = {"unit": "complaint", "by": "region"}

    table = await read(client, "table", national, level="regency", **asked)

    assert counts(table) == {"13.03": 1, "73.04": 2, "73.07": 1}
    assert len(table["cells"]) == 515  # 514 regencies and cities, and the nation as a whole
    assert await refusal(client, "table", national, level="village", **asked) == "level-not-below"


@pytest.mark.usefixtures("filed")
async def test_another_province_is_out_of_sight(client: AsyncClient, sulsel: Headers) -> None:
    asked = {"unit": "complaint", "by": "region"}

    table = await read(client, "table", sulsel, **asked)

    assert (table["region_code"], table["total"]["count"]) == ("73", 3)
    assert all(cell["key"].startswith("73") for cell in table["cells"])
    assert await refusal(client, "table", sulsel, region="13", **asked) == "outside-area"
    assert await refusal(client, "table", sulsel, region="00", **asked) == "outside-area"


@pytest.mark.usefixtures("filed")
async def test_reports_and_initial_information_make_the_complaints(
    client: AsyncClient, sulsel: Headers
) -> None:
    summary = await read(client, "summary", sulsel)

    figures = {figure["unit"]: figure for figure in summary["figures"]}
    assert figures["report"]["count"] == 2
    assert figures["initial_information"]["count"] == 1
    assert figures["complaint"]["count"] == 3
    assert figures["complaint"]["coverage"]["with_entries"] == 2
    assert figures["finding"]["count"] == 0
    assert figures.keys() == set(Unit)


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize(
    ("unit", "by", "expected"),
    [
        ("complaint", "kind", {"report": 3, "initial_information": 1}),
        ("complaint", "channel", {"app": 3, "web": 1}),
        ("report", "channel", {"app": 2, "web": 1}),
        ("initial_information", "status", {"received": 1}),
    ],
)
async def test_complaints_by_their_codes(
    client: AsyncClient, machine: Headers, unit: str, by: str, expected: dict[str, int]
) -> None:
    assert counts(await read(client, "table", machine, unit=unit, by=by)) == expected


async def test_findings_are_counted_by_themselves(
    client: AsyncClient, sessions: Sessions, keys: Keyring, national: Headers
) -> None:
    desk = await officer(sessions, keys, role="duty_officer", office_code="bawaslu-73.04")
    for body in (finding(), entry(channel="media", reporter=None), entry()):
        answer = await client.post("/complaints/entries", json=body, headers=desk)
        assert answer.status_code == 201, answer.text

    summary = await read(client, "summary", national)
    kinds = await read(client, "table", national, unit="complaint", by="kind")
    channels = await read(client, "table", national, unit="finding", by="channel")

    figures = {figure["unit"]: figure["count"] for figure in summary["figures"]}
    assert (figures["complaint"], figures["report"], figures["initial_information"]) == (2, 1, 1)
    assert figures["finding"] == 1
    assert counts(kinds) == {"report": 1, "initial_information": 1}
    assert [cell["key"] for cell in kinds["cells"]] == ["report", "initial_information"]
    assert kinds["total"]["count"] == 2
    assert counts(channels) == {"oversight": 1}


async def test_every_figure_says_what_it_is(client: AsyncClient, national: Headers) -> None:
    table = await read(client, "table", national, unit="report", by="status")

    assert table["definition"]["id"].startswith("Aduan yang menyebut pelapor.")
    assert (table["definition_version"], table["time_zone"]) == (2, "Asia/Jakarta")
    assert [note["code"] for note in table["notes"]] == ["live"]


async def test_a_day_ends_at_midnight_in_jakarta(
    client: AsyncClient, national: Headers, set_clock: SetClock
) -> None:
    set_clock(MIDNIGHT - timedelta(seconds=1))
    await file(client, event=JENEPONTO)
    set_clock(MIDNIGHT)
    await file(client, event=JENEPONTO)

    series = await read(client, "series", national, unit="complaint")

    assert counts(series) == {"2024-11-05": 1, "2024-11-06": 1}
    assert (series["since"], series["until"], len(series["cells"])) == (
        "2024-10-08",
        "2024-11-06",
        30,
    )
    only = await read(client, "table", national, unit="complaint", by="kind", until="2024-11-05")
    assert only["total"]["count"] == 1
    since = await read(client, "table", national, unit="complaint", by="kind", since="2024-11-06")
    assert since["total"]["count"] == 1


async def test_a_series_is_the_table_by_day(client: AsyncClient, national: Headers) -> None:
    asked = {"unit": "signature", "since": "2024-09-01", "until": "2024-09-30"}

    series = await read(client, "series", national, **asked)

    assert series == await read(client, "table", national, by="day", **asked)
    assert len(series["cells"]) == 30


async def test_a_table_is_also_a_spreadsheet(client: AsyncClient, national: Headers) -> None:
    await file(client, event=SINJAI)
    asked = {"unit": "complaint", "by": "region", "region": "73"}

    answer = await client.get(
        "/stats/table", headers=national | {"Accept": "text/csv"}, params=asked
    )

    lines = answer.text.split("\r\n")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["vary"] == "Accept"
    assert lines[0].startswith("unit,by,key,label_id,label_en,count,withheld,")
    assert any(
        line.startswith("complaint,region,73.07,Kabupaten Sinjai,Kabupaten Sinjai,1,false,,2024-")
        for line in lines
    )
    assert len(lines) == 1 + 25 + 1  # head, 24 regencies and the province, end


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"unit": "signature", "by": "status"}, "no-such-dimension"),
        ({"unit": "complaint", "by": "kind", "region": "99"}, "unknown-region"),
        (
            {"unit": "complaint", "by": "kind", "since": "2024-11-02", "until": "2024-11-01"},
            "ends-before-start",
        ),
        ({"unit": "complaint", "by": "day", "since": "2020-01-01"}, "too-many-days"),
        ({"unit": "complaint", "by": "kind", "since": "0001-01-01"}, "greater-than-equal"),
        ({"unit": "complaint", "by": "kind", "colour": "red"}, "extra-forbidden"),
    ],
)
async def test_a_question_without_an_answer_is_refused(
    client: AsyncClient, national: Headers, asked: dict[str, str], code: str
) -> None:
    assert await refusal(client, "table", national, **asked) == code


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("by", Dimension)
async def test_every_table_adds_up_or_does_not_exist(
    client: AsyncClient, national: Headers, unit: Unit, by: Dimension
) -> None:
    asked = {"unit": unit, "by": by, "since": "2024-11-01", "until": "2024-11-30"}

    answer = await client.get("/stats/table", headers=national, params=asked)

    cells = [cell["count"] for cell in answer.json().get("cells", [])]
    missing = [fault["code"] for fault in answer.json().get("errors", [])]
    assert missing == ["no-such-dimension"] or sum(cells) == answer.json()["total"]["count"]


async def test_figures_of_an_area_are_not_for_everybody(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    desk = await officer(sessions, keys, role=Role.DUTY_OFFICER, office_code="bawaslu-73")

    assert (await client.get("/stats/summary")).status_code == 401
    assert (await client.get("/stats/summary", headers=desk)).status_code == 403


async def test_coverage_of_some_days_is_as_of_the_fold_that_is_asked_for(
    client: AsyncClient, national: Headers, set_clock: SetClock
) -> None:
    days = {"unit": "complaint", "by": "status", "since": "2024-11-04", "until": "2024-11-06"}
    await file(client, event=JENEPONTO)
    before = await read(client, "table", national, **days)
    set_clock(MIDNIGHT)
    await file(client, event=JENEPONTO)
    await file(client, event=SIJUNJUNG)

    now = await read(client, "table", national, **days)
    again = await read(client, "table", national, **days, snapshot=str(before["snapshot"]))
    later = await read(
        client, "table", national, **days | {"since": "2024-11-07", "until": "2024-11-08"}
    )

    told = [(each["total"]["count"], each["coverage"]["with_entries"]) for each in (before, now)]
    assert told == [(1, 1), (3, 2)]
    assert (again["total"], again["coverage"]) == (before["total"], before["coverage"])
    assert (later["total"]["count"], later["coverage"]["with_entries"]) == (0, 0)
