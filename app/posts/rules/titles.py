"""How posts and their offices are called, in each place as people call them there."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from app.core.places import NATION
from app.posts.rules.categories import PostCategory
from app.regions.rules import Level, ancestors, comparable, level_of


class Title(NamedTuple):
    """How an office of a region is called, `{}` being the region, and who heads it."""

    office: str
    post: str


Titles: TypeAlias = Mapping[PostCategory, Mapping[Level, Title]]

_HEADS: Final = Title("Pemerintah {}", "Bupati")
_SECRETARIAT: Final = Title("Sekretariat Daerah {}", "Sekretaris Daerah")
_AGENCY: Final = Title("BKPSDM {}", "Kepala BKPSDM")
_BAWASLU: Final = Title("Bawaslu {}", "Ketua")
_KPU: Final = Title("KPU {}", "Ketua")
_DESA: Final = Title("Desa {}", "Kepala Desa")

TITLES: Final[Titles] = {
    PostCategory.REGIONAL_HEAD: {
        Level.PROVINCE: Title("Pemerintah Provinsi {}", "Gubernur"),
        Level.REGENCY: _HEADS,
        Level.CITY: _HEADS._replace(post="Wali Kota"),
    },
    PostCategory.REGIONAL_SECRETARY: {
        Level.PROVINCE: _SECRETARIAT._replace(office="Sekretariat Daerah Provinsi {}"),
        Level.REGENCY: _SECRETARIAT,
        Level.CITY: _SECRETARIAT,
    },
    PostCategory.PERSONNEL_AGENCY: {
        Level.PROVINCE: Title("BKD Provinsi {}", "Kepala BKD"),
        Level.REGENCY: _AGENCY,
        Level.CITY: _AGENCY,
    },
    PostCategory.SUBDISTRICT_HEAD: {Level.DISTRICT: Title("Kecamatan {}", "Camat")},
    PostCategory.URBAN_VILLAGE_HEAD: {Level.VILLAGE: Title("Kelurahan {}", "Lurah")},
    PostCategory.VILLAGE_HEAD: {Level.VILLAGE: _DESA},
    PostCategory.SUPERVISOR: {
        Level.NATION: _BAWASLU._replace(office="Bawaslu Republik {}"),
        Level.PROVINCE: _BAWASLU._replace(office="Bawaslu Provinsi {}"),
        Level.REGENCY: _BAWASLU,
        Level.CITY: _BAWASLU,
    },
    PostCategory.SUBDISTRICT_SUPERVISOR: {
        Level.DISTRICT: Title("Panwaslu Kecamatan {}", "Ketua"),
    },
    PostCategory.ELECTION_COMMISSION: {
        Level.NATION: _KPU._replace(office="KPU Republik {}"),
        Level.PROVINCE: _KPU._replace(office="KPU Provinsi {}"),
        Level.REGENCY: _KPU,
        Level.CITY: _KPU,
    },
}
"""The posts that every region of a level has once, so that none needs a name; of all other
categories no list of offices exists."""

_KIP: Final = Title("KIP {}", "Ketua")
_PANWASLIH: Final = Title("Panwaslih {}", "Ketua")
_NAGARI: Final = Title("Nagari {}", "Wali Nagari")

# UU 11/2006 (Panwaslih, KIP, gampong and keuchik), UU 21/2001 (distrik and kampung), domain.md, 0.8
# and 1. Of West Sumatra the register does not say what is a nagari: the regencies have them but for
# the Mentawai Islands, the cities have none, and where they have desa, these are desa.
_ACEH: Final[Titles] = {
    PostCategory.VILLAGE_HEAD: {Level.VILLAGE: Title("Gampong {}", "Keuchik")},
    PostCategory.SUPERVISOR: {
        Level.PROVINCE: _PANWASLIH._replace(office="Panwaslih Provinsi {}"),
        Level.REGENCY: _PANWASLIH,
        Level.CITY: _PANWASLIH,
    },
    PostCategory.SUBDISTRICT_SUPERVISOR: {
        Level.DISTRICT: Title("Panwaslih Kecamatan {}", "Ketua"),
    },
    PostCategory.ELECTION_COMMISSION: dict.fromkeys(
        (Level.PROVINCE, Level.REGENCY, Level.CITY), _KIP
    ),
}
_PAPUA: Final[Titles] = {
    PostCategory.SUBDISTRICT_HEAD: {Level.DISTRICT: Title("Distrik {}", "Kepala Distrik")},
    PostCategory.VILLAGE_HEAD: {Level.VILLAGE: Title("Kampung {}", "Kepala Kampung")},
    PostCategory.SUBDISTRICT_SUPERVISOR: {
        Level.DISTRICT: Title("Panwaslu Distrik {}", "Ketua"),
    },
}
_WITH_NAGARI: Final[Titles] = {PostCategory.VILLAGE_HEAD: {Level.VILLAGE: _NAGARI}}
_WITHOUT_NAGARI: Final[Titles] = {PostCategory.VILLAGE_HEAD: {Level.VILLAGE: _DESA}}

LOCAL: Final[Mapping[str, Titles]] = {
    "11": _ACEH,
    "13": _WITH_NAGARI,
    "13.09": _WITHOUT_NAGARI,
    "13.73": _WITHOUT_NAGARI,
    "13.77": _WITHOUT_NAGARI,
    **dict.fromkeys(("91", "92", "93", "94", "95", "96"), _PAPUA),
}
"""What is called otherwise in a region and all within it; the nearest region decides."""

_USUAL: Final = {PostCategory.REGIONAL_AGENCY: "Kepala Perangkat Daerah"}
_HEAD: Final = "Pimpinan"
_KAB: Final = re.compile(r"\bkab\b", re.IGNORECASE)
_BARE: Final = re.compile(r"^(Kabupaten|Kota) (Administrasi )?")


def title_of(category: PostCategory, region_code: str) -> Title | None:
    """How the post of this category is called in this region; None where it has none of its own."""
    level = level_of(region_code)
    around = [region_code, *reversed(ancestors(region_code))]
    for titles in (*(LOCAL.get(code, {}) for code in around), TITLES):
        title = titles.get(category, {}).get(level)
        if title is not None:
            return title
    return None


def post_of(category: PostCategory, region_code: str) -> str:
    """How whoever heads such an office is called where nobody says it."""
    title = title_of(category, region_code)
    return title.post if title else _USUAL.get(category, _HEAD)


def post_within(category: PostCategory, region_code: str) -> str | None:
    """The one name that the post has in all of a region; None where it has several."""
    around = [region_code, *reversed(ancestors(region_code))]
    nearest = next((LOCAL[code] for code in around if category in LOCAL.get(code, {})), TITLES)
    inside = "" if region_code == NATION else f"{region_code}."
    within = [titles for code, titles in LOCAL.items() if code.startswith(inside)]
    called = [titles.get(category, {}) for titles in (nearest, *within)]
    found = {title.post for titles in called for title in titles.values()}
    return found.pop() if len(found) == 1 else None


def named_after(region_code: str, region_name: str, office_name: str) -> PostCategory | None:
    """The category whose office in this region is called so; "BKPSDM Sinjai" will do for that of
    Kabupaten Sinjai."""
    said, names = (
        comparable(_KAB.sub("kabupaten", office_name)),
        {region_name, _BARE.sub("", region_name)},
    )
    for category in TITLES:
        title = title_of(category, region_code)
        if title and said in {comparable(title.office.format(each)) for each in names}:
            return category
    return None
