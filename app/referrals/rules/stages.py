"""What happens one after the other at an authority, and which clock each of it ends and starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.clocks.rules.norms import Step
from app.core.errors import Conflict, NotAllowed
from app.core.texts import Text
from app.referrals.rules.authorities import Flow
from app.referrals.rules.steps import OBJECTIONS, ReferralObjection, ReferralSide


class AuthorityStage(StrEnum):
    """What has happened with a referral at its authority."""

    JOINTLY_VERIFIED = "jointly_verified"
    VALIDATED_BY_BAWASLU = "validated_by_bawaslu"
    FIRST_DISCUSSION_HELD = "first_discussion_held"
    SECOND_DISCUSSION_HELD = "second_discussion_held"
    INVESTIGATION_ORDERED = "investigation_ordered"
    INVESTIGATION_ENDED = "investigation_ended"
    FILE_SUBMITTED = "file_submitted"
    FILE_RETURNED = "file_returned"
    FILE_RESUBMITTED = "file_resubmitted"
    FILE_COMPLETE = "file_complete"
    SUBMITTED_TO_COURT = "submitted_to_court"
    VERDICT_GIVEN = "verdict_given"
    APPEALED = "appealed"
    APPEAL_VERDICT_GIVEN = "appeal_verdict_given"


@dataclass(frozen=True)
class StageRow:
    """When a stage can follow (None: as the first), which clock it ends, which one it starts."""

    stage: AuthorityStage
    flow: Flow
    after: frozenset[AuthorityStage | None]
    ends: Step | None
    starts: Step | None
    source: str


class StageOutOfOrder(Conflict):
    code = "stage-out-of-order"
    text = Text(
        "Tahap ini tidak dapat mengikuti tahap yang terakhir dicatat.",
        "This stage cannot follow the one recorded last.",
    )


class StageTooEarly(Conflict):
    code = "stage-too-early"
    text = Text(
        "Tahap ini tidak mungkin terjadi sebelum tahap sebelumnya, atau di masa depan.",
        "This stage cannot lie before the one that precedes it, nor in the future.",
    )


def _after(*stages: AuthorityStage | None) -> frozenset[AuthorityStage | None]:
    return frozenset(stages)


_SBT: Final = "SBT BKN, alur 2024 (verifikasi bersama, validasi Bawaslu)"
_GAKKUMDU: Final = "Peraturan Bersama Bawaslu 5/2020, Polri 1/2020, Kejaksaan 14/2020"
_COURT: Final = "UU 1/2015 Pasal 146 sampai 148 (hari belum diverifikasi)"
_S = AuthorityStage
MAP: Final[tuple[StageRow, ...]] = tuple(
    StageRow(*row)
    for row in (
        (
            _S.JOINTLY_VERIFIED,
            Flow.ASN_OVERSIGHT,
            _after(None),
            Step.JOINT_VERIFICATION,
            Step.BAWASLU_VALIDATION,
            _SBT,
        ),
        (
            _S.VALIDATED_BY_BAWASLU,
            Flow.ASN_OVERSIGHT,
            _after(_S.JOINTLY_VERIFIED),
            Step.BAWASLU_VALIDATION,
            None,
            _SBT,
        ),
        (
            _S.FIRST_DISCUSSION_HELD,
            Flow.ENFORCEMENT,
            _after(None),
            Step.FIRST_DISCUSSION,
            Step.SECOND_DISCUSSION,
            _GAKKUMDU,
        ),
        (
            _S.SECOND_DISCUSSION_HELD,
            Flow.ENFORCEMENT,
            _after(_S.FIRST_DISCUSSION_HELD),
            Step.SECOND_DISCUSSION,
            None,
            _GAKKUMDU,
        ),
        (
            _S.INVESTIGATION_ORDERED,
            Flow.ENFORCEMENT,
            _after(_S.SECOND_DISCUSSION_HELD),
            None,
            Step.INVESTIGATION,
            _COURT,
        ),
        (
            _S.INVESTIGATION_ENDED,
            Flow.ENFORCEMENT,
            _after(_S.INVESTIGATION_ORDERED, _S.FILE_RETURNED),
            Step.INVESTIGATION,
            None,
            _COURT,
        ),
        (
            _S.FILE_SUBMITTED,
            Flow.ENFORCEMENT,
            _after(_S.INVESTIGATION_ORDERED),
            Step.INVESTIGATION,
            Step.PROSECUTOR_RETURN,
            _COURT,
        ),
        (
            _S.FILE_RETURNED,
            Flow.ENFORCEMENT,
            _after(_S.FILE_SUBMITTED, _S.FILE_RESUBMITTED),
            Step.PROSECUTOR_RETURN,
            Step.POLICE_RESUBMISSION,
            _COURT,
        ),
        (
            _S.FILE_RESUBMITTED,
            Flow.ENFORCEMENT,
            _after(_S.FILE_RETURNED),
            Step.POLICE_RESUBMISSION,
            Step.PROSECUTOR_RETURN,
            _COURT,
        ),
        (
            _S.FILE_COMPLETE,
            Flow.ENFORCEMENT,
            _after(_S.FILE_SUBMITTED, _S.FILE_RESUBMITTED),
            Step.PROSECUTOR_RETURN,
            Step.SUBMISSION_TO_COURT,
            _COURT,
        ),
        (
            _S.SUBMITTED_TO_COURT,
            Flow.ENFORCEMENT,
            _after(_S.FILE_COMPLETE),
            Step.SUBMISSION_TO_COURT,
            Step.VERDICT,
            _COURT,
        ),
        (
            _S.VERDICT_GIVEN,
            Flow.ENFORCEMENT,
            _after(_S.SUBMITTED_TO_COURT),
            Step.VERDICT,
            Step.APPEAL,
            _COURT,
        ),
        (
            _S.APPEALED,
            Flow.ENFORCEMENT,
            _after(_S.VERDICT_GIVEN),
            Step.APPEAL,
            Step.APPEAL_VERDICT,
            _COURT,
        ),
        (
            _S.APPEAL_VERDICT_GIVEN,
            Flow.ENFORCEMENT,
            _after(_S.APPEALED),
            Step.APPEAL_VERDICT,
            None,
            _COURT,
        ),
    )
)


def entered(
    flow: Flow, past: Sequence[AuthorityStage], stage: AuthorityStage, side: ReferralSide
) -> StageRow:
    """The row of a stage that follows what has happened; refused where it cannot, and where it is
    for Bawaslu to say."""
    if stage is AuthorityStage.VALIDATED_BY_BAWASLU and side is not ReferralSide.HOLDER:
        raise NotAllowed(OBJECTIONS[ReferralObjection.NOT_YOURS])
    row = next((each for each in MAP if each.stage is stage), None)
    last = past[-1] if past else None
    if row is None or row.flow is not flow or last not in row.after:
        raise StageOutOfOrder
    return row


def possible(flow: Flow, past: Sequence[AuthorityStage]) -> list[AuthorityStage]:
    """What can happen next."""
    last = past[-1] if past else None
    return [row.stage for row in MAP if row.flow is flow and last in row.after]


STAGES: Final[Mapping[StrEnum, Text]] = {
    _S.JOINTLY_VERIFIED: Text("Diverifikasi bersama", "Verified jointly"),
    _S.VALIDATED_BY_BAWASLU: Text("Divalidasi Bawaslu", "Validated by Bawaslu"),
    _S.FIRST_DISCUSSION_HELD: Text("Pembahasan pertama", "First discussion held"),
    _S.SECOND_DISCUSSION_HELD: Text("Pembahasan kedua", "Second discussion held"),
    _S.INVESTIGATION_ORDERED: Text("Penyidikan dimulai", "Investigation ordered"),
    _S.INVESTIGATION_ENDED: Text("Penyidikan dihentikan", "Investigation ended"),
    _S.FILE_SUBMITTED: Text("Berkas dikirim ke jaksa", "File submitted to the prosecutor"),
    _S.FILE_RETURNED: Text("Berkas dikembalikan jaksa", "File returned by the prosecutor"),
    _S.FILE_RESUBMITTED: Text("Berkas dikirim kembali", "File submitted again"),
    _S.FILE_COMPLETE: Text("Berkas lengkap", "File complete"),
    _S.SUBMITTED_TO_COURT: Text("Dilimpahkan ke pengadilan", "Submitted to the court"),
    _S.VERDICT_GIVEN: Text("Putusan pengadilan negeri", "Verdict of the district court"),
    _S.APPEALED: Text("Banding", "Appealed"),
    _S.APPEAL_VERDICT_GIVEN: Text("Putusan banding", "Verdict on appeal"),
}
