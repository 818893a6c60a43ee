"""What left the house: referrals, the follow-up of each person, decrees."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from app.cases.rules.decisions import Category, SubjectGroup
from app.cli.plausible.chance import Chance, Deck
from app.cli.plausible.handling import REGIME, Pending, Span, Subject, Timekeeper, kind_of
from app.cli.plausible.sheets import Sheets
from app.cli.plausible.stories import ASN, Story, Suspect
from app.clocks.rules.norms import Step
from app.core.crypto import Keyring
from app.referrals.files.bundle import sha256
from app.referrals.files.dossier import written
from app.referrals.rules.authorities import Flow, Instrument
from app.referrals.rules.states import FollowUpStatus, ReferralState
from app.referrals.rules.steps import ReferralSide
from app.referrals.schemas.dossier import (
    Dossier,
    DossierEvent,
    DossierPerson,
    Recommendation,
)

_LETTER: Final = "Surat (rekaan)"
_DECREED: Final = frozenset({FollowUpStatus.SANCTIONED, FollowUpStatus.NOT_PROVEN})
# Before 31 August 2021 there was no ladder of PP 94/2021 to take a sanction from.
_SANCTIONS: Final[Mapping[str, Mapping[str, int]]] = {
    "pilkada-2020": {"moral-open": 80, "moral-closed": 20},
    "pilkada-2024": {
        "moral-open": 50,
        "written-warning": 20,
        "allowance-cut-6": 20,
        "demotion": 10,
    },
}
_MONTHS: Final = {"allowance-cut-6": 6, "demotion": 12}
_OF_CONTRACT: Final = "pppk-warning"


class Letter(NamedTuple):
    """What is forwarded to whom."""

    id: UUID
    category: Category
    authority: str
    flow: Flow
    instrument: Instrument
    office_id: UUID | None
    state: ReferralState


class ForwardingWriter:
    """Writes referrals, sealed, and what came of them."""

    def __init__(self, sheets: Sheets, chance: Chance, keys: Keyring, time: Timekeeper) -> None:
        self.sheets = sheets
        self.chance = chance
        self.keys = keys
        self.time = time
        self.sanctions = {code: Deck(each, chance) for code, each in _SANCTIONS.items()}

    def write(self, story: Story, authorities: Mapping[str, UUID]) -> None:
        if story.forwarded is None or story.referral is None:
            return
        first = self._letter(story, story.forwarded, authorities)
        self._refer(story, first, story.forwarded)
        if first.flow is Flow.ASN_OVERSIGHT:
            self._follow_up(story, first)
        if Category.CRIMINAL in story.categories:
            id = self.chance.id_at(story.forwarded)
            office = authorities.get("gakkumdu")
            what = (Category.CRIMINAL, "gakkumdu", Flow.ENFORCEMENT, Instrument.FORWARDING)
            self._refer(story, Letter(id, *what, office, ReferralState.FORWARDED), story.forwarded)

    def _letter(self, story: Story, at: datetime, authorities: Mapping[str, UUID]) -> Letter:
        id, state = self.chance.id_at(at), story.referral or ReferralState.FORWARDED
        if story.suspects[0].group not in ASN:
            what = (Category.OTHER_LAW, "regent", Flow.OTHER, Instrument.FORWARDING)
            return Letter(id, *what, None, state)
        authority = story.course.authority
        asn = (Category.OTHER_LAW, authority, Flow.ASN_OVERSIGHT, Instrument.RECOMMENDATION)
        return Letter(id, *asn, authorities.get(authority), state)

    def _refer(self, story: Story, letter: Letter, at: datetime) -> None:
        dossier = written(_dossier(story, letter, at))
        due = self._clock(story, letter, at)
        kinds = json.dumps(sorted({kind_of(story, each)[0] for each in story.suspects}))
        received = at if letter.state is not ReferralState.FORWARDED else None
        relayed = at if letter.state is ReferralState.RELAYED else None
        concluded = story.concluded if letter.flow is Flow.ASN_OVERSIGHT else None
        self.sheets.add(
            "referral",
            *(letter.id, story.case_id, story.home.region_id, story.place, REGIME),
            *(letter.category, letter.authority, 1, letter.flow, letter.instrument),
            *(story.home.office_id, letter.office_id, _LETTER, at.date(), kinds),
            *(self.keys.seal(dossier, letter.id), sha256(dossier), at, len(story.suspects)),
            *(letter.state, *(due or (None, None)), received, relayed, concluded, 1),
        )
        self.sheets.add("case_belonging", letter.id, story.case_id)
        if letter.office_id:
            grant = (self.chance.id_at(at), letter.id, letter.office_id, at)
            self.sheets.add("grant", *grant)
        for each in story.suspects:
            status = each.follow_up if letter.flow is Flow.ASN_OVERSIGHT else None
            person = (self.chance.id_at(at), letter.id, each.id, each.group, status)
            self.sheets.add("referral_person", *person)

    def _clock(self, story: Story, letter: Letter, at: datetime) -> Pending:
        if letter.flow is not Flow.ASN_OVERSIGHT:
            return None
        followed = [each.followed_at for each in story.suspects]
        verified = None if None in followed else min(each for each in followed if each)
        subject = Subject(letter.id, story.home, story.place)
        return self.time.time(subject, Step.JOINT_VERIFICATION, Span(at, verified))

    def _follow_up(self, story: Story, letter: Letter) -> None:
        for each in story.suspects:
            if each.followed_at is None:
                continue
            side = ReferralSide.STAFFING if each.follow_up in _DECREED else ReferralSide.ADDRESSEE
            self.sheets.add(
                "follow_up",
                *(self.chance.id_at(each.followed_at), letter.id, each.id, each.follow_up),
                *(side, each.followed_at),
            )
            if each.follow_up in _DECREED:
                self._rule(self._sanction(story, each), letter, (each.id, each.followed_at))

    def _rule(self, code: str | None, letter: Letter, about: tuple[UUID, datetime]) -> None:
        person_id, at = about
        on = at.date()
        self.sheets.add(
            "ruling",
            *(self.chance.id_at(at), letter.id, person_id, code, 1 if code else None),
            *(_MONTHS.get(code or ""), "SK (rekaan)", on, on if code else None),
            *(ReferralSide.STAFFING, at),
        )

    def _sanction(self, story: Story, suspect: Suspect) -> str | None:
        if suspect.follow_up is FollowUpStatus.NOT_PROVEN:
            return None
        if suspect.group is SubjectGroup.PPPK:
            return _OF_CONTRACT
        return self.sanctions[story.course.code].deal()


def _dossier(story: Story, letter: Letter, at: datetime) -> Dossier:
    return Dossier(
        register_number=None,
        office=story.home.office_name,
        letter_number=_LETTER,
        letter_on=at.date(),
        category=letter.category,
        persons=[
            DossierPerson(id=each.id, name="Terlapor Rekaan", subject_group=each.group)
            for each in story.suspects
        ],
        event=DossierEvent(
            what="Rekaan: dukungan kepada salah satu pasangan calon",
            place="Kantor Contoh",
            region_code=story.place,
            occurred_on=story.occurred_on,
        ),
        violations=[],
        conclusion="Rekaan: unsur keberpihakan terbukti.",
        minutes_number=None,
        decided_on=story.decided.date() if story.decided else None,
        recommendation=Recommendation(severity=None),
        evidence=[],
        made_at=at,
    )
