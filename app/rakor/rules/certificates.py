"""Attendance certificates: who gets one, and how it ends."""

from typing import Final

from app.certificates.rules.states import PaperState
from app.core.errors import Conflict, Fault, Invalid, RuleBroken
from app.core.texts import Text
from app.rakor.rules.attendance import Presence

ON_ONE_PAPER: Final = 500
"""Certificates in one PDF; 1,200 took 14 seconds to set, and 5,000 would be given up."""

DEPUTY: Final = "Wakil"
"""Stands for the post of a deputy whom no answer announced: he is not the post that was invited."""

CAME: Final = frozenset({Presence.PRESENT, Presence.REPRESENTED})


class NotThere(Conflict):
    """A certificate says that somebody was there."""

    code = "certificate-not-present"
    text = Text(
        "Menurut presensi, yang bersangkutan tidak hadir.",
        "By the attendance list they were not there.",
    )


class CertificateIssued(Conflict):
    """Nobody holds two that are valid; the one before is replaced or revoked first."""

    code = "certificate-issued"
    text = Text(
        "Sertifikat yang berlaku sudah ada; ganti atau cabut dulu.",
        "There is a valid certificate; replace or revoke it first.",
    )


class CertificateEnded(Conflict):
    """What was revoked or replaced stays so; another one can be issued."""

    code = "certificate-ended"
    text = Text(
        "Sertifikat ini sudah dicabut atau diganti.", "This certificate was revoked or replaced."
    )


NAME_MISSING: Final = Fault(
    "/name",
    "missing",
    Text("Sebutkan nama pemegangnya.", "Name whom it is made out to."),
)


def check_attendee(*, is_invited: bool, is_walk_in: bool) -> None:
    if is_invited is is_walk_in:
        raise RuleBroken(
            "invited-or-walk-in",
            Text(
                "Sebutkan undangan, atau presensi orang yang datang tanpa undangan.",
                "Name the invitation, or the check-in of who came without one.",
            ),
        )


def check_came(presence: Presence) -> None:
    if presence not in CAME:
        raise NotThere


def check_standing(state: PaperState) -> None:
    if state is not PaperState.VALID:
        raise CertificateEnded


def check_named(name: str | None) -> str:
    """A walk-in stands on no list of posts, so the paper needs a name."""
    if name is None:
        raise Invalid(NAME_MISSING)
    return name
