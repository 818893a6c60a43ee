from datetime import date

import pytest

from app.cases.rules.decisions import Category, SubjectGroup
from app.cases.rules.violations import Severity
from app.core.errors import Invalid
from app.referrals.files.law import read_authorities, read_sanction_kinds
from app.referrals.rules.authorities import Flow, Instrument, chosen, competent
from app.referrals.rules.sanctions import Ladder, Wanted
from app.referrals.rules.sanctions import chosen as chosen_sanction

AUTHORITIES = read_authorities()
KINDS = read_sanction_kinds()
AUGUST, SEPTEMBER = date(2024, 8, 31), date(2024, 9, 1)
PNS, PPPK, VILLAGE = SubjectGroup.PNS, SubjectGroup.PPPK, SubjectGroup.VILLAGE_HEAD


def codes(category: Category, on: date, *groups: SubjectGroup) -> set[str]:
    return {each.code for each in competent(AUTHORITIES, category, on, groups)}


def test_kasn_was_competent_until_august_2024_and_bkn_is_after() -> None:
    assert codes(Category.OTHER_LAW, AUGUST, PNS) == {"kasn", "staffing-authority"}
    assert codes(Category.OTHER_LAW, SEPTEMBER, PNS) == {"bkn", "staffing-authority"}


@pytest.mark.parametrize(
    ("category", "group", "expected"),
    [
        (Category.ADMINISTRATIVE, None, {"kpu"}),
        (Category.ADMINISTRATIVE_TSM, None, {"bawaslu-province"}),
        (Category.CRIMINAL, PNS, {"gakkumdu"}),
        (
            Category.ORGANISER_ETHICS,
            SubjectGroup.ELECTION_ORGANISER,
            {"dkpp", "kpu-ad-hoc", "bawaslu-ad-hoc"},
        ),
        (Category.OTHER_LAW, VILLAGE, {"regent", "village-agency", "inspectorate"}),
        (Category.OTHER_LAW, SubjectGroup.TNI, {"commander", "military-police"}),
        (Category.OTHER_LAW, SubjectGroup.POLRI, {"propam"}),
        (Category.OTHER_LAW, SubjectGroup.NON_ASN, {"head-of-unit"}),
    ],
)
def test_each_category_and_group_has_its_authority(
    category: Category, group: SubjectGroup | None, expected: set[str]
) -> None:
    assert codes(category, SEPTEMBER, *([group] if group else [])) == expected


@pytest.mark.parametrize("group", SubjectGroup)
def test_for_every_group_somebody_is_competent(group: SubjectGroup) -> None:
    organiser = group is SubjectGroup.ELECTION_ORGANISER
    category = Category.ORGANISER_ETHICS if organiser else Category.OTHER_LAW

    assert codes(category, SEPTEMBER, group)


def test_the_recommendation_to_kpu_became_a_decision_on_30_july_2025() -> None:
    before, after = (
        chosen(AUTHORITIES, "kpu", Category.ADMINISTRATIVE, day, ())
        for day in (date(2025, 7, 29), date(2025, 7, 30))
    )

    assert before.instrument is Instrument.RECOMMENDATION
    assert after.instrument is Instrument.DECISION


def test_a_refusal_says_who_is_competent() -> None:
    with pytest.raises(Invalid) as refused:
        chosen(AUTHORITIES, "kasn", Category.OTHER_LAW, SEPTEMBER, [PNS])

    assert "bkn" in refused.value.faults[0].message.en
    assert refused.value.faults[0].code == "not-competent"


def test_nobody_is_competent_for_a_civil_servant_and_a_village_head_together() -> None:
    with pytest.raises(Invalid) as refused:
        chosen(AUTHORITIES, "bkn", Category.OTHER_LAW, SEPTEMBER, [PNS, VILLAGE])

    assert "group by group" in refused.value.faults[0].message.en


def test_of_one_authority_one_version_is_in_force_on_a_day() -> None:
    for day in (AUGUST, SEPTEMBER, date(2025, 7, 29), date(2025, 7, 30)):
        present = [each.code for each in AUTHORITIES if each.is_in_force(day)]
        assert len(present) == len(set(present))


def test_only_who_oversees_civil_servants_relays() -> None:
    assert {each.code for each in AUTHORITIES if each.flow is Flow.ASN_OVERSIGHT} == {"kasn", "bkn"}
    assert {each.code for each in AUTHORITIES if each.flow is Flow.ENFORCEMENT} == {"gakkumdu"}


def test_the_ladder_of_2021_is_whole() -> None:
    ladder = [each for each in KINDS if each.ladder is Ladder.PNS_DISCIPLINE]

    assert [each.severity for each in ladder].count(Severity.LIGHT) == 3
    assert [each.least_months for each in ladder if each.severity is Severity.MODERATE] == [
        6,
        9,
        12,
    ]
    assert [each.severity for each in ladder].count(Severity.SEVERE) == 3


def test_a_dishonourable_dismissal_follows_the_law_of_its_day() -> None:
    wanted = Wanted("dishonourable-dismissal", None, PNS)

    before = chosen_sanction(KINDS, wanted, date(2023, 10, 30), "")
    after = chosen_sanction(KINDS, wanted, date(2023, 10, 31), "")

    assert (before.version, after.version) == (1, 2)


@pytest.mark.parametrize(
    ("wanted", "on", "code"),
    [
        (Wanted("demotion", 6, PNS), SEPTEMBER, "wrong-duration"),
        (Wanted("demotion", None, PNS), SEPTEMBER, "wrong-duration"),
        (Wanted("moral-open", 6, PNS), SEPTEMBER, "wrong-duration"),
        (Wanted("demotion", 12, PPPK), SEPTEMBER, "wrong-group"),
        (Wanted("demotion", 12, PNS), date(2021, 8, 30), "unknown-sanction"),
        (Wanted("rekaan", None, PNS), SEPTEMBER, "unknown-sanction"),
    ],
)
def test_a_sanction_that_the_law_does_not_have_is_refused(
    wanted: Wanted, on: date, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        chosen_sanction(KINDS, wanted, on, "/rulings/0")

    assert refused.value.faults[0].code == code


def test_where_the_group_is_not_known_the_kind_alone_decides() -> None:
    assert chosen_sanction(KINDS, Wanted("demotion", 12, None), SEPTEMBER, "").code == "demotion"
