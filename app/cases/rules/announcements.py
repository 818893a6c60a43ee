"""What the public and the reporter are told of a case: composed of codes, never of free text.

The facts have no room for a person: no name, position or account can get into what is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.cases.rules.decisions import CATEGORIES, Category
from app.cases.rules.requirements import REASONS, NotRegisteredReason
from app.cases.rules.states import KINDS, STATES, CaseKind, State
from app.clocks.rules.norms import Step
from app.core.days import day
from app.core.errors import Fault, Invalid
from app.core.texts import Text

TO_BE_TOLD: Final = (Step.STATUS_NOTICE, Step.ANNOUNCEMENT)
"""What is due after every decision, and after every refusal to register."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What may be said of a case: number, office, day of receipt, status, result.

    `received_on` stands in for the number of what was never registered; days are those of the
    zone of the office.
    """

    kind: CaseKind
    number: str | None
    office: str
    received_on: date
    state: State
    not_registered_reason: NotRegisteredReason | None = None
    categories: Sequence[Category] = ()


def announce(facts: Facts) -> Text:
    """The announcement to the public."""
    subject = _subject(facts)
    return Text(
        f"{facts.office} mengumumkan status {_lowered(subject.id)}: {_status(facts).id}.",
        f"{facts.office} announces the status of {_lowered(subject.en)}: {_status(facts).en}.",
    )


def notify(facts: Facts, number: str, dated_on: date) -> Text:
    """The notice to the reporter, which names the letter by its number and day."""
    subject, on = _subject(facts), day(dated_on)
    return Text(
        f"Pemberitahuan status laporan nomor {number} tanggal {on.id} dari {facts.office}."
        f" {subject.id}: {_status(facts).id}.",
        f"Status notice number {number} of {on.en} from {facts.office}."
        f" {subject.en}: {_status(facts).en}.",
    )


def check_dated(dated_on: date, settled_on: date, today: date) -> None:
    """Refuse a letter that is dated ahead, or before what it tells; days at the office."""
    if dated_on > today:
        raise Invalid(_AHEAD)
    if dated_on < settled_on:
        raise Invalid(_TOO_EARLY)


def in_both(text: Text) -> str:
    """One message for readers of either language, Indonesian first."""
    return f"{text.id}\n\n{text.en}"


def _subject(facts: Facts) -> Text:
    kind = KINDS[facts.kind]
    if facts.number is not None:
        return Text(f"{kind.id} nomor {facts.number}", f"{kind.en} number {facts.number}")
    on = day(facts.received_on)
    return Text(f"{kind.id} yang diterima {on.id}", f"{kind.en} received on {on.en}")


def _status(facts: Facts) -> Text:
    state = STATES[facts.state]
    said = _lowered(state.id), _lowered(state.en)
    more = [CATEGORIES[each] for each in sorted(facts.categories)]
    if facts.not_registered_reason is not None:
        more = [REASONS[facts.not_registered_reason]]
    if not more:
        return Text(*said)
    return Text(
        f"{said[0]} ({'; '.join(_lowered(each.id) for each in more)})",
        f"{said[1]} ({'; '.join(_lowered(each.en) for each in more)})",
    )


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


_AHEAD: Final = Fault(
    "/dated_on",
    "in-the-future",
    Text("Surat tidak dapat bertanggal di masa depan.", "A letter cannot be dated ahead."),
)
_TOO_EARLY: Final = Fault(
    "/dated_on",
    "before-decision",
    Text(
        "Surat tidak dapat bertanggal sebelum hari putusan yang diberitahukannya.",
        "A letter cannot be dated before the day of the decision that it tells.",
    ),
)
