"""The kinds of posts that letters go to, at meetings as in circulars (domain.md, 5 and 9)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.core.places import NATION
from app.core.texts import Text
from app.offices.rules import OfficeKind, office_code
from app.regions.rules import Level


class PostCategory(StrEnum):
    """What kind of post is invited or addressed."""

    REGIONAL_HEAD = "regional_head"
    REGIONAL_SECRETARY = "regional_secretary"
    REGIONAL_AGENCY = "regional_agency"
    PERSONNEL_AGENCY = "personnel_agency"
    SUBDISTRICT_HEAD = "subdistrict_head"
    URBAN_VILLAGE_HEAD = "urban_village_head"
    VILLAGE_HEAD = "village_head"
    SUPERVISOR = "supervisor"
    SUBDISTRICT_SUPERVISOR = "subdistrict_supervisor"
    ELECTION_COMMISSION = "election_commission"
    MILITARY = "military"
    POLICE = "police"
    POLITICAL_PARTY = "political_party"
    PRESS = "press"
    COMMUNITY = "community"
    OTHER = "other"


REGISTERED: Final[Mapping[PostCategory, OfficeKind]] = {
    PostCategory.SUPERVISOR: OfficeKind.BAWASLU,
    PostCategory.SUBDISTRICT_SUPERVISOR: OfficeKind.BAWASLU,
    PostCategory.ELECTION_COMMISSION: OfficeKind.KPU,
    PostCategory.PERSONNEL_AGENCY: OfficeKind.PERSONNEL_AGENCY,
}
"""Of which a region can have a registered office: that one sees the matter with its account."""

LABELS: Final[Mapping[str, Mapping[StrEnum, Text]]] = {
    "post_category": {
        PostCategory.REGIONAL_HEAD: Text("Kepala daerah", "Regional head"),
        PostCategory.REGIONAL_SECRETARY: Text("Sekretaris daerah", "Regional secretary"),
        PostCategory.REGIONAL_AGENCY: Text("Perangkat daerah (OPD)", "Regional agency"),
        PostCategory.PERSONNEL_AGENCY: Text("BKD/BKPSDM", "Personnel agency"),
        PostCategory.SUBDISTRICT_HEAD: Text("Camat, kepala distrik", "Subdistrict head"),
        PostCategory.URBAN_VILLAGE_HEAD: Text("Lurah", "Urban village head"),
        PostCategory.VILLAGE_HEAD: Text(
            "Kepala desa, wali nagari, keuchik", "Village or nagari head"
        ),
        PostCategory.SUPERVISOR: Text("Bawaslu", "Election supervisor"),
        PostCategory.SUBDISTRICT_SUPERVISOR: Text("Panwaslu kecamatan", "Subdistrict supervisor"),
        PostCategory.ELECTION_COMMISSION: Text("KPU", "Election commission"),
        PostCategory.MILITARY: Text("TNI", "Military"),
        PostCategory.POLICE: Text("Polri", "Police"),
        PostCategory.POLITICAL_PARTY: Text("Partai politik", "Political party"),
        PostCategory.PRESS: Text("Pers", "Press"),
        PostCategory.COMMUNITY: Text("Masyarakat", "Community"),
        PostCategory.OTHER: Text("Lainnya", "Other"),
    }
}


def codes_of(kind: OfficeKind, region_code: str) -> frozenset[str]:
    """The codes of the one office of this kind that a region has; national agencies are shipped
    under the bare name of their kind, and a code with a suffix is that of another office."""
    codes = {office_code(kind, region_code), *((kind.value,) if region_code == NATION else ())}
    return frozenset(codes)


def category_of(kind: OfficeKind, code: str, region_code: str, level: Level) -> PostCategory | None:
    """The category under which everybody knows a registered office; None of all others."""
    if code not in codes_of(kind, region_code):
        return None
    if kind is OfficeKind.BAWASLU and level is Level.DISTRICT:
        return PostCategory.SUBDISTRICT_SUPERVISOR
    return next((each for each, its in REGISTERED.items() if its is kind), None)
