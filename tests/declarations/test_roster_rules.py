"""The words of a roster, as offices write them."""

import pytest

from app.declarations.rules.kinds import Group
from app.declarations.rules.roster_rows import read_roster
from app.declarations.rules.roster_words import read_group

ROW = ["Penanda Rekaan", "Camat", "Kecamatan Rekaan", "PNS", "13.03"]


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("P3K", Group.ASN_PPPK),
        ("P3K Paruh-Waktu", Group.ASN_PPPK_PART_TIME),
        ("CPNS", Group.ASN_PNS),
        ("Lurah", Group.ASN_PNS),
        ("Kepala Desa", Group.VILLAGE_HEAD),
    ],
)
def test_a_group_is_read_as_offices_call_it(word: str, group: Group) -> None:
    assert read_group(word) is group


def test_the_pay_rank_of_a_civil_servant_is_no_group() -> None:
    """In a table of an office `golongan` is III/c."""
    faults = []
    for head in ("kelompok", "golongan"):
        header = ["nama", "jabatan", "instansi", head, "kode_wilayah"]
        roster = list(read_roster(iter([(1, header), (2, ROW)])))[-1]
        faults.append([each.objection.code for each in roster.faults])

    assert faults == [[], ["unknown-column"]]
