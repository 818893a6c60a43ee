from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules.allowed import IllegalStep
from app.cases.rules.states import State
from app.core.errors import Conflict, Invalid, NotAllowed
from app.referrals.rules import stages, steps
from app.referrals.rules.authorities import Flow
from app.referrals.rules.control import ControlKind, check_control, is_blocked
from app.referrals.rules.following import DecreeNeeded, check_status, first_status
from app.referrals.rules.stages import AuthorityStage as Stage
from app.referrals.rules.states import (
    FINAL,
    WAITING,
    FollowUpStatus,
    ReferralState,
    outcome_of,
    state_of_case,
)
from app.referrals.rules.steps import ReferralObjection as Objection
from app.referrals.rules.steps import ReferralSide as Side
from app.referrals.rules.steps import ReferralStep, Standing, check, objection

S, F = ReferralState, FollowUpStatus
ADDRESSEE = frozenset({Side.ADDRESSEE})
STAFFING = frozenset({Side.STAFFING})
HOLDER = frozenset({Side.HOLDER})


def standing(
    flow: Flow = Flow.ASN_OVERSIGHT,
    state: ReferralState = S.FORWARDED,
    sides: frozenset[Side] = ADDRESSEE,
    **facts: int,
) -> Standing:
    return Standing(
        flow=flow,
        state=state,
        sides=sides,
        persons=facts.get("persons", 1),
        sanctioned=facts.get("sanctioned", 0),
        stages_possible=facts.get("stages", 1),
        response_missed=bool(facts.get("missed", 0)),
        records_blocked=facts.get("blocked", 0),
    )


def test_bkn_acknowledges_then_relays_and_the_staffing_authority_decides() -> None:
    assert check(ReferralStep.ACKNOWLEDGE, standing()).to is S.ACKNOWLEDGED
    assert check(ReferralStep.RELAY, standing(state=S.ACKNOWLEDGED)).to is S.RELAYED
    assert check(ReferralStep.DECIDE, standing(state=S.RELAYED, sides=STAFFING)).to is None


@pytest.mark.parametrize(
    ("step", "now", "expected"),
    [
        (ReferralStep.RELAY, standing(), Objection.WRONG_STATE),
        (ReferralStep.RELAY, standing(Flow.OTHER, S.ACKNOWLEDGED), Objection.WRONG_FLOW),
        (ReferralStep.DECIDE, standing(state=S.RELAYED), Objection.NOT_YOURS),
        (
            ReferralStep.DECIDE,
            standing(Flow.ENFORCEMENT, S.ACKNOWLEDGED),
            Objection.WRONG_FLOW,
        ),
        (
            ReferralStep.DECIDE,
            standing(state=S.RELAYED, sides=STAFFING, persons=0),
            Objection.NO_PERSONS,
        ),
        (ReferralStep.ACT, standing(state=S.RELAYED), Objection.NOT_OVERDUE),
        (ReferralStep.ACT, standing(state=S.RELAYED, missed=1), None),
        (ReferralStep.ACT, standing(state=S.FOLLOWED_UP, blocked=1), None),
        (
            ReferralStep.ACT,
            standing(state=S.RELAYED, sides=STAFFING, missed=1),
            Objection.NOT_YOURS,
        ),
        (ReferralStep.RECORD_IDIS, standing(state=S.RELAYED), Objection.NOBODY_SANCTIONED),
        (ReferralStep.CONCLUDE, standing(state=S.ACKNOWLEDGED), Objection.NOT_YOURS),
        (ReferralStep.CONCLUDE, standing(sides=HOLDER), None),
        (ReferralStep.CONCLUDE, standing(Flow.OTHER, S.ACKNOWLEDGED), None),
        (ReferralStep.CONCLUDE, standing(Flow.OTHER), Objection.WRONG_STATE),
        (
            ReferralStep.ENTER_STAGE,
            standing(state=S.ACKNOWLEDGED, stages=0),
            Objection.NO_STAGE_LEFT,
        ),
        (ReferralStep.RETURN, standing(state=S.RETURNED), Objection.WRONG_STATE),
        (ReferralStep.ACKNOWLEDGE, standing(sides=frozenset()), Objection.NOT_YOURS),
    ],
)
def test_what_stands_in_the_way(
    step: ReferralStep, now: Standing, expected: Objection | None
) -> None:
    assert objection(step, now) is expected


EVERYTHING = [
    standing(flow, state, sides, missed=missed, persons=persons, stages=stages_left)
    for flow, state, sides, missed, persons, stages_left in product(
        Flow, S, (ADDRESSEE, STAFFING, HOLDER, frozenset()), (0, 1), (0, 1), (0, 1)
    )
]


@pytest.mark.parametrize("step", ReferralStep)
def test_the_list_and_the_step_agree_everywhere(step: ReferralStep) -> None:
    for now in EVERYTHING:
        why = objection(step, now)
        if why is None:
            assert now.state in check(step, now).since
            continue
        with pytest.raises(NotAllowed if why is Objection.NOT_YOURS else IllegalStep) as refused:
            check(step, now)
        assert refused.value.members.get("objection", Objection.NOT_YOURS) is why


def test_who_is_on_no_side_can_do_nothing() -> None:
    outside = [now for now in EVERYTHING if not now.sides]

    assert all(objection(step, now) for step in ReferralStep for now in outside)


def test_the_holder_can_record_on_paper_whatever_the_authority_could_do() -> None:
    for step, now in product(ReferralStep, EVERYTHING):
        if now.sides in (ADDRESSEE, STAFFING) and objection(step, now) is None:
            paper = Standing(**{**now.__dict__, "sides": HOLDER})
            assert objection(step, paper) is None


@pytest.mark.parametrize("flow", Flow)
@pytest.mark.parametrize("state", WAITING)
def test_no_case_waits_for_an_authority_for_ever(flow: Flow, state: ReferralState) -> None:
    assert objection(ReferralStep.CONCLUDE, standing(flow, state, HOLDER)) is None


def test_every_row_of_the_map_names_its_source() -> None:
    assert all(row.source for row in steps.MAP)
    assert all(row.source for row in stages.MAP)
    assert {row.step for row in steps.MAP} == set(ReferralStep)
    assert {row.stage for row in stages.MAP} == set(Stage)


def test_bkn_acts_where_nothing_happened_in_time() -> None:
    check_control(ControlKind.REPRIMAND, [], response_missed=True)
    check_control(ControlKind.BLOCK, [ControlKind.REPRIMAND], response_missed=True)
    check_control(ControlKind.UNBLOCK, [ControlKind.BLOCK], response_missed=False)


@pytest.mark.parametrize(
    ("kind", "past", "missed"),
    [
        (ControlKind.REPRIMAND, [], False),
        (ControlKind.BLOCK, [], False),
        (ControlKind.BLOCK, [ControlKind.BLOCK], True),
        (ControlKind.UNBLOCK, [], True),
        (ControlKind.UNBLOCK, [ControlKind.BLOCK, ControlKind.UNBLOCK], True),
    ],
)
def test_an_action_without_cause_is_refused(
    kind: ControlKind, past: list[ControlKind], missed: bool
) -> None:
    with pytest.raises(Conflict):
        check_control(kind, past, response_missed=missed)


@given(st.lists(st.sampled_from(ControlKind)))
def test_a_record_is_blocked_by_the_last_block_or_unblock(past: list[ControlKind]) -> None:
    expected = False
    for each in past:
        expected = expected if each is ControlKind.REPRIMAND else each is ControlKind.BLOCK

    assert is_blocked(past) is expected


@given(st.lists(st.sampled_from([*F, None])))
def test_an_answer_is_whole_when_nobody_waits_any_more(
    statuses: list[FollowUpStatus | None],
) -> None:
    outcome = outcome_of(statuses)

    waits = not statuses or any(each not in FINAL for each in statuses)
    assert (outcome is None) is waits
    if F.SANCTIONED in statuses and not waits:
        assert outcome is S.FOLLOWED_UP


@pytest.mark.parametrize(
    ("states", "all_forwarded", "expected"),
    [
        ([S.FORWARDED], True, State.FORWARDED),
        ([S.FOLLOWED_UP], True, State.FOLLOWED_UP),
        ([S.FOLLOWED_UP], False, State.FORWARDED),
        ([S.FOLLOWED_UP, S.RELAYED], True, State.FORWARDED),
        ([S.NOT_FOLLOWED_UP, S.FOLLOWED_UP], True, State.FOLLOWED_UP),
        ([S.NOT_FOLLOWED_UP], True, State.NOT_FOLLOWED_UP),
        ([S.RETURNED, S.FORWARDED], True, State.RETURNED),
    ],
)
def test_the_case_follows_its_referrals(
    states: list[ReferralState], all_forwarded: bool, expected: State
) -> None:
    assert state_of_case(states, all_forwarded=all_forwarded) is expected


def test_a_sanction_of_a_civil_servant_needs_its_decree() -> None:
    with pytest.raises(DecreeNeeded):
        check_status(F.SANCTIONED, Flow.ASN_OVERSIGHT)
    check_status(F.SANCTIONED, Flow.OTHER)


@pytest.mark.parametrize(
    ("status", "flow"),
    [
        (F.AWAITING_BKN_VERIFICATION, Flow.STAFFING_AUTHORITY),
        (F.AWAITING_STAFFING_AUTHORITY, Flow.OTHER),
    ],
)
def test_an_authority_gives_only_statuses_of_its_own(status: FollowUpStatus, flow: Flow) -> None:
    with pytest.raises(Invalid):
        check_status(status, flow)


def test_what_is_awaited_first() -> None:
    assert first_status(Flow.ASN_OVERSIGHT) is F.AWAITING_BKN_VERIFICATION
    assert first_status(Flow.STAFFING_AUTHORITY) is F.AWAITING_STAFFING_AUTHORITY
    assert first_status(Flow.OTHER) is None
