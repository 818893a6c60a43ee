"""The words of a roster for groups and roles: codes, and what offices call them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from app.core.objections import BadCell, Objection
from app.core.texts import Text
from app.declarations.rules.kinds import Group, SignatoryRole
from app.declarations.rules.labels import LABELS

E = TypeVar("E", bound=StrEnum)

WRONG_GROUP: Final = Objection(
    "unknown-group",
    Text(
        "Kelompok ini tidak dikenal; tulis seperti di templat, misalnya PNS atau Kepala desa.",
        "This group is unknown; write a code such as asn_pns or village_head.",
    ),
)
WRONG_ROLE: Final = Objection(
    "unknown-role",
    Text(
        "Tulis: penanda tangan, wakil penanda tangan, atau saksi.",
        "Write: signatory, representative or witness.",
    ),
)


def _words(kind: type[E], name: str, also: Mapping[str, E]) -> dict[str, E]:
    """The codes, and their labels in both languages."""
    labels = [(word, each) for each in kind for word in LABELS[name][each]]
    codes = [(each.value, each) for each in kind]
    return {_folded(word): each for word, each in [*codes, *labels, *also.items()]}


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").split())


_GROUPS: Final = _words(
    Group,
    "signer_group",
    {
        "p3k": Group.ASN_PPPK,
        "p3k paruh waktu": Group.ASN_PPPK_PART_TIME,
        # Not yet appointed, and bound as those who are (UU 20/2023); an urban head is one of them.
        "cpns": Group.ASN_PNS,
        "lurah": Group.ASN_PNS,
        "non asn": Group.NON_ASN,
        "honorer": Group.NON_ASN,
        "kepala desa": Group.VILLAGE_HEAD,
        "wali nagari": Group.VILLAGE_HEAD,
        "keuchik": Group.VILLAGE_HEAD,
        "bpd": Group.BPD,
        "bumn": Group.STATE_ENTERPRISE,
        "bumd": Group.STATE_ENTERPRISE,
    },
)
_ROLES: Final = _words(
    SignatoryRole,
    "signatory_role",
    {"penandatangan": SignatoryRole.SIGNATORY, "wakil": SignatoryRole.REPRESENTATIVE},
)


def _found(words: Mapping[str, E], otherwise: Objection, cell: str) -> E:
    word = words.get(_folded(cell))
    if word is None:
        raise BadCell(otherwise)
    return word


def read_group(cell: str) -> Group:
    return _found(_GROUPS, WRONG_GROUP, cell)


def read_role(cell: str) -> SignatoryRole:
    return _found(_ROLES, WRONG_ROLE, cell)
