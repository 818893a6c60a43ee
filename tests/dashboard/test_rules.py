"""What is picked, written and shaded, without a page around it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.texts import Text
from app.dashboard.rules.pick import Pick, address, election_meant
from app.dashboard.rules.shades import SHADES, bounds_of, rounded, shade_of, top_of
from app.dashboard.rules.tongue import Tongue
from app.dashboard.rules.view import WITHHELD as HIDDEN
from app.dashboard.rules.view import Amount

ELECTIONS = ["pilkada-2024", "pemilu-2024", "pilkada-2020"]
BAHASA, ENGLISH = Tongue("id"), Tongue("en")


def test_an_address_says_only_what_was_picked() -> None:
    assert address(Pick()) == "/"
    picked = Pick("73", "pilkada-2024", "event", "en")
    assert address(picked) == "/?region=73&election=pilkada-2024&unit=event&lang=en"
    assert picked.but(region="00", language="id") == "/?election=pilkada-2024&unit=event"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("", "pilkada-2024"),
        ("2024", "pilkada-2024"),
        ("pemilu-2024", "pemilu-2024"),
        ("2020", "pilkada-2020"),
        ("2019", None),
        ("pilkada", None),
        ("024", None),
    ],
)
def test_an_election_is_meant_by_its_code_or_its_year(asked: str, meant: str | None) -> None:
    assert election_meant(asked, ELECTIONS) == meant
    assert election_meant(asked, []) is None


def test_numbers_and_days_are_written_as_each_language_writes_them() -> None:
    midnight = datetime(2024, 8, 31, 17, tzinfo=UTC)

    assert (BAHASA.number(5588245), ENGLISH.number(5588245)) == ("5.588.245", "5,588,245")
    assert (BAHASA.share(17, 24), ENGLISH.share(17, 24)) == ("70,8%", "70.8%")
    assert (BAHASA.share(9999, 10000), BAHASA.share(1, 100000)) == ("99,9%", "0,1%")
    assert (BAHASA.share(4, 4), BAHASA.share(0, 4), BAHASA.share(0, 0)) == ("100%", "0%", "\u2013")
    assert (BAHASA.brief_date(midnight), ENGLISH.brief_date(midnight)) == ("1 Sep 2024",) * 2
    assert BAHASA.say(Text("<b>", "&")) == "&lt;b&gt;"


def test_what_is_withheld_or_missing_is_never_written_as_zero() -> None:
    assert BAHASA.amount(Amount(0, 0)) == "0"
    assert BAHASA.in_words(Amount(1, 4)) == "1\u20134, dirahasiakan"
    assert ENGLISH.in_words(Amount(1, 4)) == "1\u20134, withheld"
    assert ENGLISH.amount(Amount(18, None)) == "\u2265 18"
    assert (BAHASA.amount(HIDDEN), BAHASA.in_words(HIDDEN)) == ("\u2022" * 3, "dirahasiakan")
    assert (BAHASA.amount(None), BAHASA.in_words(None)) == ("\u2013", "belum ada data")


NUMBERS = st.lists(st.integers(0, 3_000_000), max_size=40)


@settings(max_examples=60)
@given(NUMBERS)
def test_more_is_never_lighter(numbers: list[int]) -> None:
    bounds = bounds_of(numbers)

    shades = [shade_of(each, bounds) for each in sorted(numbers)]

    assert shades == sorted(shades)
    assert all(
        (shade == 0) == (number == 0) for shade, number in zip(shades, sorted(numbers), strict=True)
    )
    assert max(shades, default=0) <= len(bounds) <= SHADES
    assert all(rounded(each) == each for each in bounds)


@settings(max_examples=60)
@given(st.floats(1, 9e6))
def test_an_axis_ends_above_all_and_not_far_above(most: float) -> None:
    assert most <= top_of(most) <= 2 * most
