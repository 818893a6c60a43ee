"""The map of the procedure holds together, whatever the situation."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.rules.allowed import IllegalStep, Situation, check, objection
from app.cases.rules.decisions import STATE_OF
from app.cases.rules.states import FIRST, CaseKind, State
from app.cases.rules.steps import STEPS, StepName
from app.cases.rules.transitions import MAP
from app.core.actors import Permission
from app.core.errors import DomainError

# What a step decides by itself: a plenary, and what an authority answers.
DECIDED = {
    StepName.DECIDE: frozenset(STATE_OF.values()),
    StepName.RECORD_FOLLOW_UP: frozenset(
        {State.FOLLOWED_UP, State.NOT_FOLLOWED_UP, State.RETURNED}
    ),
}
KIND_AFTER = {
    StepName.CONVERT_TO_INFORMATION: CaseKind.INITIAL_INFORMATION,
    StepName.ADOPT_FINDING: CaseKind.FINDING,
}
SITUATIONS = st.builds(
    Situation,
    kind=st.sampled_from(CaseKind),
    state=st.sampled_from(State),
    permissions=st.frozensets(st.sampled_from(sorted({row.permission for row in MAP})), max_size=3),
    is_holder=st.booleans(),
    is_superior=st.booleans(),
    transfer_offered=st.booleans(),
    reports=st.integers(1, 3),
    all_withdrawn=st.booleans(),
    requirements_met=st.booleans(),
    something_correctable=st.booleans(),
    was_asked=st.booleans(),
    was_adopted=st.booleans(),
    waiting_clarifications=st.integers(0, 2),
    extendable=st.booleans(),
    categories_to_forward=st.integers(0, 2),
    was_notified=st.booleans(),
    was_announced=st.booleans(),
)


def reached() -> set[tuple[CaseKind, State]]:
    """Everything that a case can become, from the state in which its kind begins."""
    found = set(FIRST.items())
    waiting = list(found)
    while waiting:
        kind, state = waiting.pop()
        for row in MAP:
            if kind in row.kinds and state in row.since:
                after = KIND_AFTER.get(row.step, kind)
                states: Collection[State] = DECIDED.get(row.step) or {row.to or state}
                fresh = {(after, each) for each in states} - found
                found |= fresh
                waiting += fresh
    return found


def test_every_state_is_reached() -> None:
    assert {state for _, state in reached()} == set(State)


def test_from_everywhere_but_the_end_a_step_leads_on() -> None:
    for kind, state in reached() - {(each, State.CLOSED) for each in CaseKind}:
        rows = [row for row in MAP if kind in row.kinds and state in row.since]
        assert any(row.to not in (None, state) or row.step in DECIDED for row in rows), state


def test_every_step_has_its_article_and_its_name() -> None:
    assert {row.step for row in MAP} == set(StepName) == set(STEPS)
    assert all(row.source.strip() for row in MAP)


def test_a_step_is_one_row_for_each_kind_and_state() -> None:
    seen = [(row.step, kind, state) for row in MAP for kind in row.kinds for state in row.since]

    assert len(seen) == len(set(seen))


@given(st.sampled_from(StepName), SITUATIONS)
def test_a_step_is_refused_exactly_where_there_is_an_objection(
    step: StepName, now: Situation
) -> None:
    why = objection(step, now)

    if why is None:
        row = check(step, now)
        assert now.kind in row.kinds
        assert now.state in row.since
        return
    with pytest.raises(DomainError) as refused:
        check(step, now)
    if isinstance(refused.value, IllegalStep):
        assert refused.value.members == {"objection": why}


@given(st.sampled_from(StepName), SITUATIONS)
def test_nobody_steps_without_a_permission_that_the_map_names(
    step: StepName, now: Situation
) -> None:
    if objection(step, now) is None:
        assert check(step, now).permission in now.permissions


@given(SITUATIONS)
def test_only_members_put_a_finding_aside_or_record_what_adopts_it(now: Situation) -> None:
    if now.kind is CaseKind.FINDING and Permission.DECIDE_CASES not in now.permissions:
        assert objection(StepName.REFUSE_REGISTRATION, now)
        assert objection(StepName.REGISTER, now) or now.was_adopted


@given(SITUATIONS)
def test_a_finished_case_is_never_taken_up_again(now: Situation) -> None:
    if now.state is State.CLOSED:
        assert all(objection(each, now) for each in StepName)


def test_a_permission_of_the_map_is_one_of_cases() -> None:
    assert {row.permission for row in MAP} <= {
        Permission.HANDLE_CASES,
        Permission.DECIDE_CASES,
        Permission.FORWARD_CASES,
    }
