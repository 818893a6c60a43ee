from datetime import UTC, date, datetime

import pytest

from app.core.errors import Invalid, NotAllowed
from app.core.sheets import formula_safe
from app.stats.rules import areas, periods
from app.stats.rules.areas import Depth
from app.stats.rules.definitions import NOTES, Note
from app.stats.rules.dimensions import LABELS, Dimension, codes_of
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.periods import Period
from app.stats.rules.units import UNITS, Unit

NOON_OF_THE_FIFTH = datetime(2024, 11, 5, 5, tzinfo=UTC)
THE_FIFTH = date(2024, 11, 5)


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_says_what_it_counts_in_both_languages(unit: Unit) -> None:
    definition = DEFINITIONS[unit]

    assert definition.text.id != definition.text.en
    assert definition.version >= 1
    assert unit in UNITS


def test_every_note_and_dimension_has_words() -> None:
    assert NOTES.keys() == set(Note)
    assert LABELS.keys() == set(Dimension)


def test_cancelled_declarations_and_drafted_events_are_no_row_of_a_table() -> None:
    assert "cancelled" not in codes_of(Unit.DECLARATION, Dimension.STATUS)
    assert list(codes_of(Unit.EVENT, Dimension.STATUS)) == ["published", "held", "reported"]


def test_a_unit_is_not_told_apart_by_what_it_does_not_have() -> None:
    with pytest.raises(Invalid) as refused:
        codes_of(Unit.SIGNATURE, Dimension.STATUS)

    assert refused.value.faults[0].code == "no-such-dimension"


@pytest.mark.parametrize(
    ("own", "region", "area"),
    [
        ("", None, ""),
        ("", "00", ""),
        ("73", None, "73"),
        ("73", "73.04", "73.04"),
        ("", "13", "13"),
    ],
)
def test_a_reader_asks_of_the_own_area_or_a_part_of_it(
    own: str, region: str | None, area: str
) -> None:
    assert areas.area_asked(own, region) == area


@pytest.mark.parametrize(
    ("own", "region"), [("73", "13"), ("73", "00"), ("73.04", "73"), ("73.04", "73.07")]
)
def test_nobody_asks_of_another_area(own: str, region: str) -> None:
    with pytest.raises(Invalid) as refused:
        areas.area_asked(own, region)

    assert refused.value.faults[0].code == "outside-area"


def test_who_oversees_nothing_reads_no_figures() -> None:
    with pytest.raises(NotAllowed):
        areas.area_asked(None, None)


@pytest.mark.parametrize(
    ("area", "wanted", "depth"),
    [
        ("", None, Depth.PROVINCE),
        ("", Depth.REGENCY, Depth.REGENCY),
        ("73", None, Depth.REGENCY),
        ("73.04", None, Depth.DISTRICT),
        ("73.04.01", None, Depth.VILLAGE),
    ],
)
def test_a_table_goes_one_or_two_levels_down(area: str, wanted: Depth | None, depth: Depth) -> None:
    assert areas.depth_of(area, wanted) is depth


@pytest.mark.parametrize(
    ("area", "wanted"),
    [("", Depth.DISTRICT), ("73", Depth.PROVINCE), ("73.04.01.2001", None)],
)
def test_a_table_neither_goes_up_nor_all_the_way_down(area: str, wanted: Depth | None) -> None:
    with pytest.raises(Invalid):
        areas.depth_of(area, wanted)


def test_what_concerns_a_region_as_a_whole_is_not_called_by_its_bare_name() -> None:
    assert (
        areas.row_label("73.04", "Kabupaten Jeneponto", Depth.REGENCY).id == "Kabupaten Jeneponto"
    )
    assert "tanpa rincian" in areas.row_label("73", "Sulawesi Selatan", Depth.REGENCY).id
    assert "tanpa rincian" in areas.row_label("00", "Indonesia", Depth.PROVINCE).id


def test_a_day_begins_in_jakarta() -> None:
    assert periods.today(datetime(2024, 11, 4, 16, 59, tzinfo=UTC)) == date(2024, 11, 4)
    assert periods.today(datetime(2024, 11, 4, 17, tzinfo=UTC)) == THE_FIFTH
    assert periods.midnight(THE_FIFTH) == datetime(2024, 11, 4, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "since", "until"),
    [
        (Period(), date(2024, 10, 7), THE_FIFTH),
        (Period(since=date(2024, 11, 1)), date(2024, 11, 1), THE_FIFTH),
        (Period(until=date(2024, 9, 30)), date(2024, 9, 1), date(2024, 9, 30)),
        (Period(since=date(2025, 1, 1)), date(2025, 1, 1), date(2025, 1, 1)),
        (Period(until=date(2000, 1, 3)), date(2000, 1, 1), date(2000, 1, 3)),
    ],
)
def test_a_series_covers_thirty_days_unless_others_are_named(
    wanted: Period, since: date, until: date
) -> None:
    assert periods.day_by_day(wanted, NOON_OF_THE_FIFTH) == (since, until)


def test_a_series_ends_somewhere() -> None:
    with pytest.raises(Invalid):
        periods.day_by_day(Period(date(2020, 1, 1), date(2024, 1, 1)), NOON_OF_THE_FIFTH)


def test_days_are_listed_without_a_gap() -> None:
    days = periods.days_in(date(2024, 2, 28), date(2024, 3, 1))

    assert [day.isoformat() for day in days] == ["2024-02-28", "2024-02-29", "2024-03-01"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_spreadsheet_takes_a_name_for_a_formula(begin: str) -> None:
    assert formula_safe(f"{begin}HYPERLINK()") == f"'{begin}HYPERLINK()"
    assert formula_safe("Sulawesi Selatan") == "Sulawesi Selatan"
