from collections.abc import Sequence

import pytest

from app.clocks.rules.norms import Step
from app.core.errors import NotAllowed
from app.referrals.rules.authorities import Flow
from app.referrals.rules.stages import AuthorityStage as Stage
from app.referrals.rules.stages import StageOutOfOrder, entered, possible
from app.referrals.rules.steps import ReferralSide as Side


def test_gakkumdu_goes_from_the_first_discussion_to_the_verdict_on_appeal() -> None:
    past: list[Stage] = []
    wanted = [
        (Stage.FIRST_DISCUSSION_HELD, Step.SECOND_DISCUSSION),
        (Stage.SECOND_DISCUSSION_HELD, None),
        (Stage.INVESTIGATION_ORDERED, Step.INVESTIGATION),
        (Stage.FILE_SUBMITTED, Step.PROSECUTOR_RETURN),
        (Stage.FILE_RETURNED, Step.POLICE_RESUBMISSION),
        (Stage.FILE_RESUBMITTED, Step.PROSECUTOR_RETURN),
        (Stage.FILE_COMPLETE, Step.SUBMISSION_TO_COURT),
        (Stage.SUBMITTED_TO_COURT, Step.VERDICT),
        (Stage.VERDICT_GIVEN, Step.APPEAL),
        (Stage.APPEALED, Step.APPEAL_VERDICT),
        (Stage.APPEAL_VERDICT_GIVEN, None),
    ]
    for stage, starts in wanted:
        assert stage in possible(Flow.ENFORCEMENT, past)
        assert entered(Flow.ENFORCEMENT, past, stage, Side.ADDRESSEE).starts is starts
        past.append(stage)

    assert possible(Flow.ENFORCEMENT, past) == []


@pytest.mark.parametrize(
    ("flow", "past", "stage"),
    [
        (Flow.ENFORCEMENT, [], Stage.SECOND_DISCUSSION_HELD),
        (
            Flow.ENFORCEMENT,
            [Stage.FIRST_DISCUSSION_HELD],
            Stage.FIRST_DISCUSSION_HELD,
        ),
        (Flow.ENFORCEMENT, [], Stage.JOINTLY_VERIFIED),
        (Flow.ASN_OVERSIGHT, [], Stage.VALIDATED_BY_BAWASLU),
        (Flow.OTHER, [], Stage.FIRST_DISCUSSION_HELD),
    ],
)
def test_a_stage_out_of_order_is_refused(flow: Flow, past: Sequence[Stage], stage: Stage) -> None:
    with pytest.raises(StageOutOfOrder):
        entered(flow, past, stage, Side.HOLDER)


def test_only_bawaslu_says_that_bawaslu_validated() -> None:
    past, stage = [Stage.JOINTLY_VERIFIED], Stage.VALIDATED_BY_BAWASLU

    assert entered(Flow.ASN_OVERSIGHT, past, stage, Side.HOLDER).starts is None
    with pytest.raises(NotAllowed):
        entered(Flow.ASN_OVERSIGHT, past, stage, Side.ADDRESSEE)
