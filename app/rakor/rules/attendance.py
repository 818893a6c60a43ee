"""Who was asked to an event, what was answered, and who was there."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.core.errors import Conflict, Fault, Invalid, RuleBroken
from app.core.texts import Text
from app.rakor.rules.events import day_of

MOST_INVITED: Final = 5_000


class Answer(StrEnum):
    COMING = "coming"
    SENDS_DEPUTY = "sends_deputy"
    DECLINED = "declined"


COMES: Final = frozenset({Answer.COMING, Answer.SENDS_DEPUTY})
"""Who takes a seat."""


class InvitationSeat(StrEnum):
    """Whether there is room for who accepted."""

    HELD = "held"
    WAITING = "waiting"


class AttendanceMode(StrEnum):
    """How an office was there: by its head on site or by network, or by a deputy."""

    ON_SITE = "on_site"
    ONLINE = "online"
    REPRESENTED = "represented"


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class AttendanceProof(StrEnum):
    """How a line of the attendance list was signed, the strongest first."""

    TICKET = "ticket"
    """The signed ticket of the invitation was scanned."""
    DOOR = "door"
    """A device at the door found it on the list."""
    OFFICER = "officer"
    """An officer of the organiser wrote it down."""


class Presence(StrEnum):
    PRESENT = "present"
    REPRESENTED = "represented"
    EXCUSED = "excused"
    ABSENT = "absent"


class TooManyInvited(Conflict):
    """The presence list of an event is read in one piece."""

    code = "too-many-invited"
    text = Text(
        f"Satu kegiatan memuat paling banyak {MOST_INVITED} undangan.",
        f"One event holds at most {MOST_INVITED} invitations.",
    )


class EventOver(Conflict):
    """Who stayed away without a word is absent, and is not excused afterwards."""

    code = "event-over"
    text = Text("Hari terakhir kegiatan sudah lewat.", "The last day of the event has passed.")


class InvitationAttended(Conflict):
    """Who was at the door has been there: the invitation stays."""

    code = "invitation-attended"
    text = Text(
        "Undangan ini sudah punya presensi dan tidak dapat ditarik.",
        "There are check-ins under this invitation; it cannot be withdrawn.",
    )


class InvitationWithdrawn(Conflict):
    """It was taken back by the organiser; its code opens it still, to say so."""

    code = "invitation-withdrawn"
    text = Text(
        "Undangan ini sudah ditarik penyelenggara.", "The organiser has withdrawn this invitation."
    )


def check_standing(withdrawn_at: datetime | None) -> None:
    if withdrawn_at is not None:
        raise InvitationWithdrawn


def keeps_name(
    before: tuple[Answer | None, str | None], now: tuple[Answer, str | None], name: str | None
) -> bool:
    """Whether the name of a deputy stays that was given before: who sends the same post again, and
    names nobody, adds something else, for the name is never shown again."""
    return name is None and before == now


def check_number(invited: int) -> None:
    if invited > MOST_INVITED:
        raise TooManyInvited


def check_letter(addressed: int) -> None:
    if addressed == 0:
        raise RuleBroken(
            "invites-nobody",
            Text("Sebutkan siapa yang diundang.", "Say who is invited."),
        )


def check_invited(*, is_registered: bool, address: Sequence[str | None]) -> None:
    """An office is invited by its id, or where it has none by its name and region."""
    if not _is_one_of(is_registered, address):
        raise RuleBroken(
            "office-or-name",
            Text(
                "Isi office_id, atau nama kantor dan wilayahnya.",
                "Give the office_id, or the name of the office and its region.",
            ),
        )


def check_attendee(*, is_invited: bool, walk_in: Sequence[str | None]) -> None:
    """Who checks in was invited, or says for which office and post he came."""
    if not _is_one_of(is_invited, walk_in):
        raise RuleBroken(
            "invited-or-walk-in",
            Text(
                "Isi undangan, atau kantor dan jabatan bagi yang datang tanpa undangan.",
                "Give the invitation, or office and post of who came without one.",
            ),
        )


def is_over(ends_on: date, zone: str, now: datetime) -> bool:
    """Whether the last day has passed at the venue."""
    return day_of(now, zone) > ends_on


def check_not_over(ends_on: date, zone: str, now: datetime) -> None:
    if is_over(ends_on, zone, now):
        raise EventOver


def check_answer(answer: Answer, deputy_post: str | None, reason: str | None) -> None:
    """A deputy comes under a post, and who declines says why."""
    wanted = {Answer.SENDS_DEPUTY: "/deputy_post", Answer.DECLINED: "/reason"}.get(answer)
    for pointer, text in (("/deputy_post", deputy_post), ("/reason", reason)):
        if (pointer == wanted) is (text is None):
            raise Invalid(
                Fault(
                    pointer,
                    "does-not-fit-answer",
                    Text(
                        "Jabatan wakil diisi bila mewakilkan, alasan bila tidak hadir.",
                        "A deputy's post goes with sending one, a reason with declining.",
                    ),
                )
            )


def check_deputy(answer: Answer, name: str | None, letter_number: str | None) -> None:
    """Only a deputy has a name and a letter of duty."""
    for pointer, text in (("/deputy_name", name), ("/duty_letter_number", letter_number)):
        if text is not None and answer is not Answer.SENDS_DEPUTY:
            raise Invalid(
                Fault(
                    pointer,
                    "does-not-fit-answer",
                    Text(
                        "Nama wakil dan surat tugas diisi hanya bila mewakilkan.",
                        "A deputy's name and letter of duty go with sending one only.",
                    ),
                )
            )


def seat_of(queue_number: int | None, last_seated: int | None) -> InvitationSeat | None:
    """By the number drawn at accepting; without a last one there is room for everybody."""
    if queue_number is None:
        return None
    waits = last_seated is not None and queue_number > last_seated
    return InvitationSeat.WAITING if waits else InvitationSeat.HELD


def presence_of(answer: Answer | None, modes: Collection[AttendanceMode]) -> Presence:
    """What was seen at the door counts more than what was announced."""
    if set(modes) - {AttendanceMode.REPRESENTED}:
        return Presence.PRESENT
    if modes:
        return Presence.REPRESENTED
    return Presence.EXCUSED if answer is Answer.DECLINED else Presence.ABSENT


def proof_of(*, by_ticket: bool, by_device: bool) -> AttendanceProof:
    """How one scan vouches for who it lets in."""
    if by_ticket:
        return AttendanceProof.TICKET
    return AttendanceProof.DOOR if by_device else AttendanceProof.OFFICER


def totals_of(presences: Iterable[Presence]) -> dict[Presence, int]:
    counted = Counter(presences)
    return {each: counted[each] for each in Presence}


def _is_one_of(is_known: bool, described: Sequence[str | None]) -> bool:
    """Either known and not described, or described in full."""
    return not any(described) if is_known else all(described)
