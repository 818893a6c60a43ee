from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.complaints.rules import identity as rules
from app.complaints.rules.identity import STATES, Decision, RequestState
from app.core.ids import new_id

NOW = datetime(2024, 11, 5, 3, tzinfo=UTC)
ASKER, CUSTODIAN = new_id(), new_id()


@dataclass(frozen=True)
class Asked:
    requested_by: UUID = ASKER
    requested_at: datetime = NOW
    decision: Decision | None = None
    until: datetime | None = None
    revoked_at: datetime | None = None


WAITING = Asked()
GRANTED = Asked(decision=Decision.GRANTED, until=NOW + timedelta(hours=24))
DENIED = Asked(decision=Decision.DENIED)
REVOKED = replace(GRANTED, revoked_at=NOW)


@pytest.mark.parametrize(
    ("request_", "after", "state"),
    [
        (WAITING, timedelta(0), RequestState.WAITING),
        (WAITING, timedelta(days=7, seconds=-1), RequestState.WAITING),
        (WAITING, timedelta(days=7), RequestState.LAPSED),
        (GRANTED, timedelta(hours=24, seconds=-1), RequestState.GRANTED),
        (GRANTED, timedelta(hours=24), RequestState.ENDED),
        (REVOKED, timedelta(hours=1), RequestState.REVOKED),
        (REVOKED, timedelta(hours=25), RequestState.REVOKED),
        (DENIED, timedelta(0), RequestState.DENIED),
    ],
)
def test_a_request_is_in_one_state_at_a_time(
    request_: Asked, after: timedelta, state: RequestState
) -> None:
    assert rules.state_of(request_, NOW + after) is state


def test_every_state_has_a_label() -> None:
    assert STATES.keys() == set(RequestState)


def test_another_person_decides() -> None:
    rules.check_decision(WAITING, CUSTODIAN, NOW)


@pytest.mark.parametrize("by", [ASKER, None])
def test_nobody_decides_the_own_request(by: UUID | None) -> None:
    with pytest.raises(rules.OwnRequest):
        rules.check_decision(WAITING, by, NOW)


@pytest.mark.parametrize("decided", [GRANTED, DENIED, REVOKED])
def test_a_request_is_decided_once(decided: Asked) -> None:
    with pytest.raises(rules.RequestSettled):
        rules.check_decision(decided, CUSTODIAN, NOW)


def test_a_request_that_waited_a_week_is_not_decided_any_more() -> None:
    with pytest.raises(rules.RequestSettled):
        rules.check_decision(WAITING, CUSTODIAN, NOW + rules.WAITS)


@pytest.mark.parametrize("request_", [WAITING, DENIED, REVOKED])
def test_only_what_is_in_force_is_revoked(request_: Asked) -> None:
    with pytest.raises(rules.NotInForce):
        rules.check_revocation(request_, NOW)


def test_a_new_request_waits_for_the_end_of_the_one_before() -> None:
    assert [rules.is_open(each, NOW) for each in (WAITING, GRANTED, DENIED, REVOKED)] == [
        True,
        True,
        False,
        False,
    ]
