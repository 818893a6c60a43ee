from datetime import date
from functools import partial
from uuid import UUID

import pytest

from app.circulars.rules.cascade import (
    AddresseeState,
    WrongAddresseeCode,
    is_overdue,
    next_due,
    rate,
    state_of,
)
from app.circulars.rules.circulars import CircularState, CircularStepRefused, is_in_force, step
from app.circulars.rules.codes import LENGTH, AddresseeCode, read_code, write_code
from app.circulars.rules.leaves import CircularAct, CircularLeaf, write_leaf
from tests.circulars.leaves import NotACircularLeaf, read_leaf

ID = UUID("01932b5e-7c00-7000-8000-0000000000aa")
LEAF = CircularLeaf(CircularAct.ISSUED, ID, bytes(range(32)), date(2024, 9, 17))


def mac(message: bytes) -> bytes:
    return (message * 2)[-32:]


def test_a_circular_ends_once() -> None:
    assert step(CircularState.ISSUED, CircularState.REVOKED) is CircularState.REVOKED
    with pytest.raises(CircularStepRefused):
        step(CircularState.REVOKED, CircularState.SUPERSEDED)


@pytest.mark.parametrize(("on", "expected"), [(16, False), (17, True), (29, True), (30, False)])
def test_it_holds_from_its_first_day_to_the_day_before_its_end(on: int, expected: bool) -> None:
    held = is_in_force(date(2024, 9, on), date(2024, 9, 17), date(2024, 9, 30))

    assert held is expected


def test_the_next_day_is_the_first_of_what_is_owed() -> None:
    days = [date(2024, 10, 15), None, date(2024, 9, 30)]

    owes = partial(next_due, addressed_on=date(2024, 9, 17), is_forwarded=False)
    owing = owes(acknowledged=False, acknowledge_by=date(2024, 9, 24), undone=days)
    later = owes(acknowledged=True, acknowledge_by=date(2024, 9, 24), undone=days)
    never = owes(acknowledged=True, acknowledge_by=None, undone=[])

    assert (owing, later, never) == (date(2024, 9, 24), date(2024, 9, 30), None)
    assert not is_overdue(date(2024, 9, 24), date(2024, 9, 24))
    assert is_overdue(date(2024, 9, 24), date(2024, 9, 25))


def test_who_was_told_late_has_three_days() -> None:
    due = next_due(
        acknowledged=False,
        acknowledge_by=date(2024, 9, 24),
        undone=[],
        addressed_on=date(2024, 9, 30),
        is_forwarded=False,
    )

    assert due == date(2024, 10, 3)


@pytest.mark.parametrize(("is_forwarded", "due"), [(False, 18), (True, 20)])
def test_whom_the_issuer_addressed_in_time_has_until_the_day_of_the_letter(
    *, is_forwarded: bool, due: int
) -> None:
    on = date(2024, 9, 17)

    found = next_due(
        acknowledged=False,
        acknowledge_by=date(2024, 9, 18),
        undone=[],
        addressed_on=on,
        is_forwarded=is_forwarded,
    )

    assert found == date(2024, 9, due)


def test_without_obligations_who_acknowledged_is_done() -> None:
    assert state_of(acknowledged=True, done=0, obligations=0) is AddresseeState.DONE
    assert state_of(acknowledged=False, done=0, obligations=0) is AddresseeState.ADDRESSED
    assert rate(0, 0) is None


def test_a_code_is_read_back_and_no_other_is_ours() -> None:
    code = write_code(AddresseeCode(ID, 3), mac)

    assert len(code) == LENGTH
    assert read_code(code, mac) == AddresseeCode(ID, 3)
    for wrong in ("", code[:-4], code[:-1] + ("A" if code[-1] != "A" else "B"), "*" * LENGTH):
        with pytest.raises(WrongAddresseeCode):
            read_code(wrong, mac)


def test_a_leaf_is_one_line_that_reads_back() -> None:
    line = write_leaf(LEAF)

    assert read_leaf(line) == LEAF
    assert line.startswith(b"netra-circular/1 issued 01932b5e-")
    for wrong in (b"", line + b" ", line.upper(), line.replace(b"issued", b"signed"), b"\xff"):
        with pytest.raises(NotACircularLeaf):
            read_leaf(wrong)
