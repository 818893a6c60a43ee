from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.rules import (
    LABELS,
    LONGEST_CLIENT,
    ROLES,
    may_be_given,
    may_hold,
    may_last_until,
)
from app.core.actors import PERMISSIONS, Permission, Role
from app.offices.rules import OfficeKind

NOW = datetime(2024, 9, 30, 3, tzinfo=UTC)


def test_every_role_has_an_office_and_a_label() -> None:
    assert set().union(*ROLES.values()) == set(Role) == set(LABELS)
    assert set(ROLES) == set(OfficeKind)


def test_no_partner_agency_handles_complaints_or_accounts() -> None:
    theirs = {role for kind in OfficeKind if kind is not OfficeKind.BAWASLU for role in ROLES[kind]}

    given = set().union(*(PERMISSIONS[role] for role in theirs))

    assert not given & {
        Permission.READ_COMPLAINTS,
        Permission.HANDLE_COMPLAINTS,
        Permission.MANAGE_OFFICERS,
        Permission.MANAGE_CLIENTS,
    }


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.ADMIN, OfficeKind.BKN),
        (Role.BKN_AUDITOR, OfficeKind.BAWASLU),
        (Role.GAKKUMDU_POLICE, OfficeKind.KPU),
    ],
)
def test_a_role_is_not_held_in_a_foreign_office(role: Role, kind: OfficeKind) -> None:
    assert not may_hold(role, kind)


def test_another_system_is_given_reading_only() -> None:
    assert may_be_given([Permission.READ_STATISTICS, Permission.READ_COMPLAINTS])
    assert not may_be_given([Permission.READ_STATISTICS, Permission.HANDLE_COMPLAINTS])


def test_a_client_lasts_a_year_at_most() -> None:
    assert may_last_until(NOW + LONGEST_CLIENT, NOW)
    assert not may_last_until(NOW + LONGEST_CLIENT + timedelta(seconds=1), NOW)
    assert not may_last_until(NOW, NOW)
