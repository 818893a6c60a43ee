"""The same act has two classes: by its day, by the region, by whom it binds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.files.violations import read_kinds
from app.cases.rules.decisions import Category, SubjectGroup
from app.cases.rules.violations import (
    Act,
    Choice,
    Deed,
    Family,
    StageOfAct,
    choose,
    classify,
    is_open,
)
from app.core.errors import Invalid
from app.elections.rules import Determination

CATALOGUE = read_kinds()
NONE = Choice(None, has_reason=False)


def deed(
    act: Act,
    day: str,
    determination: Determination | None = Determination.BEFORE,
    group: SubjectGroup | None = SubjectGroup.PNS,
) -> Deed:
    on = date.fromisoformat(day)
    return Deed(act=act, group=group, acted_on=on, determination=determination)


def codes(of: Deed) -> list[str]:
    return [f"{kind.code}@{kind.version}" for kind in classify(of, CATALOGUE)]


def chosen(of: Deed, choice: Choice = NONE) -> str:
    return choose(of, classify(of, CATALOGUE), choice).code


def refusal(of: Deed, choice: Choice = NONE) -> str:
    with pytest.raises(Invalid) as refused:
        chosen(of, choice)
    return refused.value.faults[0].code


def test_the_whole_catalogue_is_there() -> None:
    codes = {kind.code.partition("_")[0] for kind in CATALOGUE}

    assert {f"E{number:02d}" for number in range(1, 8)} <= codes
    assert {f"D{number:02d}" for number in range(1, 13)} <= codes
    assert {"C188", "C189", "C190", "V01", "M01", "P01"} <= codes


def test_of_each_kind_one_version_holds_on_a_day() -> None:
    by_code: dict[str, list[tuple[date, date]]] = {}
    for kind in CATALOGUE:
        spell = (kind.valid_from, kind.valid_to or date.max)
        by_code.setdefault(kind.code, []).append(spell)

    for held in by_code.values():
        for (_, until), (since, _) in zip(sorted(held), sorted(held)[1:], strict=False):
            assert since == until + timedelta(days=1)


def test_a_like_before_the_determination_is_a_breach_of_ethics() -> None:
    assert chosen(deed(Act.SOCIAL_ENGAGEMENT, "2024-08-20")) == "E04_SOCIAL_ENGAGEMENT"


def test_the_same_like_after_it_is_a_breach_of_discipline() -> None:
    like = deed(Act.SOCIAL_ENGAGEMENT, "2024-09-25", Determination.AFTER)

    assert chosen(like) == "D06_SOCIAL_ENGAGEMENT"


def test_on_the_day_of_the_determination_the_officer_decides_with_a_reason() -> None:
    like = deed(Act.SOCIAL_ENGAGEMENT, "2024-09-22", Determination.SAME_DAY)

    assert refusal(like) == "kind-needed"
    assert refusal(like, Choice("E04_SOCIAL_ENGAGEMENT", has_reason=False)) == "reason-needed"
    assert chosen(like, Choice("E04_SOCIAL_ENGAGEMENT", has_reason=True)).startswith("E04")


def test_where_the_day_of_the_determination_is_unknown_the_officer_decides() -> None:
    photo = deed(Act.PHOTO, "2024-09-25", None)

    assert is_open(photo, classify(photo, CATALOGUE))


def test_a_kind_of_one_side_alone_is_open_on_the_day_itself() -> None:
    joined = deed(Act.JOIN_INTRODUCTION, "2024-09-22", Determination.SAME_DAY)

    assert refusal(joined) == "kind-needed"


def test_what_is_wrong_at_any_time_needs_no_choice_on_that_day() -> None:
    party = deed(Act.PARTY_MEMBERSHIP, "2024-09-22", Determination.SAME_DAY)

    assert chosen(party) == "D05_PARTY_MEMBER"


def test_joining_a_winning_team_weighs_more_after_the_determination() -> None:
    before = deed(Act.WINNING_TEAM, "2024-09-01")
    after = deed(Act.WINNING_TEAM, "2024-10-01", Determination.AFTER)

    assert (chosen(before), chosen(after)) == ("D09_TEAM_BEFORE", "D10_TEAM_AFTER")


def test_a_kind_that_does_not_fit_is_refused_also_with_a_reason() -> None:
    like = deed(Act.SOCIAL_ENGAGEMENT, "2024-08-20")

    assert refusal(like, Choice("D06_SOCIAL_ENGAGEMENT", has_reason=True)) == "kind-does-not-fit"


def test_a_decision_of_a_civil_servant_can_be_discipline_and_crime() -> None:
    decision = deed(Act.FAVOURING_DECISION, "2024-10-01", Determination.AFTER)

    assert codes(decision) == ["D12_FAVOURING_DECISION@1", "C188_FAVOURING_DECISION@1"]
    assert refusal(decision) == "kind-needed"


@pytest.mark.parametrize(
    ("day", "group", "found"),
    [
        ("2024-11-13", SubjectGroup.POLRI, []),
        ("2024-11-14", SubjectGroup.POLRI, ["C188_FAVOURING_DECISION@2"]),
        ("2026-01-01", SubjectGroup.TNI, ["C188_FAVOURING_DECISION@2"]),
        ("2026-01-02", SubjectGroup.TNI, ["C188_FAVOURING_DECISION@3"]),
    ],
)
def test_the_court_widened_who_can_commit_it_and_the_law_its_penalty(
    day: str, group: SubjectGroup, found: list[str]
) -> None:
    after = Determination.AFTER

    assert codes(deed(Act.FAVOURING_DECISION, day, after, group)) == found


def test_the_special_minimum_went_on_the_second_of_january_2026() -> None:
    old, new = (
        classify(deed(Act.REASSIGNMENT, day), CATALOGUE)[0] for day in ("2026-01-01", "2026-01-02")
    )

    assert "1 sampai 6 bulan" in old.penalty.id
    assert "paling lama 6 bulan" in new.penalty.id


def test_party_membership_follows_the_law_of_civil_servants_of_its_day() -> None:
    assert codes(deed(Act.PARTY_MEMBERSHIP, "2023-10-30")) == ["D05_PARTY_MEMBER@1"]
    assert codes(deed(Act.PARTY_MEMBERSHIP, "2023-10-31")) == ["D05_PARTY_MEMBER@2"]


def test_what_was_done_before_the_catalogue_has_no_kind_in_it() -> None:
    assert refusal(deed(Act.BANNER, "2020-09-01")) == "no-kind"


def test_a_village_head_answers_to_the_law_of_villages() -> None:
    head = deed(Act.PARTISAN_ACTIVITY, "2024-09-01", group=SubjectGroup.VILLAGE_HEAD)

    assert chosen(head) == "V02_PARTISAN_ACTIVITY"


def test_of_an_unknown_group_every_family_may_be_the_one() -> None:
    unknown = deed(Act.PARTISAN_ACTIVITY, "2024-09-01", group=None)

    families = {kind.family for kind in classify(unknown, CATALOGUE)}
    assert families == {Family.DISCIPLINE, Family.VILLAGE, Family.MILITARY, Family.POLICE}


@given(
    act=st.sampled_from(Act),
    group=st.none() | st.sampled_from(SubjectGroup),
    day=st.dates(date(2022, 9, 22), date(2030, 1, 1)),
)
def test_before_and_after_together_are_what_the_day_itself_leaves_open(
    act: Act, group: SubjectGroup | None, day: date
) -> None:
    found = {
        side: {
            (kind.code, kind.version)
            for kind in classify(
                Deed(act=act, group=group, acted_on=day, determination=side), CATALOGUE
            )
        }
        for side in Determination
    }

    assert found[Determination.SAME_DAY] == (
        found[Determination.BEFORE] | found[Determination.AFTER]
    )


def test_only_crimes_are_decided_as_crimes() -> None:
    for kind in CATALOGUE:
        is_crime = kind.family is Family.CRIMINAL
        assert (kind.category is Category.CRIMINAL) is is_crime


def test_ethics_lie_before_the_determination() -> None:
    ethics = [kind for kind in CATALOGUE if kind.family is Family.ETHICS]

    assert {kind.stage for kind in ethics} == {StageOfAct.BEFORE}
