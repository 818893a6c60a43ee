"""What makes two complaints look like reports of one event, without a database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.complaints.rules.likeness import (
    LABELS,
    THRESHOLD,
    Common,
    Likeness,
    Reason,
    Traits,
    compare,
    levels_shared,
    worth_of,
)
from app.complaints.rules.marks import Fact, MarkKind

DAY = date(2024, 11, 4)
HERE, NEIGHBOUR, ELSEWHERE = "73.04.01.2001", "73.04.02.2005", "13.03.03.2001"
RARE: Mapping[Fact, float] = {}

NAME = Fact(MarkKind.NAME, "terlapor rekaan")
NUMBER = Fact(MarkKind.EMPLOYEE_NUMBER, "198001012005011001")
PHONE = Fact(MarkKind.PHONE, "628000000000")
OFFICE = Fact(MarkKind.OFFICE, "kecamatan rekaan")
PHOTO = Fact(MarkKind.EVIDENCE, "ab" * 32)
POST = Fact(MarkKind.SOCIAL, "facebook.com/rekaan/posts/1")
YARD = Fact(MarkKind.PLACE, "halaman")
WORDS = [Fact(MarkKind.WORD, word) for word in ("apel", "kaus", "salam", "dua", "jari", "truk")]


def traits(*facts: Fact, days: int = 100, region: str = ELSEWHERE) -> Traits:
    return Traits(frozenset(facts), DAY + timedelta(days), region)


def like(*facts: Fact, days: int = 100, region: str = ELSEWHERE) -> Likeness:
    """One complaint here and another that has these facts in common with it, and no others."""
    others = {NAME._replace(value="orang lain"), Fact(MarkKind.WORD, "hujan")}
    one = traits(*facts, Fact(MarkKind.WORD, "sendiri"), days=0, region=HERE)
    return compare(one, traits(*facts, *others, days=days, region=region), RARE)


@pytest.mark.parametrize(
    ("fact", "reason", "proposed"),
    [
        (PHOTO, Reason.SAME_EVIDENCE, True),
        (NUMBER, Reason.SAME_NUMBER, True),
        (PHONE, Reason.SAME_NUMBER, True),
        (POST, Reason.SAME_SOCIAL_ADDRESS, True),
        (NAME, Reason.SAME_PERSON, False),
        (OFFICE, Reason.SAME_OFFICE, False),
        (WORDS[0], Reason.SHARED_WORDS, False),
    ],
)
def test_each_fact_alone_is_a_reason(fact: Fact, reason: Reason, *, proposed: bool) -> None:
    found = like(fact)

    assert found.reasons == (Common(reason, 1),)
    assert found.is_candidate is proposed


@pytest.mark.parametrize(
    ("days", "reasons"),
    [
        (0, (Common(Reason.SAME_DAY, 1),)),
        (-1, (Common(Reason.NEAR_DAY, 1),)),
        (3, (Common(Reason.NEAR_DAY, 3),)),
        (4, ()),
    ],
)
def test_a_day_near_by_is_a_reason(days: int, reasons: tuple[Common, ...]) -> None:
    found = like(days=days)

    assert found.reasons == reasons
    assert not found.is_candidate


@pytest.mark.parametrize(
    ("region", "levels"),
    [(HERE, 4), ("73.04.01", 3), (NEIGHBOUR, 2), ("73.71.01.1001", 1), (ELSEWHERE, 0), ("00", 0)],
)
def test_from_the_regency_downwards_a_place_is_near(region: str, levels: int) -> None:
    found = like(region=region)

    assert levels_shared(HERE, region) == levels
    assert found.reasons == ((Common(Reason.NEAR_PLACE, levels),) if levels >= 2 else ())


def test_a_code_is_compared_level_by_level() -> None:
    assert levels_shared("11.1", "11.10") == 1


def test_the_same_words_are_the_same_place_in_the_same_regency_only() -> None:
    here, elsewhere = like(YARD, region=NEIGHBOUR), like(YARD, region=ELSEWHERE)

    assert Common(Reason.SAME_PLACE, 1) in here.reasons
    assert elsewhere.reasons == ()


def test_nothing_in_common_is_nothing() -> None:
    assert like() == Likeness(0, ())


def test_everything_in_common_is_told_with_how_many() -> None:
    found = like(NAME, NUMBER, PHONE, OFFICE, PHOTO, POST, YARD, *WORDS, days=0, region=HERE)

    assert found.reasons == (
        Common(Reason.SAME_EVIDENCE, 1),
        Common(Reason.SAME_NUMBER, 2),
        Common(Reason.SAME_SOCIAL_ADDRESS, 1),
        Common(Reason.SAME_PERSON, 1),
        Common(Reason.SAME_OFFICE, 1),
        Common(Reason.SAME_PLACE, 1),
        Common(Reason.NEAR_PLACE, 4),
        Common(Reason.SAME_DAY, 1),
        Common(Reason.SHARED_WORDS, 6),
    )


@pytest.mark.parametrize(
    ("found", "proposed"),
    [
        (like(NAME, region=NEIGHBOUR), False),
        (like(NAME, days=0), True),
        (like(NAME, days=2, region=NEIGHBOUR), True),
        (like(days=0, region=NEIGHBOUR), False),
        (like(OFFICE, days=0, region=HERE), True),
        (like(OFFICE, days=0, region=NEIGHBOUR), False),
        (like(*WORDS), False),
        (like(*WORDS, days=0, region=NEIGHBOUR), True),
        (like(WORDS[0], days=0, region=NEIGHBOUR), False),
    ],
)
def test_reasons_add_up_to_a_candidate(found: Likeness, *, proposed: bool) -> None:
    assert found.is_candidate is proposed, found


def test_a_word_that_everybody_uses_says_nothing() -> None:
    one = traits(*WORDS, days=0, region=HERE)
    common = dict.fromkeys(WORDS[1:], 0.2)

    found = compare(one, one, common)

    assert Common(Reason.SHARED_WORDS, 1) in found.reasons


@pytest.mark.parametrize(
    ("frequency", "worth"), [(0.0, 3), (0.001, 3), (0.005, 2), (0.05, 1), (0.06, 0), (1.0, 0)]
)
def test_the_rarer_a_word_the_more_it_says(frequency: float, worth: int) -> None:
    assert worth_of(frequency) == worth


def test_a_long_list_of_names_says_no_more_than_three() -> None:
    names = [Fact(MarkKind.NAME, f"orang rekaan {number}") for number in range(50)]

    assert like(*names).score == like(*names[:3]).score
    assert like(*names).reasons == (Common(Reason.SAME_PERSON, 50),)


def test_every_reason_has_its_label() -> None:
    assert LABELS.keys() == set(Reason)


facts = st.builds(Fact, st.sampled_from(MarkKind), st.sampled_from("abcdefgh"))
sets_of_facts = st.frozensets(facts, max_size=40)
codes = st.sampled_from([HERE, NEIGHBOUR, ELSEWHERE, "73.04.01", "73.04", "73", "00"])
any_traits = st.builds(Traits, sets_of_facts, st.dates(DAY, DAY + timedelta(6)), codes)
frequencies = st.dictionaries(facts, st.floats(0, 1))


@given(any_traits, any_traits, frequencies)
def test_both_look_alike_to_each_other(
    one: Traits, other: Traits, frequency: dict[Fact, float]
) -> None:
    assert compare(one, other, frequency) == compare(other, one, frequency)


@given(any_traits, any_traits, frequencies, sets_of_facts)
def test_more_in_common_never_scores_less(
    one: Traits, other: Traits, frequency: dict[Fact, float], more: frozenset[Fact]
) -> None:
    further = replace(one, facts=one.facts | more), replace(other, facts=other.facts | more)

    assert compare(*further, frequency).score >= compare(one, other, frequency).score


@given(any_traits, any_traits, frequencies)
def test_coming_nearer_never_scores_less(
    one: Traits, other: Traits, frequency: dict[Fact, float]
) -> None:
    before = compare(one, other, frequency).score

    assert compare(one, replace(other, occurred_on=one.occurred_on), frequency).score >= before
    assert compare(one, replace(other, region_code=one.region_code), frequency).score >= before


@given(any_traits, any_traits, st.dictionaries(facts, st.floats(0, 0.5)))
def test_rarer_words_never_score_less(
    one: Traits, other: Traits, frequency: dict[Fact, float]
) -> None:
    rarer = {fact: share / 2 for fact, share in frequency.items()}

    assert compare(one, other, rarer).score >= compare(one, other, frequency).score


@given(st.frozensets(st.builds(Fact, st.just(MarkKind.WORD), st.text(max_size=3)), max_size=60))
def test_words_alone_propose_nothing(words: frozenset[Fact]) -> None:
    assert compare(traits(*words), traits(*words, region=HERE, days=0), RARE).score < THRESHOLD
