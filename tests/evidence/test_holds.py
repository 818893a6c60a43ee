"""Legal holds and retention: what keeps evidence, and by which rule."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from httpx import AsyncClient

from app.clocks.rules.norms import Confidence
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.files.retention import read_rules
from app.evidence.rules.retention import (
    EvidenceClass,
    RetentionRule,
    RetentionStart,
    retention_of,
    years_after,
)
from tests.evidence.conftest import Bring
from tests.evidence.holding import OFFICE
from tests.people import officer

TEXT = b"Catatan rekaan.\n"
HOLD = {"reason": "Diminta pengadilan rekaan."}


async def test_a_hold_keeps_evidence_until_it_is_released(
    client: AsyncClient, bring: Bring
) -> None:
    there = await bring(TEXT)

    placed = await client.post(f"{there.complaint}/holds", json=HOLD, headers=there.member)
    during = (await there.listed())["held"]
    hold = f"{there.complaint}/holds/{placed.json()['id']}"
    released = await client.post(f"{hold}/release", headers=there.member)
    after = (await there.listed())["held"]
    again = await client.post(f"{hold}/release", headers=there.member)

    listed = await client.get(f"{there.complaint}/holds", headers=there.member)
    history = await client.get(f"{there.complaint}/history", headers=there.member)
    assert placed.status_code == 201
    assert (during, after) == (True, False)
    assert released.json()["released_at"]
    assert listed.json()["items"] == [released.json()]
    assert listed.json()["items"][0]["reason"] == HOLD["reason"]
    assert (again.status_code, again.json()["code"]) == (409, "hold-released")
    assert [line["action"] for line in history.json()["items"][:2]] == [
        "hold.released",
        "hold.placed",
    ]


async def test_a_hold_belongs_to_its_complaint_and_to_those_who_may_place_it(
    client: AsyncClient, sessions: Sessions, keys: Keyring, bring: Bring
) -> None:
    there = await bring(TEXT)
    other = await bring(TEXT)
    handler = await officer(sessions, keys, role="handler", office_code=OFFICE)
    placed = await client.post(f"{there.complaint}/holds", json=HOLD, headers=there.member)

    elsewhere = await client.post(
        f"{other.complaint}/holds/{placed.json()['id']}/release", headers=there.member
    )
    refused = await client.post(f"{there.complaint}/holds", json=HOLD, headers=handler)

    assert elsewhere.status_code == 404
    assert refused.status_code == 403
    assert (await other.listed())["held"] is False


async def test_the_rules_of_retention_are_listed_with_their_doubts(
    client: AsyncClient, sessions: Sessions, keys: Keyring
) -> None:
    reader = await officer(sessions, keys, role="auditor", office_code=OFFICE)
    path = "/evidence/retention-rules"

    first = await client.get(f"{path}?limit=1&count=exact", headers=reader)
    cursor = first.json()["next_cursor"]
    others = await client.get(f"{path}?cursor={cursor}", headers=reader)

    rules = [rule for page in (first, others) for rule in page.json()["items"]]
    assert first.json()["total"] == 3
    assert [rule["code"] for rule in rules] == [
        "finding-evidence",
        "initial-information-evidence",
        "report-evidence",
    ]
    assert {rule["confidence"] for rule in rules} == {"unverified"}


def rule(version: int = 1, years: int = 10, **changes: date | RetentionStart) -> RetentionRule:
    start, to = changes.get("start_event", RetentionStart.RECEIVED), changes.get("valid_to")
    return RetentionRule(
        code="rekaan",
        version=version,
        evidence_class=EvidenceClass.REPORT,
        years=years,
        start_event=RetentionStart(str(start)),
        source="rekaan",
        confidence=Confidence.UNVERIFIED,
        valid_from=date(2020, version, 1),
        valid_to=to if isinstance(to, date) else None,
    )


def test_the_years_count_from_the_day_of_receipt_in_indonesia() -> None:
    kept = retention_of(EvidenceClass.REPORT, datetime(2024, 11, 4, 18, tzinfo=UTC), [rule()])

    assert kept
    assert kept.until == date(2034, 11, 5)


def test_the_newest_version_that_is_in_force_decides() -> None:
    versions = [rule(1, 3), rule(2, 5, valid_to=date(2023, 1, 1)), rule(3, 7)]

    kept = retention_of(EvidenceClass.REPORT, datetime(2024, 1, 1, tzinfo=UTC), versions)

    assert kept
    assert kept.rule.years == 7


def test_without_its_start_there_is_no_end() -> None:
    closing = rule(start_event=RetentionStart.CASE_CLOSED)

    kept = retention_of(EvidenceClass.REPORT, datetime(2024, 1, 1, tzinfo=UTC), [closing])

    assert kept
    assert kept.until is None


def test_without_a_rule_nothing_is_said() -> None:
    early, other = datetime(2019, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)

    assert retention_of(EvidenceClass.REPORT, early, [rule()]) is None
    assert retention_of(EvidenceClass.INITIAL_INFORMATION, other, [rule()]) is None


def test_a_leap_day_ends_the_day_before() -> None:
    assert years_after(date(2024, 2, 29), 10) == date(2034, 2, 28)


def test_every_class_has_a_rule_that_is_shipped() -> None:
    assert {each.evidence_class for each in read_rules()} == set(EvidenceClass)


def test_a_broken_row_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "rules.csv"
    file.write_text("code,version,evidence_class\nrekaan,1,rekaan\n")

    with pytest.raises(ValueError, match=r"rules.csv, line 2"):
        read_rules(file)
