"""The published figures that invented data follows (docs/decisions/demo-data.md names each source).

Counts are of the tables themselves, so that shares come out as published, however many are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.cases.rules.decisions import Category, PositionGroup, Result, SubjectGroup
from app.cases.rules.requirements import NotRegisteredReason
from app.cases.rules.states import CaseKind
from app.cases.rules.violations import Act
from app.complaints.rules.procedure import Channel
from app.referrals.rules.states import FollowUpStatus

REGISTERED: Final = "registered"
REFUSED: Final = "refused"
PENDING: Final = "pending"


@dataclass(frozen=True)
class Course:
    """One election as it was handled.

    `arrivals`: how many matters had come in by the end of a day; between them evenly.
    `entries`: by which entrance; `reviews`: what became of it at the entrance, by entrance.
    `results`: what the plenary decided, None where it had not. `persons`: of one matter, 1 first.
    """

    code: str
    authority: str
    arrivals: tuple[tuple[date, int], ...]
    entries: Mapping[CaseKind, int]
    reviews: Mapping[CaseKind, Mapping[str, int]]
    results: Mapping[Result | None, int]
    persons: tuple[int, ...]
    follow_ups: Mapping[FollowUpStatus, int]

    @property
    def matters(self) -> int:
        """How many came in in all."""
        return self.arrivals[-1][1]


# 3 April 349, 4 October 805 (744 findings, 61 reports), in the end 1,536 alleged, of which 1,398
# were recommended for a sanction and 53 stopped; 1,645 persons in 1,194 recommendations; KASN on 26
# November: 1,005 persons, 727 recommended, 580 sanctioned. What was mere information is ours.
PILKADA_2020: Final = Course(
    code="pilkada-2020",
    authority="kasn",
    arrivals=(
        (date(2019, 12, 31), 0),
        (date(2020, 4, 3), 349),
        (date(2020, 10, 4), 805),
        (date(2020, 12, 9), 1_450),
        (date(2020, 12, 31), 1_536),
    ),
    entries={CaseKind.FINDING: 744, CaseKind.REPORT: 61, CaseKind.INITIAL_INFORMATION: 20},
    reviews={
        CaseKind.FINDING: {REGISTERED: 1},
        CaseKind.REPORT: {REGISTERED: 2, REFUSED: 1},
        CaseKind.INITIAL_INFORMATION: {REFUSED: 1},
    },
    results={Result.VIOLATION: 1_398, Result.DISCONTINUED: 53, Result.NOT_VIOLATION: 85},
    persons=(76, 16, 4, 2, 2),
    follow_ups={
        FollowUpStatus.SANCTIONED: 580,
        FollowUpStatus.AWAITING_STAFFING_AUTHORITY: 147,
        FollowUpStatus.AWAITING_BKN_VERIFICATION: 121,
        FollowUpStatus.NOT_PROVEN: 157,
    },
)
# Some 20 December: 802 entered (372 findings: 173 registered; 430 reports: 280 registered, 9
# pending); entrances as of 30 October: 1,105 reports and 247 findings; 2 December: 433 handled, 314
# violations, 99 not; 5 December: the follow-up of 1,158 persons, with 60 rejected and 19 sanctioned
# beside that sum. Between the first day and 17 September ("over 400") the days are ours.
PILKADA_2024: Final = Course(
    code="pilkada-2024",
    authority="bkn",
    arrivals=(
        (date(2024, 3, 21), 0),
        (date(2024, 8, 26), 260),
        (date(2024, 9, 17), 400),
        (date(2024, 9, 24), 450),
        (date(2024, 11, 23), 735),
        (date(2024, 12, 20), 802),
    ),
    entries={CaseKind.REPORT: 1_105, CaseKind.FINDING: 247, CaseKind.INITIAL_INFORMATION: 100},
    reviews={
        CaseKind.REPORT: {REGISTERED: 280, REFUSED: 141, PENDING: 9},
        CaseKind.FINDING: {REGISTERED: 173, REFUSED: 199},
        CaseKind.INITIAL_INFORMATION: {REFUSED: 3, PENDING: 1},
    },
    results={Result.VIOLATION: 314, Result.NOT_VIOLATION: 99, None: 20},
    persons=(24, 17, 15, 13, 10, 8, 6, 4, 2, 1),
    follow_ups={
        FollowUpStatus.AWAITING_BKN_VERIFICATION: 667,
        FollowUpStatus.AWAITING_STAFFING_AUTHORITY: 436,
        FollowUpStatus.LEFT_SERVICE: 4,
        FollowUpStatus.NOT_PROVEN: 24,
        FollowUpStatus.CANCELLED: 27,
        FollowUpStatus.REJECTED: 60,
        FollowUpStatus.SANCTIONED: 19,
    },
)
COURSES: Final = (PILKADA_2020, PILKADA_2024)

# KASN, 26 June 2020: social media 27 %, approach to a party 21, banners 13, declaring oneself 9,
# attending a declaration 4; what is left by the table of 31 July: partisan activity, decisions.
ACTS: Final[Mapping[Act, int]] = {
    Act.SOCIAL_ENGAGEMENT: 27,
    Act.APPROACH_PARTY: 21,
    Act.BANNER: 13,
    Act.PARTISAN_ACTIVITY: 14,
    Act.FAVOURING_DECISION: 11,
    Act.JOIN_INTRODUCTION: 9,
    Act.ATTENDANCE: 4,
    Act.PHOTO: 1,
}
# KASN, 31 July 2020: high leadership 27.6 %, functional 25.4, administrator 14.3, executor 12.7,
# heads of districts and urban villages 9; the rest is not told apart.
POSITIONS: Final[Mapping[tuple[PositionGroup, str], int]] = {
    (PositionGroup.HIGH_LEADERSHIP, "Kepala Dinas"): 276,
    (PositionGroup.FUNCTIONAL, "Analis Ahli Muda"): 160,
    (PositionGroup.TEACHER, "Guru"): 94,
    (PositionGroup.ADMINISTRATOR, "Kepala Bidang"): 143,
    (PositionGroup.EXECUTOR, "Pengadministrasi Umum"): 127,
    (PositionGroup.SUBDISTRICT_HEAD, "Camat"): 50,
    (PositionGroup.URBAN_VILLAGE_HEAD, "Lurah"): 40,
    (PositionGroup.OTHER, "Staf"): 110,
}
# Bawaslu, 4 October 2020, of 805 cases; the others share what is left by their number of areas.
LEADING: Final[Mapping[str, int]] = {"74": 92, "73": 88, "82": 88, "52": 66, "72": 56}
LEADING_OF: Final = 805

# The rest is not published for these matters: plausible, and ours.
CHANNELS: Final[Mapping[Channel, int]] = {
    Channel.APP: 40,
    Channel.WEB: 25,
    Channel.WALK_IN: 25,
    Channel.LETTER: 7,
    Channel.TELEPHONE: 3,
}
GROUPS: Final[Mapping[SubjectGroup, int]] = {
    SubjectGroup.PNS: 82,
    SubjectGroup.PPPK: 11,
    SubjectGroup.VILLAGE_HEAD: 5,
    SubjectGroup.VILLAGE_OFFICIAL: 2,
}
CATEGORIES: Final[Mapping[tuple[Category, ...], int]] = {
    (Category.OTHER_LAW,): 95,
    (Category.OTHER_LAW, Category.CRIMINAL): 5,
}
REASONS: Final[Mapping[NotRegisteredReason, int]] = {
    NotRegisteredReason.MATERIAL_UNMET: 45,
    NotRegisteredReason.FORMAL_UNMET: 25,
    NotRegisteredReason.OUT_OF_TIME: 12,
    NotRegisteredReason.NOT_ELECTION_VIOLATION: 10,
    NotRegisteredReason.WITHDRAWN: 8,
}
REVIEW_DAYS: Final[Mapping[int, int]] = {0: 20, 1: 45, 2: 27, 3: 8}
HANDLING_DAYS: Final[Mapping[int, int]] = {1: 12, 2: 25, 3: 40, 4: 7, 5: 11, 6: 5}
FORWARDING_DAYS: Final[Mapping[int, int]] = {0: 45, 1: 40, 2: 10, 3: 5}
ANSWER_DAYS: Final[Mapping[int, int]] = {5: 20, 8: 25, 13: 25, 21: 20, 34: 10}
