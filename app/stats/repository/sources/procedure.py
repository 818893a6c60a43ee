"""The procedure: cases, and the persons in them."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    case,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import distinct_on

from app.cases.models.cases import Case, CasePerson
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.models.violations import Classification
from app.cases.rules.decisions import Result
from app.cases.rules.states import State
from app.referrals.models.following import ReferralPerson
from app.referrals.models.referrals import Referral
from app.referrals.rules.states import ANSWERED, FINAL, FollowUpStatus
from app.stats.repository.sources.shape import (
    Among,
    all_of,
    everything,
    gathered,
    is_touched,
    known,
    local_day,
    row,
    some,
)
from app.stats.rules.steps import Outcome, Progress


def cases(among: Among) -> Select[Any]:
    """Each case that was not merged into another."""
    decided, acts = _decided(among), _acts(among, by_person=False)
    forwarded, categories = _forwarded(among), _categories(among)
    rows = row(
        Case.id,
        Case.region_code,
        local_day(Case.opened_at),
        Case.election_code,
        status=Case.state,
        source=Case.kind,
        outcome=_outcome(decided),
        furthest_step=_progress(
            decided, forwarded.c.sanctioned, forwarded.c.decided, forwarded.c.id
        ),
        result_category=some(categories.c.codes),
        violation_kind=some(acts.c.codes),
    )
    joined = rows.select_from(Case)
    for part in (decided, acts, forwarded, categories):
        joined = joined.outerjoin(part, part.c.id == Case.id)
    return joined.where(among(Case.id), Case.merged_into_id.is_(None))


def persons(among: Among) -> Select[Any]:
    """Each reported person of a case; who is named by two reports counts once."""
    decided, acts = _decided(_of_their_cases(among)), _acts(among, by_person=True)
    followed = _followed(among)
    sanctioned = followed.c.status == FollowUpStatus.SANCTIONED.value
    rows = row(
        CasePerson.id,
        Case.region_code,
        local_day(CasePerson.named_at),
        Case.election_code,
        source=Case.kind,
        subject_group=known(CasePerson.subject_group),
        position_group=known(CasePerson.position_group),
        outcome=_outcome(decided),
        follow_up=func.coalesce(followed.c.status, ""),
        furthest_step=_progress(decided, sanctioned, followed.c.decided, followed.c.id),
        violation_kind=some(acts.c.codes),
    )
    joined = rows.select_from(CasePerson).join(Case, Case.id == CasePerson.case_id)
    for part, key in ((decided, Case.id), (acts, CasePerson.id), (followed, CasePerson.id)):
        joined = joined.outerjoin(part, part.c.id == key)
    counted = CasePerson.removed_at.is_(None), CasePerson.same_as_id.is_(None)
    return joined.where(among(CasePerson.id), *counted, Case.merged_into_id.is_(None))


def cases_touched() -> Select[Any]:
    own = select(Case.id).where(is_touched(Case.id))
    return all_of(own, select(Referral.case_id).where(is_touched(Referral.id)))


def persons_touched() -> Select[Any]:
    forwarded = select(Referral.case_id).where(is_touched(Referral.id))
    return all_of(
        select(CasePerson.id).where(is_touched(CasePerson.case_id)),
        select(CasePerson.id).where(CasePerson.case_id.in_(forwarded)),
    )


def _outcome(decided: Subquery) -> ColumnElement[str]:
    return case(
        (decided.c.result.is_not(None), known(decided.c.result)),
        (Case.state == State.NOT_REGISTERED, Outcome.NOT_REGISTERED.value),
        else_=Outcome.OPEN.value,
    )


def _progress(
    decided: Subquery,
    sanctioned: ColumnElement[bool],
    answered: ColumnElement[bool],
    forwarded: ColumnElement[Any],
) -> ColumnElement[str]:
    return case(
        (sanctioned, Progress.SANCTIONED.value),
        (answered, Progress.DECIDED.value),
        (forwarded.is_not(None), Progress.FORWARDED.value),
        (decided.c.result == Result.VIOLATION, Progress.VIOLATION.value),
        (Case.registered_at.is_not(None), Progress.REGISTERED.value),
        else_=Progress.REPORTED.value,
    )


def _decided(among: Among) -> Subquery:
    """What the last plenary of each case said of it."""
    last = select(Plenary.case_id.label("id"), Plenary.id.label("plenary_id"), Plenary.result)
    said = last.where(among(Plenary.case_id), Plenary.result.is_not(None))
    ordered = said.order_by(Plenary.case_id, Plenary.recorded_at.desc(), Plenary.id.desc())
    return ordered.ext(distinct_on(Plenary.case_id)).subquery()


def _categories(among: Among) -> Subquery:
    decided = _decided(among)
    found = select(decided.c.id, gathered(DecidedCategory.category).label("codes"))
    joined = found.join(DecidedCategory, DecidedCategory.plenary_id == decided.c.plenary_id)
    return joined.group_by(decided.c.id).subquery()


def _acts(among: Among, *, by_person: bool) -> Subquery:
    """What the persons of a case, or one of them, are said to have done."""
    key = Classification.person_id if by_person else Classification.case_id
    found = select(key.label("id"), gathered(Classification.act).label("codes"))
    standing = found.where(among(key), Classification.reversed_at.is_(None))
    return standing.group_by(key).subquery()


def _forwarded(among: Among) -> Subquery:
    """Which cases were forwarded, and whether an authority has decided, or punished somebody."""
    punished = select(ReferralPerson.id).where(
        ReferralPerson.referral_id == Referral.id,
        ReferralPerson.status == FollowUpStatus.SANCTIONED,
    )
    found = select(
        Referral.case_id.label("id"),
        func.bool_or(Referral.state.in_(ANSWERED)).label("decided"),
        func.bool_or(punished.exists()).label("sanctioned"),
    )
    standing = found.where(among(Referral.case_id), Referral.replaced_at.is_(None))
    return standing.group_by(Referral.case_id).subquery()


def _followed(among: Among) -> Subquery:
    """How the matter of each person stands at the authority that was told of him last."""
    person = ReferralPerson
    found = select(
        person.person_id.label("id"),
        known(person.status).label("status"),
        person.status.in_(FINAL).label("decided"),
    )
    standing = found.join(Referral, Referral.id == person.referral_id).where(
        among(person.person_id), Referral.replaced_at.is_(None)
    )
    # A person can be reported to several authorities; the one that sanctions is followed.
    last = person.person_id, person.status.is_(None), Referral.forwarded_at.desc(), person.id
    return standing.order_by(*last).ext(distinct_on(person.person_id)).subquery()


def _of_their_cases(among: Among) -> Among:
    if among is everything:
        return everything
    cases_of = select(CasePerson.case_id).where(among(CasePerson.id))
    return lambda column: column.in_(cases_of)
