"""Whatever becomes of an event, its entry keeps its UID and later ones are known to be later."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.core.places import Place
from app.rakor.models.events import Event, EventSession
from app.rakor.rules.events import EventKind, Mode, Stage, day_of
from app.rakor.rules.mails import MailKind, Partstat, method_of, sequence_of
from app.rakor.rules.plans import next_sequence
from app.rakor.schemas.plans import EventPlan
from app.rakor.service.calendars import Attendee, Invite, write_invitation
from app.rakor.service.plans import Seat, change, drafted, is_moved
from tests.rakor.calendars import Read, read_entry

UID = UUID("01932b5e-7c00-7000-8000-000000000004")
OFFICE = UUID("01932b5e-7c00-7000-8000-000000000001")
NOW = datetime(2024, 9, 20, 3, tzinfo=UTC)
ZONES = {"13.03": "Asia/Jakarta", "73.04": "Asia/Makassar", "94.71": "Asia/Jayapura"}

lines = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=80).filter(str.strip)
days = st.dates(date(2024, 9, 21), date(2030, 1, 1))
plans = st.builds(
    lambda title, venue, region, first, lasts, mode: EventPlan(
        kinds=[EventKind.RAKOR],
        mode=mode,
        title=title,
        purpose="Meneguhkan netralitas.",
        venue=venue,
        venue_region_code=region,
        starts_on=first,
        ends_on=first + timedelta(days=lasts),
        is_stage=True,
        target_groups=[],
    ),
    lines,
    lines,
    st.sampled_from(sorted(ZONES)),
    days,
    st.integers(0, 4),
    st.sampled_from([Mode.ON_SITE, Mode.BOTH]),
)


def announced(plan: EventPlan) -> Event:
    seat = Seat(OFFICE, "Bawaslu Rekaan", Place(1, "13.03"), ZONES[plan.venue_region_code])
    event = drafted(plan, seat, NOW)
    event.stage = Stage.PUBLISHED
    return event


def run_down(event: Event) -> list[EventSession]:
    """From nine on the first day until four in the afternoon of the last one, at the venue."""
    first = datetime(event.starts_on.year, event.starts_on.month, event.starts_on.day, tzinfo=UTC)
    length = timedelta(days=(event.ends_on - event.starts_on).days)
    starts = first + timedelta(hours=2)
    ends = first + length + timedelta(hours=7)
    return [
        EventSession(
            event_id=event.id,
            held_on=day_of(starts, event.time_zone),
            starts_at=starts,
            ends_at=ends,
            title="Acara",
            contributors=[],
        )
    ]


def sent(event: Event, kind: MailKind = MailKind.UPDATE) -> Read:
    attendee = Attendee("kantor@contoh.example", "Camat, Kecamatan", Partstat.ACCEPTED, False)
    sequence = sequence_of(kind, event.sequence)
    invite = Invite(UID, sequence, method_of(kind), "kabar@surat.example", attendee)
    return read_entry(write_invitation(event, run_down(event), invite, NOW).decode())


def revise(event: Event, plan: EventPlan) -> None:
    before = EventPlan.model_validate(event, from_attributes=True)
    change(event, plan, ZONES[plan.venue_region_code])
    is_news = is_moved(before, plan)
    event.sequence = next_sequence(event.sequence, event.stage, is_news=is_news)


def seen(entry: Read) -> tuple[object, ...]:
    return entry.start, entry.end, entry.summary, entry.location


@given(plans, st.lists(plans, max_size=4))
def test_every_change_keeps_the_uid_and_what_is_other_is_later(
    first: EventPlan, later: list[EventPlan]
) -> None:
    event = announced(first)
    entries = [sent(event)]
    for plan in later:
        revise(event, plan)
        entries.append(sent(event))

    assert {each.uid for each in entries} == {str(UID)}
    for before, after in pairwise(entries):
        assert after.sequence >= before.sequence
        assert seen(before) == seen(after) or after.sequence > before.sequence


@given(plans)
def test_what_was_planned_is_what_is_read(plan: EventPlan) -> None:
    event = announced(plan)

    entry = sent(event)

    [session] = run_down(event)
    assert (entry.start, entry.end) == (session.starts_at, session.ends_at)
    assert entry.summary == " ".join(plan.title.split())
    assert entry.location == " ".join((plan.venue or "").split())


@given(plans, st.sampled_from([MailKind.CANCELLATION, MailKind.WITHDRAWAL]))
def test_the_end_is_later_than_all_before(plan: EventPlan, kind: MailKind) -> None:
    event = announced(plan)
    before = sent(event)
    if kind is MailKind.CANCELLATION:
        event.sequence = next_sequence(event.sequence, event.stage, is_news=True)
        event.stage = Stage.CANCELLED

    end = sent(event, kind)

    assert (end.uid, end.status) == (before.uid, "CANCELLED")
    assert end.sequence > before.sequence
