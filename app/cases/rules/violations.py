"""The catalogue of violations: the same act gets its class from its date (domain.md 2.2, 2.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.cases.rules.decisions import Category, SubjectGroup
from app.clocks.rules.norms import Confidence
from app.core.errors import Conflict, Fault, Invalid
from app.core.texts import Text
from app.elections.rules import Determination


class Act(StrEnum):
    """What a person did, whatever the law of that day calls it."""

    BANNER = "banner"
    ONLINE_PROMOTION = "online_promotion"
    ATTENDANCE = "attendance"
    SOCIAL_ENGAGEMENT = "social_engagement"
    PHOTO = "photo"
    JOIN_INTRODUCTION = "join_introduction"
    SPOUSE_CAMPAIGN = "spouse_campaign"
    APPROACH_PARTY = "approach_party"
    PARTY_MEMBERSHIP = "party_membership"
    PARTISAN_ACTIVITY = "partisan_activity"
    WINNING_TEAM = "winning_team"
    ID_SUPPORT = "id_support"
    FAVOURING_DECISION = "favouring_decision"
    REASSIGNMENT = "reassignment"
    USE_OF_AUTHORITY = "use_of_authority"
    INVOLVING_OFFICIALS = "involving_officials"


class Family(StrEnum):
    ETHICS = "ethics"
    DISCIPLINE = "discipline"
    CRIMINAL = "criminal"
    VILLAGE = "village"
    MILITARY = "military"
    POLICE = "police"


class StageOfAct(StrEnum):
    """On which side of the determination of candidates in that region the act lies."""

    BEFORE = "before"
    AFTER = "after"
    ANY = "any"


class Severity(StrEnum):
    MORAL = "moral"
    LIGHT = "light"
    MODERATE = "moderate"
    SEVERE = "severe"
    DISHONOURABLE_DISMISSAL = "dishonourable_dismissal"
    CRIMINAL = "criminal"


@dataclass(frozen=True, kw_only=True)
class ViolationKind:
    """One version of a kind: `groups` are the subject groups whom it binds; none means all.

    `severity` is None where the law as we hold it names none. `valid_to` is the last day on which
    an act is judged by this version.
    """

    code: str
    version: int
    act: Act
    family: Family
    stage: StageOfAct
    severity: Severity | None
    name: Text
    penalty: Text
    legal_basis: tuple[str, ...]
    groups: tuple[SubjectGroup, ...]
    source: str
    confidence: Confidence
    valid_from: date
    valid_to: date | None

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def binds(self, group: SubjectGroup | None) -> bool:
        """Whether it may bind a person of this group; of an unknown group nobody can exclude it."""
        return group is None or not self.groups or group in self.groups

    @property
    def category(self) -> Category:
        """The category under which a plenary can decide it."""
        return Category.CRIMINAL if self.family is Family.CRIMINAL else Category.OTHER_LAW


class AlreadyClassified(Conflict):
    """The same person has this kind of that day already."""

    code = "already-classified"
    text = Text(
        "Perbuatan ini sudah diklasifikasikan demikian.", "This act was classified so before."
    )


class ClassificationReversed(Conflict):
    code = "classification-reversed"
    text = Text("Klasifikasi ini sudah dibatalkan.", "This classification was reversed before.")


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What was done, by whom, when; `determination` is None where no day of it is known."""

    act: Act
    group: SubjectGroup | None
    acted_on: date
    determination: Determination | None


@dataclass(frozen=True)
class Choice:
    """The kind that an officer names, and whether he gave a reason for it."""

    code: str | None
    has_reason: bool


STAGES_ON: Final = {
    Determination.BEFORE: frozenset({StageOfAct.BEFORE, StageOfAct.ANY}),
    Determination.AFTER: frozenset({StageOfAct.AFTER, StageOfAct.ANY}),
    # On the day itself only the hour can tell.
    Determination.SAME_DAY: frozenset(StageOfAct),
}


def classify(deed: Deed, catalogue: Iterable[ViolationKind]) -> list[ViolationKind]:
    """Return the kinds that this deed can be, by the versions in force on its day."""
    stages = frozenset(StageOfAct)
    if deed.determination is not None:
        stages = STAGES_ON[deed.determination]
    return [
        kind
        for kind in catalogue
        if kind.act is deed.act
        and kind.is_valid_on(deed.acted_on)
        and kind.binds(deed.group)
        and kind.stage in stages
    ]


def is_open(deed: Deed, candidates: Sequence[ViolationKind]) -> bool:
    """Whether an officer has to choose: several fit, or the side of the day is not certain."""
    certain = deed.determination in (Determination.BEFORE, Determination.AFTER)
    depends = any(kind.stage is not StageOfAct.ANY for kind in candidates)
    return len(candidates) > 1 or (depends and not certain)


def choose(deed: Deed, candidates: Sequence[ViolationKind], choice: Choice) -> ViolationKind:
    """Return the one kind that fits, or the one that the officer chose with a reason."""
    if not candidates:
        raise Invalid(Fault("/act", "no-kind", _NO_KIND))
    if not is_open(deed, candidates):
        return _only(candidates[0], choice)
    if choice.code is None:
        raise Invalid(Fault("/violation_kind", "kind-needed", _KIND_NEEDED))
    if not choice.has_reason:
        raise Invalid(Fault("/reason", "reason-needed", _REASON_NEEDED))
    return _named(candidates, choice.code)


def _only(kind: ViolationKind, choice: Choice) -> ViolationKind:
    return _named([kind], choice.code or kind.code)


def _named(candidates: Sequence[ViolationKind], code: str) -> ViolationKind:
    for kind in candidates:
        if kind.code == code:
            return kind
    raise Invalid(Fault("/violation_kind", "kind-does-not-fit", _DOES_NOT_FIT))


_NO_KIND: Final = Text(
    "Katalog tidak memuat jenis pelanggaran untuk perbuatan ini pada hari itu bagi golongan"
    " terlapor; periksa hari perbuatan, golongan terlapor, atau perbuatannya.",
    "The catalogue has no kind for this act on that day and for the group of this person; check"
    " the day of the act, the group, or the act.",
)
_KIND_NEEDED: Final = Text(
    "Lebih dari satu jenis mungkin, atau hari penetapan calon tidak memastikan kelasnya; pilih"
    " satu jenis dan sebutkan alasannya.",
    "More than one kind is possible, or the day of the determination leaves the class open; choose"
    " one kind and give the reason.",
)
_REASON_NEEDED: Final = Text(
    "Sebutkan alasan memilih jenis ini.", "Give the reason for choosing this kind."
)
_DOES_NOT_FIT: Final = Text(
    "Jenis ini tidak cocok dengan perbuatan, hari, dan golongan terlapor.",
    "This kind does not fit the act, the day and the group of the person.",
)
