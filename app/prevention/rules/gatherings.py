"""What joins an event with its declaration and its circulars: who of the invited should sign, and
what one ticket opens."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from app.core.errors import Conflict
from app.core.texts import Text
from app.declarations.rules.kinds import Group
from app.posts.rules.categories import PostCategory
from app.rakor.rules.events import ParticipantRole

MOST_EXPLAINED: Final = 20
"""Circulars that one event explains."""

GROUPS: Final[Mapping[PostCategory, Group]] = {
    PostCategory.REGIONAL_HEAD: Group.REGIONAL_OFFICIAL,
    PostCategory.REGIONAL_SECRETARY: Group.ASN_PNS,
    PostCategory.REGIONAL_AGENCY: Group.ASN_PNS,
    PostCategory.PERSONNEL_AGENCY: Group.ASN_PNS,
    PostCategory.SUBDISTRICT_HEAD: Group.ASN_PNS,
    PostCategory.URBAN_VILLAGE_HEAD: Group.ASN_PNS,
    PostCategory.VILLAGE_HEAD: Group.VILLAGE_HEAD,
    PostCategory.SUPERVISOR: Group.ELECTION_ORGANISER,
    PostCategory.SUBDISTRICT_SUPERVISOR: Group.ELECTION_ORGANISER,
    PostCategory.ELECTION_COMMISSION: Group.ELECTION_ORGANISER,
    PostCategory.MILITARY: Group.TNI,
    PostCategory.POLICE: Group.POLRI,
}
"""As whom the holder of a post signs; parties, press and citizens owe no neutrality."""


class NotJoined(Conflict):
    """Neither names the other: nobody is put on the roster of somebody else's declaration."""

    code = "declaration-not-joined"
    text = Text(
        "Deklarasi ini bukan bagian dari kegiatan ini; sebutkan kegiatannya pada deklarasi.",
        "This declaration is not made at this event; name the event in the declaration.",
    )


class TooManyExplained(Conflict):
    code = "too-many-circulars"
    text = Text(
        f"Satu kegiatan menjelaskan paling banyak {MOST_EXPLAINED} edaran.",
        f"One event explains at most {MOST_EXPLAINED} circulars.",
    )


class AlreadyExplained(Conflict):
    code = "circular-already-joined"
    text = Text(
        "Edaran ini sudah disebut pada kegiatan ini.", "The event names this circular already."
    )


class AlreadyCollects(Conflict):
    code = "device-collects-already"
    text = Text(
        "Perangkat ini sudah mengumpulkan tanda tangan deklarasi.",
        "This device collects signatures already.",
    )


class CollectsNothing(Conflict):
    """It was registered for the door alone."""

    code = "device-collects-nothing"
    text = Text(
        "Perangkat ini belum didaftarkan untuk mengumpulkan tanda tangan.",
        "This device was not registered to collect signatures.",
    )


class NotOnRoster(Conflict):
    """The ticket is ours, and its office is on no roster of the event; it signs as a guest."""

    code = "invitation-not-on-roster"
    text = Text(
        "Undangan ini belum ada dalam daftar penanda tangan deklarasi.",
        "This invitation is not on the roster of the declaration.",
    )


def group_of(
    invitation_id: UUID,
    category: PostCategory | None,
    role: ParticipantRole,
    named: Mapping[UUID, Group],
) -> Group | None:
    """As whom an invited post signs: as the organiser says, else by its category; None: not."""
    if invitation_id in named:
        return named[invitation_id]
    if category is None or role is ParticipantRole.MEDIA:
        return None
    return GROUPS.get(category)
