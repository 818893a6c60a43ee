"""What is told of a case is made of codes alone: no person can get into it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.cases.rules.announcements import Facts, announce, in_both, notify
from app.cases.rules.decisions import CATEGORIES, Category
from app.cases.rules.requirements import REASONS, NotRegisteredReason
from app.cases.rules.states import KINDS, STATES, CaseKind, State
from app.core.texts import Text

DAY = date(2024, 11, 8)
NUMBER = "001/REG/LP/PB/Kab/16.09/IX/2024"
OFFICE = "Bawaslu Jeneponto"


FOUND = Facts(
    kind=CaseKind.REPORT,
    number=NUMBER,
    office=OFFICE,
    received_on=DAY,
    state=State.VIOLATION,
    categories=[Category.OTHER_LAW],
)


any_facts = st.builds(
    Facts,
    kind=st.sampled_from(CaseKind),
    number=st.none() | st.just(NUMBER),
    office=st.just(OFFICE),
    received_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    state=st.sampled_from(State),
    not_registered_reason=st.none() | st.sampled_from(NotRegisteredReason),
    categories=st.lists(st.sampled_from(Category), unique=True),
)


def test_it_names_number_office_status_and_result() -> None:
    told = announce(FOUND)

    assert told.id == (
        "Bawaslu Jeneponto mengumumkan status laporan nomor 001/REG/LP/PB/Kab/16.09/IX/2024:"
        " dinyatakan pelanggaran (pelanggaran peraturan perundang-undangan lainnya)."
    )
    assert told.en == (
        "Bawaslu Jeneponto announces the status of report number 001/REG/LP/PB/Kab/16.09/IX/2024:"
        " found to be a violation (violation of another law)."
    )


def test_what_was_never_registered_is_told_by_its_day_and_reason() -> None:
    told = announce(
        replace(
            FOUND,
            state=State.NOT_REGISTERED,
            number=None,
            categories=[],
            not_registered_reason=NotRegisteredReason.OUT_OF_TIME,
        )
    )

    assert told.id == (
        "Bawaslu Jeneponto mengumumkan status laporan yang diterima 8 November 2024:"
        " tidak diregistrasi (melewati batas waktu)."
    )


def test_a_notice_says_by_which_letter() -> None:
    told = notify(
        replace(FOUND, state=State.DISCONTINUED, categories=[]), "021/STATUS/XI/2024", DAY
    )

    assert told.id.startswith("Pemberitahuan status laporan nomor 021/STATUS/XI/2024 tanggal 8 No")
    assert told.en.endswith("Report number 001/REG/LP/PB/Kab/16.09/IX/2024: discontinued.")


def words(*texts: str) -> set[str]:
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold())}


OURS = words(
    "mengumumkan status nomor yang diterima tanggal dari pemberitahuan laporan",
    "announces the status of number received on notice from report",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "january february march may june july august october december",
    *(
        word
        for labels in (KINDS, STATES, CATEGORIES, REASONS)
        for text in labels.values()
        for word in text
    ),
)


@given(facts=any_facts, number=st.sampled_from([NUMBER, "021/STATUS/XI/2024"]))
def test_every_word_is_ours_or_the_number_or_the_office(facts: Facts, number: str) -> None:
    told = in_both(announce(facts)) + in_both(notify(facts, number, DAY))

    assert words(told) <= OURS | words(NUMBER, number, OFFICE)


@given(name=st.text(st.characters(categories=["L"]), min_size=4, max_size=12), facts=any_facts)
def test_so_no_name_of_a_person_is_in_it(name: str, facts: Facts) -> None:
    assume(not words(name) & (OURS | words(NUMBER, OFFICE)))

    assert not words(name) & words(in_both(announce(facts)))


@pytest.mark.parametrize("state", State)
def test_both_languages_are_there_for_each_state(state: State) -> None:
    told = announce(replace(FOUND, state=state))

    assert isinstance(told, Text)
    assert told.id != told.en
