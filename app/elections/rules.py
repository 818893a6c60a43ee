"""The calendar of an election: which stages run where, and when candidates became candidates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from app.core.places import area_of, lies_in
from app.core.texts import Text

ELECTION_CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Regime(StrEnum):
    """The family of laws, with clocks of its own: UU 1/2015 (Pilkada) or UU 7/2017 (Pemilu)."""

    REGIONAL_ELECTION = "regional_election"
    GENERAL_ELECTION = "general_election"


class ElectedOffice(StrEnum):
    """Who is elected; report numbers write PG, PB and PW in a Pilkada, PP and PL in a Pemilu."""

    GOVERNOR = "governor"
    REGENT = "regent"
    MAYOR = "mayor"
    PRESIDENT = "president"
    LEGISLATURE = "legislature"


class StageCode(StrEnum):
    """The stages in the order of the law."""

    PLANNING = "planning"
    RULE_MAKING = "rule_making"
    MONITOR_REGISTRATION = "monitor_registration"
    REASSIGNMENT_BAN = "reassignment_ban"
    ADHOC_FORMATION = "adhoc_formation"
    INDEPENDENT_SUPPORT = "independent_support"
    VOTER_LIST = "voter_list"
    REGISTRATION_ANNOUNCEMENT = "registration_announcement"
    REGISTRATION = "registration"
    VERIFICATION = "verification"
    CANDIDATE_DETERMINATION = "candidate_determination"
    NUMBER_DRAWING = "number_drawing"
    CAMPAIGN = "campaign"
    QUIET_PERIOD = "quiet_period"
    VOTING = "voting"
    RECAPITULATION = "recapitulation"
    ELECTED_DETERMINATION = "elected_determination"


class Determination(StrEnum):
    """On which side of the determination of candidates a day lies.

    The same act is a breach of ethics before it and a breach of discipline after it (SKB of
    22 September 2022, annex II). On the day itself only the hour can tell, so an officer decides.
    """

    BEFORE = "before"
    SAME_DAY = "same_day"
    AFTER = "after"


_ORDER = list(StageCode)

STAGES: Mapping[StrEnum, Text] = {
    StageCode.PLANNING: Text("Perencanaan", "Planning"),
    StageCode.RULE_MAKING: Text("Penyusunan peraturan", "Making of the rules"),
    StageCode.MONITOR_REGISTRATION: Text("Pendaftaran pemantau", "Registration of monitors"),
    StageCode.REASSIGNMENT_BAN: Text("Larangan mutasi pejabat", "Ban on reassigning officials"),
    StageCode.ADHOC_FORMATION: Text(
        "Pembentukan badan ad hoc (PPK, PPS, KPPS)", "Formation of the ad hoc bodies"
    ),
    StageCode.INDEPENDENT_SUPPORT: Text(
        "Pemenuhan dukungan calon perseorangan", "Support for independent candidates"
    ),
    StageCode.VOTER_LIST: Text("Penyusunan daftar pemilih", "Making of the voter list"),
    StageCode.REGISTRATION_ANNOUNCEMENT: Text(
        "Pengumuman pendaftaran calon", "Announcement of registration"
    ),
    StageCode.REGISTRATION: Text("Pendaftaran calon", "Registration of candidates"),
    StageCode.VERIFICATION: Text("Penelitian syarat calon", "Verification of candidates"),
    StageCode.CANDIDATE_DETERMINATION: Text(
        "Penetapan pasangan calon", "Determination of the candidate pairs"
    ),
    StageCode.NUMBER_DRAWING: Text("Pengundian nomor urut", "Drawing of the numbers"),
    StageCode.CAMPAIGN: Text("Kampanye", "Campaign"),
    StageCode.QUIET_PERIOD: Text("Masa tenang", "Quiet period"),
    StageCode.VOTING: Text("Pemungutan suara", "Voting"),
    StageCode.RECAPITULATION: Text("Rekapitulasi suara", "Recapitulation of the votes"),
    StageCode.ELECTED_DETERMINATION: Text(
        "Penetapan calon terpilih", "Determination of the elected"
    ),
}

LABELS: Mapping[str, Mapping[StrEnum, Text]] = {
    "election_regime": {
        Regime.REGIONAL_ELECTION: Text("Pemilihan (Pilkada)", "Regional election"),
        Regime.GENERAL_ELECTION: Text("Pemilu", "General election"),
    },
    "elected_office": {
        ElectedOffice.GOVERNOR: Text("Gubernur", "Governor"),
        ElectedOffice.REGENT: Text("Bupati", "Regent"),
        ElectedOffice.MAYOR: Text("Wali Kota", "Mayor"),
        ElectedOffice.PRESIDENT: Text("Presiden dan Wakil Presiden", "President"),
        ElectedOffice.LEGISLATURE: Text("Anggota DPR, DPD, dan DPRD", "Members of parliaments"),
    },
    "election_stage": STAGES,
    "determination": {
        Determination.BEFORE: Text("Sebelum penetapan calon", "Before determination"),
        Determination.SAME_DAY: Text("Pada hari penetapan calon", "On the day of determination"),
        Determination.AFTER: Text("Setelah penetapan calon", "After determination"),
    },
}


class Scheduled(Protocol):
    """A stage with its first and last day; a missing day leaves that end open."""

    @property
    def stage(self) -> StageCode: ...
    @property
    def region_code(self) -> str: ...
    @property
    def from_on(self) -> date | None: ...
    @property
    def to_on(self) -> date | None: ...


S = TypeVar("S", bound=Scheduled)


def takes_part(areas: Iterable[str], region_code: str) -> bool:
    """Whether people of this place, or of any part of it, elect somebody in these areas."""
    place = area_of(region_code)
    return any(lies_in(area, place) or lies_in(region_code, area_of(area)) for area in areas)


def elected_at(areas: Iterable[tuple[str, ElectedOffice]], region_code: str) -> set[ElectedOffice]:
    """Whom people of this place, or of any part of it, elect in these areas."""
    return {office for area, office in areas if takes_part([area], region_code)}


def calendar_of(schedule: Iterable[S], region_code: str) -> list[S]:
    """Return each stage once, in the order of the law, as the most specific area has set it."""
    chosen: dict[StageCode, S] = {}
    for entry in sorted(schedule, key=lambda entry: len(area_of(entry.region_code))):
        if lies_in(region_code, area_of(entry.region_code)):
            chosen[entry.stage] = entry
    return sorted(chosen.values(), key=lambda entry: _ORDER.index(entry.stage))


def is_running(entry: Scheduled, day: date) -> bool:
    has_begun = entry.from_on is None or entry.from_on <= day
    has_ended = entry.to_on is not None and entry.to_on < day
    return has_begun and not has_ended


def running_on(calendar: Iterable[S], day: date) -> list[S]:
    """Return the stages that run on a day; several can run at once, or none."""
    return [entry for entry in calendar if is_running(entry, day)]


def determination_on(calendar: Sequence[Scheduled], day: date) -> Determination | None:
    """Say whether candidates were determined by a day; nothing where no date is known."""
    for entry in calendar:
        if entry.stage is StageCode.CANDIDATE_DETERMINATION:
            return _side(entry, day)
    return None


def _side(entry: Scheduled, day: date) -> Determination:
    if is_running(entry, day):
        return Determination.SAME_DAY
    has_begun = entry.from_on is None or entry.from_on <= day
    return Determination.AFTER if has_begun else Determination.BEFORE
