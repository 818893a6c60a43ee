"""A sheet of the list: whole, in the open, and nothing in it that a spreadsheet would carry out."""

import csv
from io import StringIO

import pytest
from httpx import AsyncClient, Response
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from app.audit.models import JournalEntry
from app.complaints.files import sheets
from app.complaints.models.complaints import Complaint
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from tests.complaints.filing import file
from tests.complaints.searching import Headers, an_old_complaint, mark
from tests.people import officer


@pytest.fixture
async def desk(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="handler", office_code="bawaslu-73.04")


def lines(sheet: Response) -> list[dict[str, str]]:
    assert sheet.status_code == 200, sheet.text
    return list(csv.DictReader(StringIO(sheet.text)))


async def test_a_sheet_holds_what_a_search_finds_and_no_person(
    client: AsyncClient, sessions: Sessions, keys: Keyring, desk: Headers
) -> None:
    filed = await file(client)
    await file(client, event={"account": "Rekaan lain."})
    await mark(sessions, keys)

    sheet = await client.post("/complaints/export", json={"words": "apel pagi"}, headers=desk)

    (row,) = lines(sheet)
    assert sheet.headers["content-type"].startswith("text/csv")
    assert row["id"] == filed["id"]
    assert (row["status_id"], row["office_name"]) == (
        "Laporan sudah disampaikan",
        "Bawaslu Kabupaten Jeneponto",
    )
    assert "Terlapor" not in sheet.text
    assert "Pelapor Rekaan" not in sheet.text


async def test_a_sheet_is_whole_beyond_one_batch(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    filed = await file(client)
    async with sessions.begin() as session:
        row = await session.get_one(Complaint, filed["id"])
        columns = {each.key: getattr(row, each.key) for each in Complaint.__table__.columns}
        ids = [new_id() for _ in range(1_000)]
        await session.execute(
            insert(Complaint), [columns | {"id": id, "next_due_on": None} for id in ids]
        )

    for sort in ("newest", "due"):
        sheet = await client.post("/complaints/export", json={"sort": sort}, headers=desk)
        assert sorted(each["id"] for each in lines(sheet)) == sorted([filed["id"], *map(str, ids)])


async def test_an_export_is_in_the_journal_with_its_filters_and_no_value(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    wanted = {"words": "rahasia", "status": "submitted", "region": "73.04"}

    await client.post("/complaints/export", json=wanted, headers=desk)

    async with sessions.begin() as session:
        query = select(JournalEntry).where(JournalEntry.action == "complaints.exported")
        entry = (await session.scalars(query)).one()
    assert entry.payload == {"terms": "words", "filters": 2}


async def test_nothing_of_another_area_leaves_the_house(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    await file(client)
    other = await officer(sessions, keys, role="handler", office_code="bawaslu-13")

    assert lines(await client.post("/complaints/export", json={}, headers=other)) == []


async def test_a_summary_is_no_formula(
    client: AsyncClient, sessions: Sessions, desk: Headers
) -> None:
    filed = await file(client)
    summary = '=HYPERLINK("http://contoh.example")'
    await client.patch(
        f"/complaints/{filed['id']}",
        json={"summary": summary},
        headers=desk | {"If-Match": '"1"', "Content-Type": "application/merge-patch+json"},
    )

    (row,) = lines(await client.post("/complaints/export", json={}, headers=desk))

    assert row["summary"] == f"'{summary}"


@given(st.text())
def test_no_cell_begins_like_a_formula(summary: str) -> None:
    complaint = an_old_complaint()
    complaint.summary = summary

    sheet = sheets.header() + sheets.rows([complaint], {complaint.office_id: summary})

    (row,) = csv.DictReader(StringIO(sheet.decode(), newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert row["summary"].removeprefix("'") == summary.removeprefix("'")
