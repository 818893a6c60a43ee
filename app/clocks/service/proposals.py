"""What a proposal on the wire is in the words of the rules, and what is wrong with it."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from app.clocks.models import ClockPreview
from app.clocks.rules.calendars import Holiday
from app.clocks.rules.law import Law
from app.clocks.rules.norms import Confidence, DeadlineRule
from app.clocks.rules.proposals import Proposal, faults_of
from app.clocks.schemas.previews import HolidayIn, HolidayKeyIn, ProposalIn, RuleVersionIn
from app.core.errors import Fault, Invalid
from app.core.texts import Text

_UNKNOWN: Final = Text("Tidak ada aturan dengan kode ini.", "There is no rule with this code.")
_EMPTY: Final = Text("Usulan ini tidak mengubah apa pun.", "This proposal changes nothing.")
_UNCOUNTABLE: Final = Text(
    "Aturan ini tidak dapat dihitung: periksa satuan, hari terakhir, dan perpanjangan.",
    "This rule cannot be counted: look at units, end of day and extension.",
)
_BACKWARDS: Final = Text("Aturan ini berakhir sebelum mulai.", "This rule ends before it begins.")


def proposal_of(law: Law, form: ProposalIn) -> Proposal:
    """The proposal, or every reason why it cannot be one (422)."""
    rules, faults = _versions(law, form)
    proposal = Proposal(
        tuple(_holiday(each) for each in form.holidays_added),
        tuple(_key(each) for each in form.holidays_cancelled),
        tuple(rules),
    )
    faults += faults_of(law, proposal)
    if not (form.holidays_added or form.holidays_cancelled or form.rules):
        faults.append(Fault("", "changes-nothing", _EMPTY))
    if faults:
        raise Invalid(*faults)
    return proposal


def stored(preview: ClockPreview) -> ProposalIn:
    return ProposalIn.model_validate(preview.proposal)


def _versions(law: Law, form: ProposalIn) -> tuple[list[DeadlineRule], list[Fault]]:
    """Each gets the next number of its code."""
    versions, faults = [], []
    numbers: dict[str, Iterator[int]] = {}
    for place, each in enumerate(form.rules):
        known = law.versions(each.code)
        if not known:
            faults.append(Fault(f"/rules/{place}/code", "unknown-rule", _UNKNOWN))
            continue
        following = numbers.setdefault(each.code, count(known[-1].version + 1))
        if each.valid_to is not None and each.valid_to < each.valid_from:
            faults.append(Fault(f"/rules/{place}/valid_to", "ends-before-it-begins", _BACKWARDS))
        try:
            versions.append(_version(known[-1], each, next(following)))
        except ValueError:
            faults.append(Fault(f"/rules/{place}", "uncountable-rule", _UNCOUNTABLE))
    return versions, faults


def _version(last: DeadlineRule, form: RuleVersionIn, number: int) -> DeadlineRule:
    return DeadlineRule(
        code=last.code,
        version=number,
        regime=last.regime,
        step=last.step,
        start_event=last.start_event,
        amount=form.amount,
        unit=form.unit,
        first_day_counts=form.first_day_counts,
        end_of_day=form.end_of_day,
        roll_over=form.roll_over,
        stops_on=form.stops_on,
        extended_amount=form.extended_amount,
        extended_unit=form.extended_unit,
        on_transfer=form.on_transfer,
        breach=form.breach,
        source=form.source,
        confidence=form.confidence,
        valid_from=form.valid_from,
        valid_to=form.valid_to,
    )


def _holiday(form: HolidayIn) -> Holiday:
    return Holiday(
        day=form.day,
        kind=form.kind,
        name=form.name,
        source=form.source,
        confidence=form.confidence,
        area_code=form.area_code,
    )


def _key(form: HolidayKeyIn) -> Holiday:
    """No more than its key counts."""
    return Holiday(
        day=form.day,
        kind=form.kind,
        name="",
        source="",
        confidence=Confidence.UNVERIFIED,
        area_code=form.area_code,
    )
