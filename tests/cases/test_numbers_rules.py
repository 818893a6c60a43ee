"""Numbers are printed in the grammar of domain.md 1.9 and read again, ours and older ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules.numbers import (
    LAST_SEQUENCE,
    LEVELS,
    ElectionType,
    Number,
    NumberKind,
    OwnCodeMissing,
    SeriesFull,
    check_election,
    check_sequence,
    code_of,
    elected_in,
    read_printed,
)
from app.core.errors import Invalid
from app.elections.rules import ElectedOffice, Regime, elected_at
from app.regions.rules import Level

TWO_DIGITS = st.from_regex(r"[0-9]{2}", fullmatch=True)
NUMBERS = st.builds(
    Number,
    sequence=st.integers(1, LAST_SEQUENCE),
    kind=st.sampled_from(NumberKind),
    election=st.sampled_from(ElectionType),
    level=st.sampled_from(list(LEVELS)),
    office_code=st.lists(TWO_DIGITS, min_size=2, max_size=3).map(".".join),
    month=st.integers(1, 12),
    year=st.integers(1999, 2099),
    registered=st.booleans(),
)


@given(NUMBERS)
def test_what_is_printed_is_read_again(number: Number) -> None:
    assert read_printed(number.printed()) == number


@given(NUMBERS, NUMBERS)
def test_two_numbers_are_never_printed_alike(one: Number, other: Number) -> None:
    assert (one.printed() == other.printed()) is (one == other)


@pytest.mark.parametrize(
    "seen",
    ["002/LP/PL/Kab/27.09/III/2024", "006/TM/PL/Kab/27.09/IV/2024", "021/LP/PL/RI/00.00/III/2024"],
)
def test_numbers_seen_on_sigaplapor_are_read_and_printed_as_they_were(seen: str) -> None:
    number = read_printed(seen)

    assert number is not None
    assert number.printed() == seen


@pytest.mark.parametrize(
    "written", ["001/reg/lp/pb/kab/16.09/ix/2024", "1 / REG / LP / PB / Kab / 16.09 / IX / 2024"]
)
def test_it_is_read_in_any_case_and_however_it_is_spaced(written: str) -> None:
    number = read_printed(written)

    assert number is not None
    assert number.printed() == "001/REG/LP/PB/Kab/16.09/IX/2024"


@pytest.mark.parametrize(
    "written", ["", "12", "001/REG/XX/PB/Kab/16.09/IX/2024", "001/REG/LP/PB/Kab/16.09/XIII/2024"]
)
def test_what_is_outside_of_the_grammar_has_no_parts(written: str) -> None:
    assert read_printed(written) is None


def test_the_head_office_has_a_code_of_its_own_and_every_other_one_needs_one() -> None:
    assert code_of(Level.NATION, None) == "00.00"
    assert code_of(Level.CITY, "27.71") == "27.71"
    with pytest.raises(OwnCodeMissing):
        code_of(Level.REGENCY, None)


def test_the_grammar_ends_at_four_digits() -> None:
    check_sequence(LAST_SEQUENCE)

    with pytest.raises(SeriesFull):
        check_sequence(LAST_SEQUENCE + 1)


@pytest.mark.parametrize(
    ("wanted", "regime", "elected", "is_right"),
    [
        (ElectionType.REGENT, Regime.REGIONAL_ELECTION, {ElectedOffice.REGENT}, True),
        (ElectionType.GOVERNOR, Regime.REGIONAL_ELECTION, {ElectedOffice.REGENT}, False),
        (ElectionType.MAYOR, Regime.REGIONAL_ELECTION, set(ElectedOffice), True),
        (ElectionType.PRESIDENT, Regime.REGIONAL_ELECTION, set(ElectedOffice), False),
        (ElectionType.LEGISLATIVE, Regime.GENERAL_ELECTION, {ElectedOffice.LEGISLATURE}, True),
        (ElectionType.LEGISLATIVE, Regime.GENERAL_ELECTION, {ElectedOffice.PRESIDENT}, False),
        (ElectionType.GOVERNOR, Regime.GENERAL_ELECTION, set(ElectedOffice), False),
    ],
)
def test_an_election_is_one_of_its_regime_and_place(
    wanted: ElectionType, regime: Regime, elected: set[ElectedOffice], *, is_right: bool
) -> None:
    if is_right:
        check_election(wanted, regime, elected)
        return
    with pytest.raises(Invalid):
        check_election(wanted, regime, elected)


@pytest.mark.parametrize(
    ("place", "elected"),
    [
        ("73.04.01", {ElectedOffice.GOVERNOR, ElectedOffice.REGENT}),
        ("73.71", {ElectedOffice.GOVERNOR, ElectedOffice.MAYOR}),
        ("34.01", {ElectedOffice.REGENT}),
        ("31.71", set()),
        ("73", {ElectedOffice.GOVERNOR, ElectedOffice.REGENT, ElectedOffice.MAYOR}),
    ],
)
def test_whom_a_place_elects_follows_from_the_areas_around_and_in_it(
    place: str, elected: set[ElectedOffice]
) -> None:
    areas = [
        ("73", ElectedOffice.GOVERNOR),
        ("73.04", ElectedOffice.REGENT),
        ("73.71", ElectedOffice.MAYOR),
        ("34.01", ElectedOffice.REGENT),
    ]

    assert elected_at(areas, place) == elected


@pytest.mark.parametrize(
    ("region", "taken"),
    [
        ("73", {"PG"}),
        ("73.04", {"PG", "PB"}),
        ("73.04.01.2001", {"PG", "PB"}),
        ("73.71", {"PG", "PW"}),
        ("73.71.01", {"PG", "PW"}),
    ],
)
def test_without_an_election_the_place_says_who_can_be_elected(
    region: str, taken: set[str]
) -> None:
    elected = elected_in(region)

    found = set()
    for each in ElectionType:
        try:
            check_election(each, Regime.REGIONAL_ELECTION, elected)
        except Invalid:
            continue
        found.add(each)
    assert found == taken
