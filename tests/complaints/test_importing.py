"""Older cases come over whole or not at all, once, and change no figure."""

from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.audit.models import JournalEntry
from app.complaints.files.identity import open_reporter
from app.complaints.files.template import write_template
from app.complaints.models.complaints import (
    Complaint,
    ComplaintContent,
    ComplaintPerson,
    LegacyCase,
)
from app.complaints.rules.importing import MOST_BYTES, MOST_FAULTS
from app.complaints.rules.procedure import FIRST, UNDER_REVIEW, Part, Status
from app.core.crypto import Keyring
from app.core.database import Base, Sessions
from app.core.errors import Unavailable
from app.core.passwords import hash_token
from app.receipts.models import Receipt
from app.stats.jobs import freeze_public_tables
from app.web.clock import present
from app.web.tables import Tables
from tests.complaints.tables import numbered, row, table
from tests.people import office_id, officer

OFFICE = "bawaslu-73.04"
WRITTEN: tuple[type[Base], ...] = (
    Complaint,
    ComplaintContent,
    ComplaintPerson,
    LegacyCase,
    Receipt,
)
Headers = dict[str, str]


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code=OFFICE)


async def send(client: AsyncClient, desk: Headers, data: bytes, **asked: str) -> Response:
    headers = desk | {"Content-Type": "text/csv", "Accept-Language": "en"}
    return await client.post("/complaints/imports", content=data, headers=headers, params=asked)


async def imported(client: AsyncClient, desk: Headers, data: bytes) -> dict[str, Any]:
    answer = await send(client, desk, data)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def count(sessions: Sessions) -> list[int]:
    async with sessions.begin() as session:
        return [
            await session.scalar(select(func.count()).select_from(each)) or 0 for each in WRITTEN
        ]


async def actions(sessions: Sessions) -> list[str]:
    """What the journal says of complaints and imports."""
    query = select(JournalEntry.action).order_by(JournalEntry.id)
    async with sessions.begin() as session:
        return [a for a in await session.scalars(query) if a.startswith(("complaint.", "import."))]


async def test_an_older_case_is_read_at_the_desk(client: AsyncClient, desk: Headers) -> None:
    report = await imported(client, desk, table(row()))

    [listed] = (await client.get("/complaints?status=archived", headers=desk)).json()["items"]
    read = (await client.get(f"/complaints/{listed['id']}", headers=desk)).json()
    assert report == {
        "rows": 1,
        "imported": 1,
        "already_there": 0,
        "bad_rows": 0,
        "faults": [],
        "faults_left_out": 0,
    }
    assert read["legacy_number"] == "002/LP/PB/Kab/27.09/XI/2020"
    assert read["final_status"] == "Dihentikan (rekaan)"
    assert read["submitted_at"] == "2020-11-04T01:30:00Z"
    assert [each["name"] for each in read["reported_persons"]] == [
        "Terlapor Rekaan",
        "Terlapor Contoh",
    ]
    assert read["reporter"].startswith("REP-")
    assert (read["next_due_on"], read["filed_late"]) == (None, False)


async def test_an_older_finding_is_archived_under_its_number(
    client: AsyncClient, desk: Headers
) -> None:
    number = "006/TM/PL/Kab/27.09/IV/2024"
    await imported(client, desk, table(row(legacy_number=number, kind="temuan", reporter="")))

    asked = {"legacy_number": "6/tm/PL/Kab/27.09/IV/2024", "kind": "finding"}
    listed = (await client.get("/complaints", params=asked, headers=desk)).json()["items"]
    read = (await client.get(f"/complaints/{listed[0]['id']}", headers=desk)).json()

    assert (read["kind"], read["status"], read["legacy_number"]) == ("finding", "archived", number)
    assert (read["reporter"], read["finder"], len(listed)) == (None, None, 1)


async def test_an_archived_case_takes_no_further_step(client: AsyncClient, desk: Headers) -> None:
    await imported(client, desk, table(row()))
    [listed] = (await client.get("/complaints", headers=desk)).json()["items"]

    answer = await client.post(f"/complaints/{listed['id']}/review", headers=desk)

    assert (answer.status_code, answer.json()["code"]) == (409, "illegal-step")
    assert Status.ARCHIVED not in {*FIRST.values(), *UNDER_REVIEW.values()}


@pytest.mark.parametrize("written", ["002/LP/PB/Kab/27.09/XI/2020", "2 / lp/pb/kab/27.09/xi/2020"])
async def test_an_older_case_is_found_by_its_number(
    client: AsyncClient, desk: Headers, written: str
) -> None:
    await imported(client, desk, table(row(), *numbered(2)))

    answer = await client.get("/complaints", params={"legacy_number": written}, headers=desk)

    [listed] = answer.json()["items"]
    read = (await client.get(f"/complaints/{listed['id']}", headers=desk)).json()
    assert read["legacy_number"] == "002/LP/PB/Kab/27.09/XI/2020"


async def test_a_custodian_can_open_the_reporter_of_an_older_case(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    await imported(client, desk, table(row()))

    async with sessions.begin() as session:
        persons = (await session.scalars(select(ComplaintPerson))).all()
    [reporter] = [each for each in persons if each.part is Part.REPORTER]

    opened = open_reporter(reporter, keys)
    assert (opened.name, opened.address) == ("Pelapor Rekaan", "Jalan Rekaan 1")
    assert opened.capacity is None


async def test_parts_of_a_number_lie_beside_it(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    await imported(client, desk, table(row(), row(legacy_number="Laporan 12 tahun 2018")))

    async with sessions.begin() as session:
        cases = (await session.scalars(select(LegacyCase).order_by(LegacyCase.number))).all()

    assert [each.number for each in cases] == [
        "002/LP/PB/Kab/27.09/XI/2020",
        "Laporan 12 tahun 2018",
    ]
    assert cases[0].parts is not None
    assert (cases[0].parts["sequence"], cases[0].parts["office"]) == (2, "27.09")
    assert cases[1].parts is None
    assert cases[0].import_id == cases[1].import_id


async def test_a_dry_run_says_the_same_and_keeps_nothing(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    data = table(*numbered(3))

    rehearsed = await send(client, desk, data, validate_only="true")

    assert rehearsed.status_code == 200
    assert await count(sessions) == [0] * len(WRITTEN)
    assert rehearsed.json() == await imported(client, desk, data)


async def test_a_bad_row_refuses_all_with_the_report(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    bad = row(legacy_number="8/2020", region_code="13.03", election_code="pilkada-1901", kind="")
    data = table(row(), bad | {"kind": "laporan"}, row(legacy_number="9/2020", known_on="x"))

    rehearsed = await send(client, desk, data, validate_only="true")
    refused = await send(client, desk, data)

    report = rehearsed.json()
    assert (rehearsed.status_code, refused.status_code) == (200, 422)
    assert refused.headers["content-type"] == "application/problem+json"
    assert (refused.json()["code"], refused.json()["report"]) == ("rows-refused", report)
    assert (report["rows"], report["imported"], report["bad_rows"]) == (3, 0, 2)
    assert [(each["line"], each["column"], each["code"]) for each in report["faults"]] == [
        (3, "election_code", "unknown-election"),
        (3, "region_code", "outside-area"),
        (4, "known_on", "not-a-day"),
    ]
    assert report["faults"][2]["message"]["id"].startswith("Tulis tanggal")
    assert refused.json()["errors"][2] == {
        "pointer": "/4/known_on",
        "code": "not-a-day",
        "message": "Write days like 2020-11-30.",
    }
    assert await count(sessions) == [0] * len(WRITTEN)
    assert await actions(sessions) == []


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"region_code": "73.99"}, "region_code", "unknown-region"),
        ({"region_code": "73"}, "region_code", "outside-area"),
        ({"office_code": "bawaslu-73"}, "office_code", "unknown-office"),
        ({"office_code": "bkn"}, "office_code", "unknown-office"),
        ({"known_on": "2020-11-01"}, "known_on", "known-before-it-happened"),
        ({"submitted_at": "2020-11-02 23:59"}, "submitted_at", "submitted-before-known"),
        ({"submitted_at": "2999-01-01"}, "submitted_at", "future-moment"),
        ({"legacy_number": "1/lp/rekaan/2020"}, "legacy_number", "number-twice"),
    ],
)
async def test_what_only_the_database_knows_is_told_by_line(
    client: AsyncClient, desk: Headers, change: dict[str, str], column: str, code: str
) -> None:
    data = table(row(legacy_number="1/LP/Rekaan/2020"), row(**change))

    report = (await send(client, desk, data, validate_only="true")).json()

    assert [(each["line"], each["column"], each["code"]) for each in report["faults"]] == [
        (3, column, code)
    ]


async def test_a_second_import_leaves_what_is_there(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    await imported(client, desk, table(*numbered(3)))
    before = await count(sessions)

    again = await imported(client, desk, table(*numbered(3)))
    more = await imported(client, desk, table(*numbered(5, what="Lain")))

    assert (again["imported"], again["already_there"]) == (0, 3)
    assert (more["imported"], more["already_there"]) == (2, 3)
    assert (await count(sessions))[0] == before[0] + 2


async def test_the_same_number_of_another_office_is_another_case(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    province = await officer(sessions, keys, role="handler", office_code="bawaslu-73")

    report = await imported(
        client,
        province,
        table(row(), row(region_code="73.07"), row(office_code="bawaslu-73")),
    )

    async with sessions.begin() as session:
        offices = set(await session.scalars(select(Complaint.office_id)))
    assert report["imported"] == 3
    assert offices == {
        await office_id(sessions, f"bawaslu-{code}") for code in ("73.04", "73.07", "73")
    }


async def test_the_journal_knows_each_case_and_the_import(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    await imported(client, desk, table(*numbered(2)))

    async with sessions.begin() as session:
        entries = (
            await session.scalars(
                select(JournalEntry).where(JournalEntry.action.startswith("complaint.imported"))
            )
        ).all()
        whole = (
            await session.scalars(
                select(JournalEntry).where(JournalEntry.action == "import.completed")
            )
        ).one()
    assert await actions(sessions) == ["complaint.imported"] * 2 + ["import.completed"]
    assert {each.payload["batch"] for each in entries} == {str(whole.subject_id)}
    assert (whole.region_code, whole.payload) == ("73.04", {"cases": 2})


async def test_nobody_holds_the_receipt_of_an_older_case(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    await imported(client, desk, table(*numbered(2)))

    async with sessions.begin() as session:
        receipts = (await session.scalars(select(Receipt))).all()
        complaints = set(await session.scalars(select(Complaint.id)))

    assert {each.subject_id for each in receipts} == complaints
    assert len({each.code_hash for each in receipts}) == 2
    assert {len(each.code_hash) for each in receipts} == {len(hash_token("rekaan"))}
    assert {str(each.answer) for each in receipts} == {"{}"}


async def test_what_names_persons_lies_sealed(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    await imported(client, desk, table(row()))

    async with sessions.begin() as session:
        content = (await session.scalars(select(ComplaintContent.sealed))).one()
        persons = (await session.scalars(select(ComplaintPerson))).all()

    assert len(persons) == 3
    assert not any(b"Rekaan" in each.sealed or b"rekaan" in each.sealed for each in persons)
    assert b"rekaan" not in content


@pytest.mark.parametrize("unit", ["complaint", "report", "initial_information"])
async def test_older_cases_change_no_figure(client: AsyncClient, desk: Headers, unit: str) -> None:
    asked = {"unit": unit, "by": "day", "since": "2020-11-01", "until": "2020-11-30"}
    asked_by_status = {"unit": unit, "by": "status"}
    before = [
        (await client.get("/stats/table", params=each, headers=desk)).json()["cells"]
        for each in (asked, asked_by_status)
    ]

    await imported(client, desk, table(*numbered(3), row(kind="informasi awal")))

    after = [
        (await client.get("/stats/table", params=each, headers=desk)).json()["cells"]
        for each in (asked, asked_by_status)
    ]
    assert after == before
    assert "archived" not in {each["key"] for each in after[1]}


async def test_older_cases_change_no_public_table(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    await imported(client, desk, table(*numbered(6)))
    await freeze_public_tables(sessions, present())

    published = (await client.get("/stats/public/provinces?unit=complaint")).json()

    assert published["total"]["count"] == 0


async def test_another_area_does_not_see_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    await imported(client, desk, table(row()))

    other = await officer(sessions, keys, role="handler", office_code="bawaslu-13.03")

    assert (await client.get("/complaints", headers=other)).json()["items"] == []


async def test_many_faults_are_counted_and_the_first_listed(
    client: AsyncClient, desk: Headers
) -> None:
    data = table(*numbered(MOST_FAULTS + 7, kind="x"))

    report = (await send(client, desk, data, validate_only="true")).json()

    assert report["bad_rows"] == MOST_FAULTS + 7
    assert len(report["faults"]) == MOST_FAULTS
    assert report["faults_left_out"] == 7


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\x00", b'"', b"{}", b"kind\n1,2"])
async def test_what_is_no_table_is_refused_in_words(
    client: AsyncClient, desk: Headers, data: bytes
) -> None:
    rehearsed = await send(client, desk, data, validate_only="true")
    refused = await send(client, desk, data)

    assert (rehearsed.status_code, refused.status_code) == (200, 422)
    assert rehearsed.json()["faults"][0]["line"] == 1


async def test_twenty_mebibytes_are_the_most(client: AsyncClient, desk: Headers) -> None:
    padding = b" " * (MOST_BYTES // 2)

    larger = await send(client, desk, padding * 2 + b" ")
    as_large = await send(client, desk, padding * 2)
    elsewhere = await client.post("/complaints", content=padding)

    assert (larger.status_code, as_large.status_code, elsewhere.status_code) == (413, 422, 413)


async def test_the_template_is_what_an_import_takes(client: AsyncClient, desk: Headers) -> None:
    answer = await client.get("/complaints/imports/template", headers=desk)

    report = await imported(client, desk, answer.content)
    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.text == f"\ufeff{write_template()}"
    assert report["imported"] == 2


async def test_a_repeat_under_the_same_key_is_told_the_same(
    client: AsyncClient, desk: Headers
) -> None:
    keyed = desk | {"Idempotency-Key": "kunci-rekaan-0004"}

    first = await send(client, keyed, table(row()))
    again = await send(client, keyed, table(row()))

    assert first.json()["imported"] == 1
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"


async def test_only_a_few_tables_lie_open_at_once() -> None:
    tables = Tables(most=1)

    async with tables.opened():
        with pytest.raises(Unavailable):
            async with tables.opened():
                pass
    async with tables.opened():
        pass
