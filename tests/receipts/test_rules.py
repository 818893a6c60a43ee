import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.base32 import WrongCode
from app.receipts.rules import read_code, write_code

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKS = DIGITS + "*~$=U"

codes = st.binary(min_size=10, max_size=32).map(write_code)


def refuses(written: str) -> bool:
    try:
        read_code(written)
    except WrongCode:
        return True
    return False


def test_a_code_is_written_as_crockford_has_it() -> None:
    assert write_code(bytes(10)) == "0000-0000-0000-0000-0"
    assert write_code(bytes(9) + b"\x25") == "0000-0000-0000-0015-0"
    assert write_code(bytes(9) + b"\x24") == "0000-0000-0000-0014-U"
    assert write_code(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-~"


@given(codes)
def test_a_code_is_read_as_it_was_written(code: str) -> None:
    assert read_code(code) == code


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_no_two_numbers_have_the_same_code(one: bytes, other: bytes) -> None:
    assert (write_code(one) == write_code(other)) is (one == other)


@given(codes, st.data())
def test_people_may_write_it_their_own_way(code: str, data: st.DataObject) -> None:
    other_ways = {"0": "0Oo", "1": "1IiLl", "-": ["-", "", " ", " - "]}
    letters = [
        data.draw(st.sampled_from(other_ways.get(each, [each, each.lower()]))) for each in code
    ]

    assert read_code("".join(letters)) == code


@given(codes, st.integers(0, 16), st.sampled_from(CHECKS))
def test_every_single_wrong_letter_is_noticed(code: str, place: int, wrong: str) -> None:
    letters = list(code.replace("-", ""))
    if letters[place] == wrong:
        return
    letters[place] = wrong

    assert refuses("".join(letters))


@given(codes, st.integers(0, 15))
def test_every_two_neighbours_changed_about_are_noticed(code: str, place: int) -> None:
    letters = list(code.replace("-", ""))
    if letters[place] == letters[place + 1]:
        return
    letters[place : place + 2] = reversed(letters[place : place + 2])

    assert refuses("".join(letters))


@pytest.mark.parametrize(
    "written",
    ["", "-", "0000-0000-0000-0000", "0000-0000-0000-0000-00", "U000-0000-0000-0000-0", "😀" * 17],
)
def test_what_has_not_the_form_of_a_code_is_none(written: str) -> None:
    assert refuses(written)


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_code_or_refused(written: str) -> None:
    assert refuses(written) or read_code(read_code(written)) == read_code(written)
