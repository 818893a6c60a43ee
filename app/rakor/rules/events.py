"""What holds for a coordination meeting (rakor) and every other event of prevention."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.errors import Conflict, Fault, Invalid
from app.core.places import NATION, lies_in
from app.core.texts import Text


class EventKind(StrEnum):
    """The forms of domain.md, section 5; one event can be several of them at once."""

    RAKORNAS = "rakornas"
    RAKOR = "rakor"
    OUTREACH = "outreach"
    DECLARATION = "declaration"
    TECHNICAL_TRAINING = "technical_training"
    ROLL_CALL = "roll_call"
    FOCUS_GROUP = "focus_group"
    CITIZENS_FORUM = "citizens_forum"
    AUDIENCE = "audience"
    PATROL = "patrol"
    OTHER = "other"


class Level(StrEnum):
    """How far the area of an event reaches; a city counts as a regency."""

    NATIONAL = "national"
    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"


class Mode(StrEnum):
    ON_SITE = "on_site"
    ONLINE = "online"
    BOTH = "both"


class Stage(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    HELD = "held"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class TargetGroup(StrEnum):
    """Whom an event addresses."""

    CIVIL_SERVANTS = "civil_servants"
    NON_ASN_STAFF = "non_asn_staff"
    MILITARY = "military"
    POLICE = "police"
    REGIONAL_HEADS = "regional_heads"
    REGIONAL_AGENCIES = "regional_agencies"
    SUBDISTRICT_HEADS = "subdistrict_heads"
    URBAN_VILLAGE_HEADS = "urban_village_heads"
    VILLAGE_HEADS = "village_heads"
    SUPERVISORS = "supervisors"
    POLITICAL_PARTIES = "political_parties"
    PRESS = "press"
    COMMUNITY = "community"


class ParticipantRole(StrEnum):
    ORGANISER = "organiser"
    OPENER = "opener"
    SPEAKER = "speaker"
    MODERATOR = "moderator"
    PARTICIPANT = "participant"
    GUEST = "guest"
    MINUTE_TAKER = "minute_taker"
    MEDIA = "media"


NEXT: Final[Mapping[Stage, frozenset[Stage]]] = {
    Stage.DRAFT: frozenset({Stage.PUBLISHED, Stage.CANCELLED}),
    Stage.PUBLISHED: frozenset({Stage.HELD, Stage.CANCELLED}),
    Stage.HELD: frozenset({Stage.REPORTED}),
    Stage.REPORTED: frozenset(),
    Stage.CANCELLED: frozenset(),
}

TO_COME: Final = frozenset({Stage.DRAFT, Stage.PUBLISHED})
"""The plan of an event can change while it lies ahead; what `plans.OF_FORM` names, later too."""

ANNOUNCED: Final = frozenset({Stage.PUBLISHED})
"""Offices are invited and answer once the event is public, until it was held."""

UNDER_WAY: Final = frozenset({Stage.PUBLISHED, Stage.HELD, Stage.REPORTED})
"""Devices without a network bring their check-ins long after the event."""

OVER: Final = frozenset({Stage.HELD, Stage.REPORTED})
"""Once it was held the attendance list is closed, and again when late check-ins have come."""


class MinutesWritten(Conflict):
    """Minutes that are there are revised, not written anew."""

    code = "event-minutes-written"
    text = Text("Notulensi sudah ada; perbarui yang ada.", "The minutes exist; revise them.")


class IllegalStep(Conflict):
    """An event takes its stages in order, and never back."""

    code = "event-step-refused"
    text = Text(
        "Kegiatan tidak dapat melangkah ke tahap itu dari tahap sekarang.",
        "The event cannot take this step from its present stage.",
    )


class WrongStage(Conflict):
    """The event is not, or no longer, at a stage where this can be done."""

    code = "event-wrong-stage"
    text = Text(
        "Hal ini tidak dapat dilakukan pada tahap kegiatan sekarang.",
        "This cannot be done at the present stage of the event.",
    )


class NotBegun(Conflict):
    """Nothing was held before its first day."""

    code = "event-not-begun"
    text = Text("Hari pertama kegiatan belum tiba.", "The first day of the event has not come.")


class MinutesMissing(Conflict):
    """An event is reported by its minutes."""

    code = "event-minutes-missing"
    text = Text("Notulensi kegiatan belum ditulis.", "The minutes have not been written.")


def step(now: Stage, wanted: Stage) -> Stage:
    """Return the new stage, or refuse the step."""
    if wanted not in NEXT[now]:
        raise IllegalStep
    return wanted


def check_stage(now: Stage, possible: Collection[Stage]) -> None:
    if now not in possible:
        raise WrongStage


def day_of(moment: datetime, zone: str) -> date:
    """The day at the venue: in Jayapura it begins at 15:00 UTC of the day before."""
    return moment.astimezone(ZoneInfo(zone)).date()


def check_begun(starts_on: date, zone: str, now: datetime) -> None:
    if day_of(now, zone) < starts_on:
        raise NotBegun


def level_of(region_code: str) -> Level:
    """The level of an event follows from the area that it is for."""
    if region_code == NATION:
        return Level.NATIONAL
    return (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)[region_code.count(".")]


def check_area(region_code: str, organiser_area: str) -> None:
    """An office organises for its own area or for a part of it."""
    if not lies_in(region_code, organiser_area):
        raise _invalid(
            "/region_code",
            "outside-area",
            Text("Di luar wilayah penyelenggara.", "Outside the area of the organiser."),
        )


def check_kinds(kinds: Collection[str], level: Level) -> None:
    if EventKind.RAKORNAS in kinds and level is not Level.NATIONAL:
        raise _invalid(
            "/kinds",
            "national-only",
            Text("Rakornas berlaku untuk seluruh negeri.", "A rakornas is for the whole country."),
        )


def check_venue(mode: Mode, venue: str | None) -> None:
    if mode is not Mode.ONLINE and venue is None:
        raise _invalid(
            "/venue",
            "venue-missing",
            Text("Kegiatan tatap muka perlu tempat.", "An event on site needs a venue."),
        )


def check_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise _invalid("/ends_on", "ends-before-start", _ENDS_TOO_EARLY)


def check_session(
    starts_at: datetime, ends_at: datetime, *, days: tuple[date, date], zone: str
) -> date:
    """Return the day of a session; it may pass midnight, not the days of its event.

    An end at exactly midnight belongs to the day that ends with it.
    """
    if ends_at <= starts_at:
        raise _invalid("/ends_at", "ends-before-start", _ENDS_TOO_EARLY)
    first, last = day_of(starts_at, zone), day_of(ends_at - datetime.resolution, zone)
    if first < days[0] or last > days[1]:
        raise _invalid(
            "/starts_at" if first < days[0] else "/ends_at",
            "outside-event",
            Text("Ada sesi di luar hari kegiatan.", "A session lies outside the event's days."),
        )
    return first


def may_organise(area: str | None, own_office: UUID | None, office: tuple[UUID, str]) -> bool:
    """Whether an officer acts for this office (id, region code): his own, or one of his area."""
    office_id, region_code = office
    return own_office == office_id or (area is not None and lies_in(region_code, area))


_ENDS_TOO_EARLY: Final = Text("Selesai sebelum mulai.", "It ends before it starts.")


def _invalid(pointer: str, code: str, message: Text) -> Invalid:
    return Invalid(Fault(pointer, code, message))
