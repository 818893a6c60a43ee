import pytest

from app.complaints.files.marks import STOP_WORDS
from app.complaints.rules.marks import (
    Described,
    Fact,
    MarkKind,
    Said,
    area_mark,
    facts_in,
    office_of,
    phone_of,
    words_in,
)
from app.complaints.rules.names import plain_name
from app.complaints.rules.social import address_of, addresses_in


def said(account: str, *persons: Described) -> Said:
    return Said(place="Halaman kantor rekaan", texts=(account,), persons=persons)


def values(kind: MarkKind, what: Said) -> set[str]:
    return {fact.value for fact in facts_in(what, STOP_WORDS) if fact.kind is kind}


@pytest.mark.parametrize(
    "written",
    [
        "Budi Contoh",
        "BUDI  contoh",
        "Drs. H. Budi Contoh, S.Sos., M.Si.",
        "Dr. Budi Contoh SH MH",
        "Prof. Dr. Ir. Budi Contoh, M.Sc., Ph.D",
    ],
)
def test_a_name_is_the_same_with_and_without_titles(written: str) -> None:
    assert plain_name(written) == "budi contoh"


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Rekaan", "rekaan"), ("Ma'ruf", "maruf"), ("Ma\u2019ruf", "maruf"), ("H. Haji", "haji")],
)
def test_one_word_is_a_whole_name(written: str, plain: str) -> None:
    assert plain_name(written) == plain


def test_a_name_of_nothing_but_titles_stays_what_it_is() -> None:
    assert plain_name("Haji") == "haji"
    assert plain_name("Dr. H.") == "dr h"


@pytest.mark.parametrize(
    "written", ["0812-3456-7890", "+62 812 3456 7890", "62812 34567890", "81234567890"]
)
def test_a_phone_number_is_the_same_at_home_and_from_abroad(written: str) -> None:
    assert phone_of(written) == "6281234567890"


def test_an_office_is_the_same_in_short() -> None:
    assert office_of("Kec. Rekaan, Kab. Contoh") == office_of("kecamatan rekaan kabupaten  contoh")


def test_words_are_stems_without_those_that_stand_everywhere() -> None:
    words = words_in("Yang membagikan sembako kepada pegawai di RT 02 pada Jum'at", STOP_WORDS)

    assert words == {"bagi", "sembako", "gawa", "rt", "02", "jumat"}


def test_a_word_is_found_in_any_form() -> None:
    assert words_in("dibagikan", STOP_WORDS) == words_in("PEMBAGIAN", STOP_WORDS)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.facebook.com/contoh.rekaan/?ref=page", "facebook.com/contoh.rekaan"),
        (
            "https://m.facebook.com/story.php?story_fbid=123&id=45&mibextid=x",
            "facebook.com/story.php?story_fbid=123&id=45",
        ),
        ("fb.com/profile.php?id=100&sk=about", "facebook.com/profile.php?id=100"),
        ("http://instagram.com/p/CxYz12/?igsh=abc==", "instagram.com/p/cxyz12"),
        ("https://www.tiktok.com/@Contoh/video/73?_t=8", "tiktok.com/@contoh/video/73"),
        ("https://vm.tiktok.com/ZS12/", "vm.tiktok.com/zs12"),
        ("https://twitter.com/contoh/status/12?s=20", "x.com/contoh/status/12"),
        ("mobile.twitter.com/contoh/status/12", "x.com/contoh/status/12"),
        ("https://youtu.be/AbC_1-x?si=zz", "youtube.com/watch?v=abc_1-x"),
        ("https://m.youtube.com/watch?t=3s&v=AbC_1-x", "youtube.com/watch?v=abc_1-x"),
        ("youtube.com/shorts/AbC_1-x?feature=share", "youtube.com/watch?v=abc_1-x"),
        ("https://api.whatsapp.com/send?phone=6281200000000&text=a", "wa.me/6281200000000"),
        ("chat.whatsapp.com/AbCd", "chat.whatsapp.com/abcd"),
        (" @Contoh_Rekaan ", "@contoh_rekaan"),
    ],
)
def test_an_address_has_one_way_of_writing(written: str, address: str) -> None:
    assert address_of(written) == address


@pytest.mark.parametrize(
    "written", ["", "contoh", "petugas@contoh.example", "https://contoh.example/a", "notx.com/a"]
)
def test_what_is_no_address_of_social_media_is_none(written: str) -> None:
    assert address_of(written) is None
    assert addresses_in(written) == set()


def test_a_profile_meets_its_handle() -> None:
    text = "Lihat (https://www.tiktok.com/@Contoh.Rekaan), atau @contoh_lain!"

    assert addresses_in(text) == {"tiktok.com/@contoh.rekaan", "@contoh.rekaan", "@contoh_lain"}


def test_numbers_in_an_account_are_found_as_numbers_of_a_person_are() -> None:
    account = said("Hubungi 0812-3456-7890; NIK 7304 0112 3456 7890; NIP 19800101 200501 1 001.")
    person = said(
        "",
        Described(
            name="Contoh",
            phone="+62 812 3456 7890",
            population_number="7304011234567890",
            employee_number="198001012005011001",
        ),
    )

    for kind in (MarkKind.PHONE, MarkKind.POPULATION_NUMBER, MarkKind.EMPLOYEE_NUMBER):
        assert values(kind, account) == values(kind, person) != set()


@pytest.mark.parametrize("amount", ["Rp 1.500.000.000.000", "04-11-2024", "1.000.000"])
def test_an_amount_or_a_day_is_nobodys_number(amount: str) -> None:
    kinds = {fact.kind for fact in facts_in(said(amount), STOP_WORDS)}

    assert kinds == {MarkKind.WORD, MarkKind.PLACE}


def test_a_person_is_found_by_name_office_and_the_words_of_both() -> None:
    facts = facts_in(
        said("", Described(name="Drs. Budi Contoh", position="Camat", office="Kec. Rekaan")),
        STOP_WORDS,
    )

    assert Fact(MarkKind.NAME, "budi contoh") in facts
    assert Fact(MarkKind.OFFICE, "kecamatan rekaan") in facts
    words = words_in("Budi Camat Rekaan", STOP_WORDS)
    assert {Fact(MarkKind.WORD, word) for word in words} <= facts
    assert all(fact.value for fact in facts)


def test_an_area_is_a_small_number() -> None:
    assert [area_mark(code) for code in ("00", "73", "73.04.01.2001")] == [0, 73, 7304012001]
