"""The law of declarations, without a database."""

from datetime import UTC, date, datetime
from enum import StrEnum

import pytest

from app.declarations.files import read_texts
from app.declarations.rules import counting, persons, steps
from app.declarations.rules.counting import Counted
from app.declarations.rules.kinds import Group, Kind, Method, SignatoryRole, Status
from app.declarations.rules.labels import LABELS
from app.declarations.rules.steps import NEXT, Fixed, NotOpen, StepRefused

NOON = datetime(2024, 9, 30, 5, tzinfo=UTC)
PUBLISHED = "4634d153b2b9cc17d8743cb2294bf7fc806dc65f44782e7afa1aaeb88a749207"


def counted(code: str, group: Group, number: int, **changes: object) -> Counted:
    role = SignatoryRole(str(changes.get("role", SignatoryRole.SIGNATORY)))
    return Counted(code, f"Wilayah {code}", PUBLISHED, group, role, number)


def test_a_declaration_opens_and_closes() -> None:
    assert steps.step(Status.PLANNED, Status.OPEN) is Status.OPEN
    assert steps.step(Status.OPEN, Status.CLOSED) is Status.CLOSED


@pytest.mark.parametrize("now", Status)
@pytest.mark.parametrize("wanted", Status)
def test_every_other_step_is_refused(now: Status, wanted: Status) -> None:
    if wanted in NEXT[now]:
        return

    with pytest.raises(StepRefused):
        steps.step(now, wanted)


@pytest.mark.parametrize("over", [Status.CLOSED, Status.CANCELLED])
def test_nothing_comes_after_the_end(over: Status) -> None:
    assert not NEXT[over]


@pytest.mark.parametrize("now", [Status.OPEN, Status.CLOSED, Status.CANCELLED])
def test_what_people_sign_does_not_change(now: Status) -> None:
    steps.accept_change(Status.PLANNED)

    with pytest.raises(Fixed):
        steps.accept_change(now)


@pytest.mark.parametrize("now", [Status.PLANNED, Status.CLOSED, Status.CANCELLED])
def test_only_an_open_declaration_takes_signatures(now: Status) -> None:
    steps.accept_signature(Status.OPEN)

    with pytest.raises(NotOpen):
        steps.accept_signature(now)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("declaration_kind", Kind),
        ("declaration_status", Status),
        ("signer_group", Group),
        ("signatory_role", SignatoryRole),
        ("signature_method", Method),
    ],
)
def test_every_code_has_a_label_in_both_languages(name: str, kind: type[StrEnum]) -> None:
    labels = LABELS[name]

    assert set(labels) == set(kind)
    assert all(label.id and label.en for label in labels.values())


def test_a_person_is_known_by_the_number_whatever_the_name_looks_like() -> None:
    number = "198001012005011001"

    assert persons.person_of("Contoh", "Camat", "Kantor", number) == persons.person_of(
        "Contoh, S.Sos.", "Plt. Camat", "Kantor", number
    )


def test_names_positions_and_offices_do_not_run_into_each_other() -> None:
    assert persons.person_of("A", "B C", "D", None) != persons.person_of("A B", "C", "D", None)


def test_a_hash_does_not_depend_on_the_order_of_names() -> None:
    assert persons.content_hash({"a": 1, "b": ["é"]}) == persons.content_hash({"b": ["é"], "a": 1})


def test_a_text_is_in_force_from_its_first_to_its_last_day() -> None:
    first, last = date(2022, 9, 22), date(2024, 12, 31)

    assert steps.is_in_force(first, last, first)
    assert steps.is_in_force(first, last, last)
    assert steps.is_in_force(first, None, date.max)
    assert not steps.is_in_force(first, last, date(2022, 9, 21))
    assert not steps.is_in_force(first, last, date(2025, 1, 1))


def test_the_first_pledge_has_four_points_in_both_languages() -> None:
    pledge = next(text for text in read_texts() if text.version == 1)

    assert len(pledge.points) == 4
    assert all(point["id"] and point["en"] for point in pledge.points)
    assert pledge.legal_basis


def test_the_first_pledge_is_published_and_keeps_its_words() -> None:
    pledge = next(text for text in read_texts() if text.version == 1)

    assert pledge.content_hash == PUBLISHED


def test_a_tally_adds_up_by_group_and_region() -> None:
    tally = counting.tally(
        [
            counted("73.07", Group.TNI, 2),
            counted("13.03", Group.ASN_PNS, 5),
            counted("13.03", Group.ASN_PNS, 1, role="representative"),
            counted("13.03", Group.VILLAGE_HEAD, 3),
        ]
    )

    assert tally.signatures == 11
    assert tally.groups == {Group.ASN_PNS: 6, Group.TNI: 2, Group.VILLAGE_HEAD: 3}
    assert [(each.region_code, each.signatures) for each in tally.regions] == [
        ("13.03", 9),
        ("73.07", 2),
    ]
    assert tally.regions[0].groups == {Group.ASN_PNS: 6, Group.VILLAGE_HEAD: 3}


def test_witnesses_are_counted_apart() -> None:
    tally = counting.tally(
        [
            counted("13.03", Group.ASN_PNS, 5),
            counted("13.03", Group.ELECTION_ORGANISER, 2, role="witness"),
        ]
    )

    assert (tally.signatures, tally.witnesses) == (5, 2)
    assert Group.ELECTION_ORGANISER not in tally.groups


def test_a_tally_of_nothing_is_nothing() -> None:
    tally = counting.tally([])

    assert (tally.signatures, tally.witnesses, tally.texts, tally.regions) == (0, 0, {}, [])
