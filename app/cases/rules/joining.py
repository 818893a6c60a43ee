"""Which reports can be handled together, and which of two clocks counts then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.cases.rules.states import BEFORE_REGISTRATION, CaseKind, State
from app.complaints.rules.procedure import FIRST, Kind, Status
from app.core.errors import Conflict, Fault
from app.core.texts import Text
from app.elections.rules import Regime

# What a reporter is owed (a review, completion, a notice) must not be lost in a case without it.
_RANK: Final[Mapping[CaseKind, int]] = {
    CaseKind.INITIAL_INFORMATION: 0,
    CaseKind.FINDING: 1,
    CaseKind.REPORT: 2,
}
UNKNOWN_REPORT: Final = Fault(
    "/complaint_id",
    "unknown-complaint",
    Text("Laporan tidak ditemukan.", "There is no such report."),
)


class NotJoinable(Conflict):
    """These two matters cannot be one case."""

    code = "not-joinable"
    text = Text(
        "Laporan ini tidak dapat digabungkan ke perkara ini.",
        "This report cannot join this case.",
    )


ALREADY_JOINED: Final = Text(
    "Laporan ini sudah ada dalam perkara ini.", "This report is part of this case already."
)
OTHER_HOLDER: Final = Text(
    "Laporan ini dipegang kantor lain, atau pelimpahannya sedang ditawarkan.",
    "Another office holds this report, or its transfer is offered.",
)
TOO_FAR: Final = Text(
    "Perkara laporan ini sudah diregistrasi atau berakhir, atau laporannya sudah selesai.",
    "The case of this report was registered or has ended, or the report is at its end.",
)
OTHER_REGIME: Final = Text(
    "Laporan ini menyangkut pemilihan lain.", "This report is about another election."
)
OWED_MORE: Final = Text(
    "Gabungkan sebaliknya: hak pelapor atas kajian awal hilang bila laporan masuk ke temuan atau"
    " informasi awal.",
    "Join them the other way round: a report would lose its initial review in a finding or in"
    " initial information.",
)


@dataclass(frozen=True, kw_only=True)
class Joinable:
    """A case, or a report that no case was opened from yet."""

    kind: CaseKind
    holder: UUID
    regime: Regime
    election_code: str | None
    is_early: bool
    is_offered: bool = False


def is_early(state: State) -> bool:
    """Whether a case stands before its registration."""
    return state in BEFORE_REGISTRATION


def is_untouched(kind: Kind, status: Status) -> bool:
    """Whether no step was taken with a report yet."""
    return status is FIRST[kind]


def check_joinable(into: Joinable, joining: Joinable) -> None:
    """Refuse, with the reason, to handle the two together."""
    for refused, why in (
        (joining.holder != into.holder or joining.is_offered, OTHER_HOLDER),
        (not joining.is_early, TOO_FAR),
        (_is_other_election(joining, into), OTHER_REGIME),
        (_RANK[joining.kind] > _RANK[into.kind], OWED_MORE),
    ):
        if refused:
            raise NotJoinable(why)


def counts_instead(joining_due: datetime, own_due: datetime, *, both_run: bool) -> bool:
    """Whether the clock that comes along is the one to keep: where both run, the earliest due."""
    return both_run and joining_due < own_due


def _is_other_election(one: Joinable, other: Joinable) -> bool:
    """What names no election can be about any of its regime."""
    codes = {one.election_code, other.election_code} - {None}
    return one.regime is not other.regime or len(codes) > 1
