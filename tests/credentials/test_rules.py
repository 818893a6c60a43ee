from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.actors import PERMISSIONS, ActorKind, Permission, Role
from app.core.errors import Invalid
from app.credentials.rules import (
    LONGEST_LOCK,
    Bearer,
    InvalidScope,
    actor_behind,
    check_new_password,
    granted,
    lock_after,
    may_try,
)
from app.offices.rules import OfficeKind

NOW = datetime(2024, 9, 30, 3, tzinfo=UTC)
OFFICER = UUID(int=1)
CLIENT = UUID(int=2)
OFFICE = UUID(int=3)


def officer(kind: OfficeKind, region: str, *, first: bool = False) -> Bearer:
    return Bearer(OFFICER, Role.HANDLER, first, None, None, None, OFFICE, kind, region)


def test_the_first_four_wrong_passwords_cost_nothing() -> None:
    assert [lock_after(failures) for failures in range(5)] == [timedelta(0)] * 5


def test_from_the_fifth_on_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [lock_after(failures).total_seconds() for failures in range(5, 17)]

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


@given(st.integers(0, 10**9))
def test_the_wait_never_shrinks_nor_passes_its_limit(failures: int) -> None:
    assert lock_after(failures) <= lock_after(failures + 1) <= LONGEST_LOCK


def test_a_locked_account_opens_when_its_time_is_over() -> None:
    until = NOW + timedelta(seconds=1)

    assert not may_try(True, until, NOW)
    assert may_try(True, until, until)
    assert may_try(True, None, NOW)
    assert not may_try(False, None, NOW)


@pytest.mark.parametrize(
    "wanted",
    ["kata sandi lama", "petugas.rekaan2024", "PETUGAS.REKAAN2024", "aaaaaaaaaaaa", "ababcdabcdab"],
)
def test_a_password_that_is_guessed_first_is_refused(wanted: str) -> None:
    with pytest.raises(Invalid):
        check_new_password("petugas.rekaan", "kata sandi lama", wanted)


def test_a_long_phrase_is_a_good_password() -> None:
    check_new_password("petugas.rekaan", "kata sandi lama", "empat kuda minum kopi")


def test_a_client_gets_the_scopes_it_asks_for_out_of_its_own() -> None:
    own = ["complaints:read", "stats:read"]

    assert granted("", own) == own
    assert granted("stats:read  stats:read", own) == ["stats:read"]


def test_a_scope_that_was_never_given_is_refused() -> None:
    with pytest.raises(InvalidScope):
        granted("stats:read complaints:read", ["stats:read"])


def test_an_officer_of_bawaslu_oversees_the_region_of_the_office() -> None:
    actor = actor_behind(officer(OfficeKind.BAWASLU, "73.04"))

    assert (actor.kind, actor.id, actor.office_id) == (ActorKind.OFFICER, OFFICER, OFFICE)
    assert actor.area == "73.04"
    assert actor.permissions == PERMISSIONS[Role.HANDLER]


def test_the_national_office_oversees_the_country() -> None:
    assert actor_behind(officer(OfficeKind.BAWASLU, "00")).area == ""


@pytest.mark.parametrize("kind", [each for each in OfficeKind if each is not OfficeKind.BAWASLU])
def test_an_officer_of_a_partner_sees_only_what_is_addressed(kind: OfficeKind) -> None:
    assert actor_behind(officer(kind, "00")).area is None


def test_who_has_a_first_password_may_only_change_it() -> None:
    actor = actor_behind(officer(OfficeKind.BAWASLU, "73.04", first=True))

    assert [each for each in Permission if actor.may(each)] == [Permission.USE_ACCOUNT]


def test_a_client_may_what_its_token_says_in_its_area() -> None:
    actor = actor_behind(
        Bearer(None, None, None, CLIENT, "73", ["stats:read"], OFFICE, OfficeKind.BKN, "00")
    )

    assert (actor.kind, actor.id, actor.area) == (ActorKind.CLIENT, CLIENT, "73")
    assert actor.permissions == {Permission.READ_STATISTICS}
