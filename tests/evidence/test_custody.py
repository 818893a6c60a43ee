"""Opening originals: with a reason, on record before the first byte, and told to the reporter."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.models import EvidenceOpening
from tests.evidence import samples
from tests.evidence.conftest import Bring
from tests.evidence.holding import OFFICE, REASON, stored
from tests.evidence.sending import photo
from tests.evidence.test_copies import damage
from tests.people import officer

TEXT = b"Rekaan: catatan dari apel pagi.\n"


async def count_openings(sessions: Sessions) -> int:
    async with sessions.begin() as session:
        return await session.scalar(select(func.count()).select_from(EvidenceOpening)) or 0


async def test_an_original_comes_as_it_was_sent(bring: Bring) -> None:
    content = photo(1_000_000)
    there = await bring(content, filename="foto rahasia.jpg")

    answer = await there.open()

    assert answer.status_code == 200
    assert answer.content == content
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="{there.evidence_id}.jpg"'
    )
    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-length"] == str(len(content))


async def test_who_opened_it_and_why_stays_on_record(client: AsyncClient, bring: Bring) -> None:
    there = await bring(TEXT)
    await there.open()

    openings = await there.openings()

    history = await client.get(f"{there.complaint}/history", headers=there.member)
    me = (await client.get("/auth/me", headers=there.member)).json()
    [opening] = openings
    assert opening["reason"] == REASON["reason"]
    assert opening["officer_id"] == me["id"]
    assert history.json()["items"][0]["action"] == "evidence.opened"
    assert history.json()["items"][0]["at"] == opening["opened_at"]


async def test_the_reporter_is_told_how_many_officers_opened_it(
    sessions: Sessions, keys: Keyring, bring: Bring
) -> None:
    there = await bring(TEXT)
    colleague = await officer(sessions, keys, role="handler", office_code=OFFICE)
    [before] = await there.own()

    for headers in (there.member, colleague, there.member):
        await there.open(headers)

    [after] = await there.own()
    assert before["opened"] == {
        "id": "Belum dibuka petugas",
        "en": "Not opened by any officer yet",
    }
    assert after["opened"] == {"id": "Dibuka oleh 2 petugas", "en": "Opened by 2 officers"}
    assert after["opened_by"] == (await there.listed())["opened_by"] == 2
    assert len(await there.openings()) == 3


async def test_the_reporter_sees_own_files_and_nothing_of_the_officers(
    client: AsyncClient, bring: Bring
) -> None:
    there = await bring(TEXT, filename="catatan.txt")
    there.sender.headers, receipt = there.member, there.sender.headers
    added = {"complaint_id": there.sender.complaint["id"]}
    await there.sender.sent(photo(2_000), said=added)
    there.sender.headers = receipt

    own = await there.own()

    desk = await client.get(f"{there.complaint}/evidence", headers=there.member)
    assert len(desk.json()["items"]) == 2
    [mine] = own
    assert mine["file_name"] == "catatan.txt"
    assert mine["state"] == "finished"
    assert mine["received_at"]
    assert len(mine["sha256"]) == 64


async def test_the_desk_sees_what_kind_of_file_it_is(bring: Bring) -> None:
    there = await bring(samples.png_with_words(), filetype="application/pdf")

    listed = await there.listed()

    assert listed["media_type"] == "image/png"
    assert listed["declared_type"] == "application/pdf"
    assert listed["declared_type_differs"] is True
    assert listed["held"] is False
    assert listed["retention"]["rule_code"] == "report-evidence"
    assert listed["retention"]["confidence"] == "unverified"
    assert listed["retention"]["retained_until"] > "2030"


async def test_a_reason_is_sealed_and_nobody_reads_it_from_the_database(
    connection: AsyncConnection, bring: Bring
) -> None:
    there = await bring(TEXT)
    await there.open(form={"reason": "Alasan Rahasia"})

    rows = await connection.execute(text("SELECT evidence_opening::text FROM evidence_opening"))

    [row] = rows.scalars()
    assert b"Alasan".hex() not in row


@pytest.mark.parametrize("form", [{}, {"reason": " "}, {"reason": "a" * 2_001}])
async def test_without_a_reason_nothing_is_opened(
    sessions: Sessions, form: dict[str, str], bring: Bring
) -> None:
    there = await bring(TEXT)

    answer = await there.open(form=form)

    assert answer.status_code == 422
    assert await count_openings(sessions) == 0


async def test_a_rehearsal_opens_nothing(sessions: Sessions, bring: Bring) -> None:
    there = await bring(TEXT)

    answer = await there.open(validate_only="true")

    assert answer.status_code == 204
    assert answer.content == b""
    assert await count_openings(sessions) == 0


async def test_only_those_who_may_open_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring, bring: Bring
) -> None:
    there = await bring(TEXT)
    duty = await officer(sessions, keys, role="duty_officer", office_code=OFFICE)
    other = await officer(sessions, keys, role="member", office_code="bawaslu-13")

    answers = [await there.open(duty), await there.open(other)]
    answers += [
        await client.get(f"{there.path}/openings", headers=duty),
        await client.get(f"{there.path}/copy", headers=other),
        await there.open(there.sender.headers),
    ]

    assert [answer.status_code for answer in answers] == [403, 404, 403, 404, 403]
    assert await count_openings(sessions) == 0


async def test_evidence_is_found_only_at_its_own_complaint(
    client: AsyncClient, bring: Bring
) -> None:
    there = await bring(TEXT)
    other = await bring(TEXT)
    there.evidence_id = other.evidence_id

    answers = [
        await there.open(),
        await there.copy(),
        await client.get(f"{there.path}/openings", headers=there.member),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_a_damaged_file_is_refused_before_it_counts_as_opened(
    sessions: Sessions, app: FastAPI, bring: Bring
) -> None:
    there = await bring(TEXT)
    damage(stored(app, there.evidence_id))

    answer = await there.open()

    assert answer.status_code == 409
    assert answer.json()["code"] == "evidence-damaged"
    assert await count_openings(sessions) == 0


async def test_the_lists_are_read_in_pages(client: AsyncClient, bring: Bring) -> None:
    there = await bring(TEXT)
    await there.sender.sent(photo(2_000))

    first = await client.get(
        f"{there.complaint}/evidence?limit=1&count=exact", headers=there.member
    )
    cursor = first.json()["next_cursor"]
    second = await client.get(
        f"{there.complaint}/evidence?limit=1&cursor={cursor}", headers=there.member
    )

    types = [page.json()["items"][0]["media_type"] for page in (first, second)]
    assert first.json()["total"] == 2
    assert types == ["image/jpeg", "text/plain"]
    assert second.json()["next_cursor"] is None
