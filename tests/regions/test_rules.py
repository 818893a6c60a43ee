import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.places import NATION, REGION_CODE, lies_in
from app.regions.rules import (
    Level,
    ancestors,
    comparable,
    level_of,
    parent_of,
    placement_code,
)

CODES = st.from_regex(REGION_CODE.removesuffix("$"), fullmatch=True).filter(
    lambda code: not code.startswith(NATION)
)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("00", Level.NATION),
        ("73", Level.PROVINCE),
        ("73.04", Level.REGENCY),
        ("31.71", Level.CITY),
        ("73.04.01", Level.DISTRICT),
        ("73.04.01.1004", Level.VILLAGE),
    ],
)
def test_a_code_tells_its_level(code: str, level: Level) -> None:
    assert level_of(code) is level


def test_the_way_up_ends_at_the_nation() -> None:
    assert ancestors("73.04.01.1004") == ["73", "73.04", "73.04.01"]
    assert parent_of("73") == NATION
    assert parent_of(NATION) is None


@given(CODES)
def test_the_last_ancestor_is_the_parent(code: str) -> None:
    assert [NATION, *ancestors(code)][-1] == parent_of(code)


@given(CODES)
def test_a_region_lies_in_all_its_ancestors_and_in_its_placement(code: str) -> None:
    assert all(lies_in(code, above) for above in [*ancestors(code), placement_code(code)])


@pytest.mark.parametrize(
    "code", ["", "7", "73.4", "73.04.", "73.04.01.104", "11.1", "73.04\n", "٧٣"]
)
def test_what_is_no_code_does_not_look_like_one(code: str) -> None:
    assert re.fullmatch(REGION_CODE, code) is None


@pytest.mark.parametrize(
    "written", ["Palangkaraya", "Palangka Raya", "palangka-raya", "PALANGKARAYA"]
)
def test_case_spaces_and_hyphens_do_not_count_in_a_name(written: str) -> None:
    assert comparable(written) == "palangkaraya"


@pytest.mark.parametrize("written", ["Kab. Bandung", "kab bandung", "Kabupaten Bandung"])
def test_people_may_abbreviate_regency(written: str) -> None:
    assert comparable(written) == "kabupatenbandung"


def test_only_the_word_itself_is_an_abbreviation() -> None:
    assert comparable("Kabanjahe") == "kabanjahe"


@given(st.text())
def test_a_comparable_name_has_no_signs_that_a_pattern_would_read(name: str) -> None:
    assert not set(comparable(name)) & set("%_\\\0 ")
    assert comparable(comparable(name)) == comparable(name)
