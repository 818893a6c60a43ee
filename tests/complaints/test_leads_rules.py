"""Which facts are looked up, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from app.complaints.rules.leads import ANYWHERE, NEAR_BY, Frequencies, leads, region_around
from app.complaints.rules.marks import Fact, MarkKind

MILLION = 1_000_000
NAME = Fact(MarkKind.NAME, "terlapor rekaan")
WORDS = [Fact(MarkKind.WORD, word) for word in ("apel", "kaus", "salam")]
KNOWN = Frequencies(MILLION, {WORDS[1]: 0.01, WORDS[2]: 0.4}, 0.001)


def test_the_rarest_lead_as_far_as_the_look_up_may_go() -> None:
    assert leads(WORDS, NEAR_BY, KNOWN, 999) == []
    assert leads(WORDS, NEAR_BY, KNOWN, 1_000) == WORDS[:1]
    assert leads(WORDS, NEAR_BY, KNOWN, 20_000) == WORDS[:2]
    assert leads(WORDS, NEAR_BY, KNOWN, MILLION) == WORDS


def test_a_common_name_leads_only_where_there_is_room_for_it() -> None:
    common = Frequencies(MILLION, {NAME: 0.01}, 0.001)
    number = Fact(MarkKind.EMPLOYEE_NUMBER, "198001012005011001")

    assert leads([NAME, number], ANYWHERE, common, 2_000) == [number]
    assert leads([NAME, number], ANYWHERE, KNOWN, 0) == [number, NAME]


def test_each_look_up_has_its_kinds() -> None:
    assert leads([NAME, *WORDS], ANYWHERE, KNOWN, MILLION) == [NAME]
    assert NAME not in leads([NAME, *WORDS], NEAR_BY, KNOWN, MILLION)
    assert set(MarkKind) == ANYWHERE | NEAR_BY
    assert not ANYWHERE & NEAR_BY


def test_in_a_young_collection_everything_leads() -> None:
    unknown = Frequencies(0, {}, 0.0)

    assert set(leads(WORDS, NEAR_BY, unknown, 1)) == set(WORDS)


def test_in_a_young_collection_a_word_is_rare_although_a_tenth_has_it() -> None:
    young, old = (Frequencies(rows, {WORDS[0]: 0.1}, 0.0) for rows in (50, MILLION))

    assert young.shares() == {WORDS[0]: 0.1 * 50 / 10_000}
    assert old.shares() == {WORDS[0]: 0.1}


def test_near_by_is_the_regency_or_what_is_known() -> None:
    codes = ("73.04.01.2005", "73.04", "73", "00")

    assert [region_around(code) for code in codes] == ["73.04", "73.04", "73", "00"]


facts = st.builds(Fact, st.sampled_from(MarkKind), st.sampled_from("abcdefgh"))


@given(st.sets(facts), st.dictionaries(facts, st.floats(0, 1)), st.integers(0, 5_000_000))
def test_a_look_up_never_goes_further_than_it_may(
    of: set[Fact], listed: dict[Fact, float], most: int
) -> None:
    known = Frequencies(MILLION, listed, 0.001)

    found = leads(of, set(MarkKind), known, most)

    assert sum(map(known.expected, found)) <= most
    assert max(map(known.expected, found), default=0.0) <= min(
        (known.expected(fact) for fact in of - set(found)), default=MILLION
    )
