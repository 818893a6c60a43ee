"""When a plenary has decided, and what belongs to its decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.files.violations import read_kinds
from app.cases.rules.decisions import Category, Result
from app.cases.rules.plenaries import Decided, Sitting, Vote, check_categories, check_sitting
from app.core.errors import Invalid
from app.core.ids import new_id
from app.regions.rules import Level

DAY = date(2024, 11, 8)
AGREE, DISSENT = Vote.AGREE, Vote.DISSENT
CATALOGUE = {kind.code: kind for kind in read_kinds()}
PERSON = new_id()


def sitting(*votes: Vote, members: int = 5, level: Level = Level.REGENCY) -> Sitting:
    names = [f"Anggota Rekaan {number}" for number in range(len(votes))]
    return Sitting(level=level, members=members, names=names, votes=votes, held_on=DAY)


def faults_of(held: Sitting, today: date = DAY) -> set[str]:
    try:
        check_sitting(held, DAY - timedelta(days=3), today)
    except Invalid as refused:
        return {fault.code for fault in refused.faults}
    return set()


def faults(result: Result, *decided: Decided) -> set[str]:
    try:
        check_categories(result, decided, {PERSON}, CATALOGUE)
    except Invalid as refused:
        return {fault.code for fault in refused.faults}
    return set()


def test_three_of_five_are_a_quorum_and_two_of_three_a_majority() -> None:
    assert faults_of(sitting(AGREE, AGREE, DISSENT)) == set()


def test_two_of_five_are_no_quorum() -> None:
    assert faults_of(sitting(AGREE, AGREE)) == {"no-quorum"}


def test_half_of_four_present_is_no_majority() -> None:
    assert faults_of(sitting(AGREE, AGREE, DISSENT, DISSENT)) == {"no-majority"}


@pytest.mark.parametrize(
    ("level", "members", "is_right"),
    [
        (Level.NATION, 5, True),
        (Level.NATION, 7, False),
        (Level.PROVINCE, 7, True),
        (Level.PROVINCE, 3, False),
        (Level.CITY, 3, True),
        (Level.REGENCY, 6, False),
        (Level.DISTRICT, 3, True),
        (Level.DISTRICT, 5, False),
    ],
)
def test_an_office_has_the_members_of_its_level(level: Level, members: int, is_right: bool) -> None:
    found = faults_of(sitting(*[AGREE] * members, members=members, level=level))

    assert (found == set()) is is_right


def test_nobody_is_counted_twice() -> None:
    named = replace(sitting(AGREE, AGREE, AGREE), names=["Andi Rekaan", "andi rekaan", "Budi"])

    assert faults_of(named) == {"named-twice"}


def test_it_was_held_between_the_registration_and_today() -> None:
    held = sitting(AGREE, AGREE, AGREE)

    assert faults_of(held, today=DAY - timedelta(days=1)) == {"in-the-future"}
    assert faults_of(replace(held, held_on=DAY - timedelta(days=4))) == {"before-registration"}


@given(votes=st.lists(st.sampled_from(Vote), min_size=1, max_size=5), members=st.integers(3, 5))
def test_whatever_decides_has_the_agreement_of_more_than_a_quarter(
    votes: list[Vote], members: int
) -> None:
    held = sitting(*votes, members=members)

    if not faults_of(held):
        assert votes.count(AGREE) * 4 > members
        assert len(votes) <= members


def test_a_violation_names_its_categories_and_nothing_else_does() -> None:
    other = Decided(Category.OTHER_LAW, ["D06_SOCIAL_ENGAGEMENT"], [PERSON])

    assert faults(Result.VIOLATION) == {"categories-and-result"}
    assert faults(Result.NOT_VIOLATION, other) == {"categories-and-result"}
    assert faults(Result.DISCONTINUED) == set()
    assert faults(Result.VIOLATION, other) == set()


def test_several_categories_at_once_each_but_once() -> None:
    crime = Decided(Category.CRIMINAL, ["C188_FAVOURING_DECISION"], [PERSON])
    other = Decided(Category.OTHER_LAW, ["D12_FAVOURING_DECISION"], [PERSON])

    assert faults(Result.VIOLATION, crime, other) == set()
    assert faults(Result.VIOLATION, crime, crime) == {"category-twice"}


def test_a_kind_is_of_the_catalogue_and_of_its_category() -> None:
    unknown = Decided(Category.OTHER_LAW, ["D99_REKAAN"], [PERSON])
    wrong = Decided(Category.CRIMINAL, ["D06_SOCIAL_ENGAGEMENT"], [PERSON])

    assert faults(Result.VIOLATION, unknown) == {"unknown-kind"}
    assert faults(Result.VIOLATION, wrong) == {"kind-of-another-category"}


def test_who_is_named_is_a_person_of_the_case() -> None:
    stranger = Decided(Category.OTHER_LAW, [], [new_id()])
    nobody = Decided(Category.OTHER_LAW, [], [])
    team = Decided(Category.ADMINISTRATIVE, [], [])

    assert faults(Result.VIOLATION, stranger) == {"not-of-this-case"}
    assert faults(Result.VIOLATION, nobody) == {"persons-needed"}
    assert faults(Result.VIOLATION, team) == set()
