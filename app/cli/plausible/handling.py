"""What an office did with a matter: its clocks, its plenary, the acts it named."""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from app.cases.rules.states import CaseKind
from app.cases.rules.violations import Act
from app.cli.plausible.chance import Chance
from app.cli.plausible.ground import Home
from app.cli.plausible.sheets import Sheets
from app.cli.plausible.stories import ASN, Story, Suspect
from app.clocks.rules.law import Law
from app.clocks.rules.norms import Step
from app.clocks.rules.running import Cause, Course, outcome_at
from app.core.crypto import Keyring
from app.elections.rules import Determination, Regime

REGIME: Final = Regime.REGIONAL_ELECTION.value
FIRST_CLOCK: Final = {
    CaseKind.REPORT: Step.INITIAL_REVIEW,
    CaseKind.FINDING: Step.REGISTRATION,
    CaseKind.INITIAL_INFORMATION: Step.TRACING,
}
# When candidates were determined nationwide.
_DETERMINED: Final = {"pilkada-2020": date(2020, 9, 23), "pilkada-2024": date(2024, 9, 22)}
_VILLAGE: Final = {Act.ATTENDANCE: "V01_CAMPAIGN", Act.FAVOURING_DECISION: "V04_FAVOURING_DECISION"}
_VILLAGERS: Final = "V02_PARTISAN_ACTIVITY"
_BEFORE: Final = {
    Act.SOCIAL_ENGAGEMENT: "E04_SOCIAL_ENGAGEMENT",
    Act.BANNER: "E01_BANNER",
    Act.JOIN_INTRODUCTION: "E06_JOIN_INTRODUCTION",
    Act.ATTENDANCE: "E03_ATTEND_DECLARATION",
    Act.PHOTO: "E05_PHOTO",
}
_AFTER: Final = {
    Act.SOCIAL_ENGAGEMENT: "D06_SOCIAL_ENGAGEMENT",
    Act.BANNER: "D01_BANNER",
    Act.JOIN_INTRODUCTION: "D04_ATTEND_CAMPAIGN",
    Act.ATTENDANCE: "D04_ATTEND_CAMPAIGN",
    Act.PHOTO: "D07_PHOTO",
}
_ALWAYS: Final = {
    Act.APPROACH_PARTY: "D03_APPROACH_PARTY",
    Act.PARTISAN_ACTIVITY: "D08_PARTISAN_ACTIVITY",
    Act.FAVOURING_DECISION: "D12_FAVOURING_DECISION",
}
_MORNING: Final = time(3)
_REMEMBERED: Final = 200_000
_THOUGHT_OVER: Final = timedelta(days=2)
_MEMBERS: Final = 5
_PLENARY: Final = json.dumps(
    {
        "present": [
            {"name": f"Anggota Rekaan {number}", "vote": "agree", "opinion": None}
            for number in ("Satu", "Dua", "Tiga")
        ],
        "reasoning": "Rekaan: data contoh yang dibuat oleh netra demo.",
    }
).encode()


Pending: TypeAlias = tuple[datetime, date] | None
"""By when an open step is due."""


class Span(NamedTuple):
    """From when a step had time, until when it was taken, if it was."""

    since: datetime
    until: datetime | None
    extended: bool = False


class Subject(NamedTuple):
    """What a clock runs on, where it is handled, and where it happened."""

    id: UUID
    home: Home
    place: str


class Due(NamedTuple):
    """By when a step is due, and by which version of which rule and revision of the calendar."""

    due_at: datetime
    due_on: date
    rule: str
    version: int
    revision: int


class Counted(NamedTuple):
    """A span, by when its step is due in the end, and when that was extended."""

    span: Span
    due: Due
    extended_at: datetime | None


class Dues:
    """When steps are due by the law; all that start on one day are due on one day, because these
    rules count days to their end."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._counted = lru_cache(maxsize=_REMEMBERED)(self._count)

    def of(self, step: Step, since: datetime, home: Home, *, extended: bool) -> Due | None:
        """None where the law as we hold it sets no limit."""
        return self._counted(step, since.date(), home.zone, home.code, extended)

    def _count(self, step: Step, on: date, zone: str, code: str, extended: bool) -> Due | None:
        rule = self.law.rule_for(step, Regime.REGIONAL_ELECTION, on)
        if rule is None:
            return None
        start = datetime.combine(on, _MORNING, UTC)
        due = self.law.count(rule, Course(rule.code, start, zone, code, extended))
        revision = due.trace.calendar_revision
        return Due(due.due_at, due.due_on, rule.code, rule.version, revision)


class Timekeeper:
    """Writes clocks with the due dates that the law gives, so that each can be counted again."""

    def __init__(self, sheets: Sheets, chance: Chance, dues: Dues) -> None:
        self.sheets = sheets
        self.chance = chance
        self.dues = dues

    def time(self, subject: Subject, step: Step, span: Span) -> Pending:
        """Write the clock of a step, and every due date that it had; return the one that waits.
        Where the law as we hold it sets no limit there is no clock."""
        first = self.dues.of(step, span.since, subject.home, extended=False)
        if first is None:
            return None
        clock_id = self.chance.id_at(span.since)
        extended_at = span.since + _THOUGHT_OVER if span.extended else None
        home = subject.home
        later = self.dues.of(step, span.since, home, extended=True) if extended_at else None
        self._clock(clock_id, subject, step, Counted(span, later or first, extended_at))
        self._note(clock_id, subject, span.since, (first, span.since))
        if later and extended_at:
            self._note(clock_id, subject, span.since, (later, extended_at))
        due = later or first
        return None if span.until else (due.due_at, due.due_on)

    def _clock(self, id: UUID, subject: Subject, step: Step, counted: Counted) -> None:
        home, (span, due, extended_at) = subject.home, counted
        outcome = outcome_at(span.until, None, due.due_at) if span.until else None
        self.sheets.add(
            "deadline_clock",
            *(id, subject.id, home.region_id, subject.place, home.office_id, home.zone),
            *(REGIME, step, due.rule, due.version, span.since, due.due_at, due.due_on),
            *(due.revision, extended_at, span.until, outcome),
        )

    def _note(
        self, clock_id: UUID, subject: Subject, since: datetime, counted: tuple[Due, datetime]
    ) -> None:
        due, at = counted
        extended = at is not since
        self.sheets.add(
            "clock_due",
            *(self.chance.id_at(at), clock_id, at, due.due_at, due.due_on, due.version),
            *(due.revision, Cause.EXTENDED if extended else Cause.STARTED),
            *(since, subject.home.zone, subject.place, extended),
        )


class HandlingWriter:
    """Writes how matters were handled, up to the decision."""

    def __init__(self, sheets: Sheets, chance: Chance, keys: Keyring, time: Timekeeper) -> None:
        self.sheets = sheets
        self.chance = chance
        self.keys = keys
        self.time = time

    def write(self, story: Story) -> Pending:
        """Return by when the next step is due, where one is."""
        subject = Subject(story.case_id, story.home, story.place)
        first = Span(story.received, story.reviewed)
        pending = self.time.time(subject, FIRST_CLOCK[story.kind], first)
        if story.registered is None:
            return pending
        handling = Span(story.registered, story.decided, story.extended)
        pending = self.time.time(subject, Step.HANDLING, handling)
        for suspect in story.suspects:
            self._classify(story, suspect)
        if story.decided is not None:
            self._decide(story, story.decided)
            if story.forwarded is not None:
                self.time.time(subject, Step.FORWARDING, Span(story.decided, story.forwarded))
        return pending

    def _classify(self, story: Story, suspect: Suspect) -> None:
        kind, side = kind_of(story, suspect)
        at = story.registered
        self.sheets.add(
            "classification",
            *(suspect.id, story.case_id, suspect.id, suspect.act, kind, 1, story.occurred_on),
            *(side, at),
        )

    def _decide(self, story: Story, decided: datetime) -> None:
        id = self.chance.id_at(decided)
        sealed = self.keys.seal(_PLENARY, id)
        self.sheets.add(
            "plenary",
            *(id, story.case_id, story.home.office_id, decided.date(), "BA-PLENO (rekaan)"),
            *(_MEMBERS, 3, 0, story.result, decided, sealed),
        )
        kinds = json.dumps(sorted({kind_of(story, each)[0] for each in story.suspects}))
        persons = json.dumps([str(each.id) for each in story.suspects])
        for category in story.categories:
            self.sheets.add("decided_category", id, category, story.case_id, kinds, persons)


def kind_of(story: Story, suspect: Suspect) -> tuple[str, Determination]:
    """Which kind of violation an act was on its day; of 2020 the nearest of the later catalogue,
    which is the first that names them."""
    before = story.occurred_on < _DETERMINED[story.course.code]
    side = Determination.BEFORE if before else Determination.AFTER
    if suspect.group not in ASN:
        return _VILLAGE.get(suspect.act, _VILLAGERS), side
    return _ALWAYS.get(suspect.act) or (_BEFORE if before else _AFTER)[suspect.act], side
