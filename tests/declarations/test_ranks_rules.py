"""Signatories stand by rank: who leads, then by position, then by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.rules.ranks import order_of, rank_of

BY_RANK = [
    "Sekretaris Daerah Kabupaten Rekaan",
    "Gubernur Rekaan",
    "Wakil Gubernur Rekaan",
    "Bupati Rekaan",
    "Wakil Bupati Rekaan",
    "Asisten Pemerintahan",
    "Kepala Dinas Pendidikan",
    "Camat Rekaan Utara",
    "Kepala Bidang Mutasi",
    "Wali Nagari Rekaan",
    "Guru",
]


@given(st.permutations(BY_RANK))
def test_people_stand_by_rank(shuffled: list[str]) -> None:
    led_by = BY_RANK[0]

    assert sorted(shuffled, key=lambda each: rank_of(each, led_by)) == BY_RANK


@pytest.mark.parametrize(
    ("held", "rank"),
    [
        ("Plt. Bupati Rekaan", "Bupati"),
        ("Pj.Gubernur Rekaan", "Gubernur"),
        ("Penjabat Sementara Wali Kota", "Wali Kota"),
        ("Plt. Wakil Bupati Rekaan", "Wakil Bupati"),
        ("Sekretaris Camat Rekaan", "Sekcam"),
    ],
)
def test_a_rank_that_is_held_for_a_while_is_that_rank(held: str, rank: str) -> None:
    assert rank_of(held, "") == rank_of(rank, "")


def test_within_a_rank_people_stand_by_position_and_name() -> None:
    people = [("Camat B", "Ani"), ("Camat A", "Budi"), ("camat a", "ani")]

    ordered = sorted(people, key=lambda each: order_of(each[0], each[1], "Bupati"))

    assert ordered == [("camat a", "ani"), ("Camat A", "Budi"), ("Camat B", "Ani")]


@pytest.mark.parametrize(
    "position",
    ["", "Staf", "Pramubakti", "Ketuanya saja", "Ajudan Bupati", "Sopir Wakil Gubernur"],
)
def test_whoever_has_no_rank_comes_last(position: str) -> None:
    assert rank_of(position, "") > rank_of("Kepala Desa Rekaan", "")
