"""The e-mail addresses of a whole group, given with the letter that invites it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Final, TypeAlias

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.rakor.schemas.addresses import GroupEmailIn
from app.rakor.service.guests import Group, Guest, Letter

_NO_OFFICE: Final = Text(
    "Tidak ada kantor kelompok ini di wilayah itu.",
    "The group has no such office in that region.",
)
_WHICH_OFFICE: Final = Text(
    "Kelompok ini punya beberapa kantor di wilayah itu; sebutkan namanya.",
    "The group has several offices in that region; name the one you mean.",
)
_INVITED: Final = Text(
    "Kantor ini sudah diundang; beri alamatnya dengan menerbitkan ulang undangannya.",
    "This office is invited already; give its address by reissuing that invitation.",
)
_TWICE: Final = Text("Kantor ini sudah punya alamat.", "This office has an address already.")

Near: TypeAlias = Mapping[str, Sequence[Guest]]


def with_addresses(letter: Letter) -> Letter:
    """The letter with the addresses of its groups; what is wrong with them is told all at once."""
    faults: list[Fault] = []
    groups = []
    for number, group in enumerate(letter.groups):
        emails: dict[Guest, str] = {}
        near, new = _near(group), set(group.new)
        for place, each in enumerate(group.asked.emails):
            found = _meant(each, near, new, emails)
            if isinstance(found, Guest):
                emails[found] = each.email
            else:
                faults.append(Fault(f"/groups/{number}/emails/{place}", *found))
        written = [replace(guest, email=emails.get(guest)) for guest in group.new]
        groups.append(replace(group, new=written))
    if faults:
        raise Invalid(*faults)
    return replace(letter, groups=groups)


def _near(group: Group) -> Near:
    """The offices of a group by the region in which they are."""
    near: dict[str, list[Guest]] = defaultdict(list)
    for guest in group.found:
        near[guest.region_code].append(guest)
    return near


def _meant(
    each: GroupEmailIn, near: Near, new: Set[Guest], emails: Mapping[Guest, str]
) -> Guest | tuple[str, Text]:
    """Whom an address belongs to, or why that cannot be told."""
    offices = near.get(each.region_code, ())
    meant = [guest for guest in offices if each.office_name in (None, guest.office_name)]
    if not meant:
        return "unknown", _NO_OFFICE
    if len(meant) > 1:
        return "which-office", _WHICH_OFFICE
    if meant[0] not in new:
        return "invited-already", _INVITED
    return ("twice", _TWICE) if meant[0] in emails else meant[0]
