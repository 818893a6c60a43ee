"""A proposed change of the law of time: what it would make of it, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.clocks.rules.calendars import Holiday
from app.clocks.rules.law import Law
from app.clocks.rules.norms import DeadlineRule
from app.core.errors import Conflict, Fault, NotAllowed
from app.core.texts import Text


class OnlyNational(NotAllowed):
    """Calendars and rules bind the whole country, so a national office proposes them."""

    code = "only-national"
    text = Text(
        "Perubahan kalender dan aturan hanya diusulkan kantor tingkat nasional.",
        "Only a national office proposes changes of calendars and rules.",
    )


class OwnProposal(NotAllowed):
    """Four eyes: whoever proposed a change does not approve it."""

    code = "own-proposal"
    text = Text(
        "Usulan sendiri harus disetujui petugas lain.",
        "Your own proposal must be approved by another officer.",
    )


class AlreadyApproved(Conflict):
    code = "already-approved"
    text = Text("Usulan ini sudah disetujui.", "This proposal was approved before.")


class Outdated(Conflict):
    """The law has changed since the preview, so the list of moves is no longer what it does."""

    code = "preview-outdated"
    text = Text(
        "Kalender atau aturan sudah berubah sejak usulan ini; buat pratinjau baru.",
        "Calendar or rules have changed since this proposal; preview it again.",
    )


@dataclass(frozen=True)
class Proposal:
    """Days off that come, days off that go, and new versions of rules."""

    added: tuple[Holiday, ...] = ()
    cancelled: tuple[Holiday, ...] = ()
    rules: tuple[DeadlineRule, ...] = ()


ALREADY_OFF: Final = Text(
    "Hari libur ini sudah ada di kalender.", "This day off is in the calendar already."
)
NOT_OFF: Final = Text(
    "Tidak ada hari libur seperti ini di kalender.", "There is no such day off in the calendar."
)
TWICE: Final = Text("Hari ini disebut dua kali.", "This day is named twice.")


def applied(law: Law, proposal: Proposal) -> Law:
    """The law with the proposal in force: its next revision."""
    revision = law.revision + 1
    gone = {each.key for each in proposal.cancelled}
    kept = [
        replace(each, until_revision=revision)
        if each.key in gone and each.until_revision is None
        else each
        for each in law.holidays
    ]
    added = [replace(each, since_revision=revision) for each in proposal.added]
    return Law([*law.rules, *proposal.rules], law.hours, [*kept, *added], revision)


def faults_of(law: Law, proposal: Proposal) -> list[Fault]:
    """What of the days cannot be done; a day may be cancelled and added again, with other words."""
    return [*_faults_of_cancelled(law, proposal), *_faults_of_added(law, proposal)]


def _faults_of_cancelled(law: Law, proposal: Proposal) -> Iterator[Fault]:
    present = {each.key for each in law.holidays if each.until_revision is None}
    for number, each in enumerate(proposal.cancelled):
        if each.key not in present:
            yield Fault(f"/holidays_cancelled/{number}", "not-off", NOT_OFF)
        present.discard(each.key)


def _faults_of_added(law: Law, proposal: Proposal) -> Iterator[Fault]:
    gone = {each.key for each in proposal.cancelled}
    present = {each.key for each in law.holidays if each.until_revision is None} - gone
    seen = set()
    for number, each in enumerate(proposal.added):
        if each.key in present:
            yield Fault(f"/holidays_added/{number}", "already-off", ALREADY_OFF)
        if each.key in seen:
            yield Fault(f"/holidays_added/{number}", "named-twice", TWICE)
        seen.add(each.key)
