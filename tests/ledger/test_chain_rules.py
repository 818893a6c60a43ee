"""A commitment to an entry is the same on every machine, and changes with everything it says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from app.ledger.rules.chain import Act, write_entry, write_leaf

ACT = Act(
    id=UUID("01932b5e-7c00-7000-8000-000000000001"),
    region_id=1303,
    at=datetime(2024, 11, 4, 3, 0, 0, 5, tzinfo=UTC),
    actor_kind="officer",
    actor_id=UUID("01932b5e-7c00-7000-8000-000000000002"),
    office_id=None,
    action="thing.done",
    subject_id=UUID("01932b5e-7c00-7000-8000-000000000003"),
    region_code="13.03",
    payload={"group": "asn_pns", "count": 2, "is_first": True},
)


def test_its_form_is_fixed() -> None:
    assert write_entry(ACT).decode().split("\n") == [
        "netra-journal-entry/1",
        "01932b5e-7c00-7000-8000-000000000001",
        "1303",
        "2024-11-04T03:00:00.000005+00:00",
        "officer",
        "01932b5e-7c00-7000-8000-000000000002",
        "-",
        "thing.done",
        "01932b5e-7c00-7000-8000-000000000003",
        "13.03",
        '{"count": 2, "group": "asn_pns", "is_first": true}',
    ]
    assert write_leaf(ACT) == b"netra-journal/1 tYJOjTn274OrNQfpTmmWgfnCeKHA39SVhyOxx1VnCRA"


def test_the_zone_and_the_order_of_the_payload_do_not_matter() -> None:
    elsewhere = ACT.at.astimezone(timezone(timedelta(hours=9)))
    turned = dict(reversed(list(ACT.payload.items())))

    assert write_leaf(replace(ACT, at=elsewhere, payload=turned)) == write_leaf(ACT)


@pytest.mark.parametrize(
    "other",
    [
        replace(ACT, id=UUID(int=1)),
        replace(ACT, region_id=7),
        replace(ACT, at=ACT.at + timedelta(microseconds=1)),
        replace(ACT, actor_kind="client"),
        replace(ACT, actor_id=None),
        replace(ACT, office_id=UUID(int=1)),
        replace(ACT, action="thing.begun"),
        replace(ACT, subject_id=UUID(int=1)),
        replace(ACT, region_code="13.04"),
        replace(ACT, payload={}),
    ],
    ids=lambda other: next(
        name for name in Act.__slots__ if getattr(other, name) != getattr(ACT, name)
    ),
)
def test_everything_it_says_is_committed_to(other: Act) -> None:
    assert write_leaf(other) != write_leaf(ACT)
