"""What happened in each matter, from the act to the follow-up, before any of it becomes a row."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from app.cases.rules.decisions import STATE_OF, Category, PositionGroup, Result, SubjectGroup
from app.cases.rules.requirements import NotRegisteredReason
from app.cases.rules.states import FIRST, CaseKind, State
from app.cases.rules.violations import Act
from app.cli.plausible import shares
from app.cli.plausible.chance import Chance, Deck
from app.cli.plausible.ground import Home
from app.cli.plausible.shares import Course
from app.complaints.rules.procedure import Channel
from app.referrals.rules.states import FINAL, FollowUpStatus, ReferralState, outcome_of

DAY: Final = timedelta(days=1)
# In all three zones of Indonesia an office is open then.
OPENS: Final = timedelta(hours=1)
OPEN_SECONDS: Final = 6 * 3_600
ASN: Final = frozenset({SubjectGroup.PNS, SubjectGroup.PPPK})
_WITHOUT_EXTENSION: Final = 3
_FINDING_DAYS: Final = {0: 50, 1: 42, 2: 8}


class Suspect(NamedTuple):
    """A reported person; `follow_up` and its day once the matter was forwarded."""

    id: UUID
    group: SubjectGroup
    position: tuple[PositionGroup, str]
    act: Act
    follow_up: FollowUpStatus | None
    followed_at: datetime | None


@dataclass(slots=True)
class Story:
    """One matter; what has not happened is None."""

    home: Home
    place: str
    course: Course
    case_id: UUID
    complaint_id: UUID
    kind: CaseKind
    channel: Channel
    occurred_on: date
    known_on: date
    received: datetime
    state: State
    suspects: list[Suspect] = field(default_factory=list)
    reviewed: datetime | None = None
    reason: NotRegisteredReason | None = None
    registered: datetime | None = None
    decided: datetime | None = None
    extended: bool = False
    result: Result | None = None
    categories: tuple[Category, ...] = ()
    forwarded: datetime | None = None
    concluded: datetime | None = None
    referral: ReferralState | None = None
    closed: datetime | None = None


class Decks:
    """The cards from which the matters of one election are dealt."""

    def __init__(self, course: Course, homes: Mapping[Home, int], chance: Chance) -> None:
        self.homes = Deck(homes, chance)
        self.entries = Deck(course.entries, chance)
        self.reviews = {kind: Deck(each, chance) for kind, each in course.reviews.items()}
        self.results = Deck(course.results, chance)
        self.numbers = Deck(dict(enumerate(course.persons, start=1)), chance)
        self.follow_ups = Deck(course.follow_ups, chance)
        self.acts = Deck(shares.ACTS, chance)
        self.positions = Deck(shares.POSITIONS, chance)
        self.channels = Deck(shares.CHANNELS, chance)
        self.groups = Deck(shares.GROUPS, chance)
        self.categories = Deck(shares.CATEGORIES, chance)
        self.reasons = Deck(shares.REASONS, chance)
        self.review_days = Deck(shares.REVIEW_DAYS, chance)
        self.finding_days = Deck(_FINDING_DAYS, chance)
        self.handling_days = Deck(shares.HANDLING_DAYS, chance)
        self.forwarding_days = Deck(shares.FORWARDING_DAYS, chance)
        self.answer_days = Deck(shares.ANSWER_DAYS, chance)


class Teller:
    """Tells the matters of one election, in the order in which they came in."""

    def __init__(self, course: Course, homes: Mapping[Home, int], chance: Chance) -> None:
        self.course = course
        self.chance = chance
        self.decks = Decks(course, homes, chance)

    def tell(self, first: int, last: int, whole: int) -> Iterator[Story]:
        """Those with these numbers of so many in all."""
        for number in range(first, last):
            yield self._tell(arrival(self.course, (number + 0.5) / whole))

    def _tell(self, received: datetime) -> Story:
        story = self._begin(received)
        self._enter(story)
        if story.registered:
            self._decide(story)
        group = self.decks.groups.deal()
        self._name(story, group)
        if story.result is Result.VIOLATION:
            self._forward(story, group)
        return story

    def _begin(self, received: datetime) -> Story:
        decks, chance = self.decks, self.chance
        home, kind = decks.homes.deal(), decks.entries.deal()
        known_on = received.date() - chance.randrange(6) * DAY
        finding = kind is CaseKind.FINDING
        return Story(
            home=home,
            place=home.places[int(chance.random() * len(home.places))],
            course=self.course,
            case_id=chance.id_at(received),
            complaint_id=chance.id_at(received),
            kind=kind,
            channel=Channel.OVERSIGHT if finding else decks.channels.deal(),
            occurred_on=known_on - chance.randrange(3) * DAY,
            known_on=known_on,
            received=received,
            state=FIRST[kind],
        )

    def _enter(self, story: Story) -> None:
        became = self.decks.reviews[story.kind].deal()
        if became == shares.PENDING:
            return
        finding = story.kind is CaseKind.FINDING
        days = (self.decks.finding_days if finding else self.decks.review_days).deal()
        story.reviewed = self._later(story.received, days)
        if became == shares.REGISTERED:
            story.registered = story.reviewed
            story.state = State.REGISTERED
            return
        story.closed = story.reviewed
        if story.kind is CaseKind.INITIAL_INFORMATION:
            story.state = State.CLOSED
        else:
            story.reason, story.state = self.decks.reasons.deal(), State.NOT_REGISTERED

    def _decide(self, story: Story) -> None:
        story.result = self.decks.results.deal()
        if story.registered is None or story.result is None:
            story.state = State.STUDY
            return
        days = self.decks.handling_days.deal()
        story.decided = self._later(story.registered, days)
        story.extended = days > _WITHOUT_EXTENSION
        story.state = STATE_OF[story.result]
        if story.result is Result.VIOLATION:
            story.categories = self.decks.categories.deal()

    def _name(self, story: Story, group: SubjectGroup) -> None:
        decks = self.decks
        followed = story.result is Result.VIOLATION and group in ASN
        for _ in range(decks.numbers.deal()):
            follow_up = decks.follow_ups.deal() if followed else None
            position = decks.positions.deal()
            if group not in ASN:
                position = (PositionGroup.OTHER, "Kepala Desa")
            story.suspects.append(
                Suspect(
                    self.chance.id_at(story.received),
                    group,
                    position,
                    decks.acts.deal(),
                    follow_up,
                    None,
                )
            )

    def _forward(self, story: Story, group: SubjectGroup) -> None:
        if story.decided is None:
            return
        story.forwarded = self._later(story.decided, self.decks.forwarding_days.deal())
        story.state, story.referral = State.FORWARDED, ReferralState.FORWARDED
        if group not in ASN:
            return
        since = story.forwarded
        story.suspects = [self._followed(each, since) for each in story.suspects]
        statuses = [each.follow_up for each in story.suspects]
        outcome = outcome_of(statuses)
        if outcome is not None:
            story.referral = outcome
            # The other referral, to the enforcement centre, still waits.
            waits = Category.CRIMINAL in story.categories
            story.state = State.FORWARDED if waits else State(outcome.value)
            story.concluded = max(each.followed_at or since for each in story.suspects)
        elif FollowUpStatus.AWAITING_BKN_VERIFICATION not in statuses:
            story.referral = ReferralState.RELAYED

    def _followed(self, suspect: Suspect, since: datetime) -> Suspect:
        if suspect.follow_up is FollowUpStatus.AWAITING_BKN_VERIFICATION:
            return suspect
        # What came out took longer than to be passed on.
        days = self.decks.answer_days.deal() if suspect.follow_up in FINAL else 4
        return suspect._replace(followed_at=self._later(since, days))

    def _later(self, moment: datetime, days: int) -> datetime:
        """So many days later, in the hours of an office, and never before."""
        seconds = int(self.chance.random() * OPEN_SECONDS)
        if days == 0:
            left = OPEN_SECONDS - int((moment - _opening(moment)).total_seconds())
            return moment + timedelta(seconds=60 + seconds % max(left, 60))
        return _opening(moment) + days * DAY + timedelta(seconds=seconds)


def arrival(course: Course, part: float) -> datetime:
    """When the matter came in that has this part of all before it."""
    number = part * course.matters
    days: Sequence[date] = [day for day, _ in course.arrivals]
    counts = [count for _, count in course.arrivals]
    place = min(bisect_right(counts, number), len(counts) - 1)
    gone = (number - counts[place - 1]) / (counts[place] - counts[place - 1])
    whole, rest = divmod(gone * (days[place] - days[place - 1]).days, 1)
    on = days[place - 1] + (int(whole) + 1) * DAY
    return datetime.combine(on, time(), UTC) + OPENS + timedelta(seconds=int(rest * OPEN_SECONDS))


def _opening(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + OPENS
