"""The procedure: cases, the persons in them, what was forwarded, and what came of it."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on

from app.cases.models.cases import Case, CasePerson
from app.cases.models.handling import DecidedCategory, Plenary
from app.cases.models.violations import Classification
from app.cases.rules.decisions import Result
from app.cases.rules.states import State
from app.referrals.models.following import ReferralPerson, Ruling
from app.referrals.models.law import StoredSanctionKind
from app.referrals.models.referrals import Referral
from app.referrals.rules.states import ANSWERED, FINAL, FollowUpStatus
from app.stats.repository.sources.shape import (
    Among,
    days_between,
    everything,
    gathered,
    is_touched,
    known,
    local_day,
    one,
    row,
    some,
)
from app.stats.rules.steps import Outcome, Progress, StepTaken


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


def referrals(among: Among) -> Select[Any]:
    """Each referral; one that was returned and forwarded again counts once, as the later one."""
    rows = row(
        Referral.id,
        Referral.region_code,
        local_day(Referral.forwarded_at),
        Case.election_code,
        status=Referral.state,
        result_category=one(Referral.category),
    )
    joined = rows.select_from(Referral).join(Case, Case.id == Referral.case_id)
    return joined.where(among(Referral.id), Referral.replaced_at.is_(None))


def sanctions(among: Among) -> Select[Any]:
    """Each sanction of the last decree on a person."""
    last = _last_rulings(among)
    kind = StoredSanctionKind
    rows = row(
        last.c.id,
        Referral.region_code,
        last.c.decree_on,
        Case.election_code,
        kind=one(kind.severity),
        subject_group=known(CasePerson.subject_group),
        position_group=known(CasePerson.position_group),
    )
    joined = (
        rows.select_from(last)
        .join(Referral, Referral.id == last.c.referral_id)
        .join(Case, Case.id == Referral.case_id)
        .join(CasePerson, CasePerson.id == last.c.person_id)
        .outerjoin(
            kind, (kind.code == last.c.sanction_code) & (kind.version == last.c.sanction_version)
        )
    )
    return joined.where(Referral.replaced_at.is_(None), last.c.sanction_code.is_not(None))


def steps(among: Among) -> Select[Any]:
    """Each step that a case or a referral has taken, with the days since the one before."""
    taken = (
        (StepTaken.REGISTRATION, Case.received_at, Case.registered_at),
        (StepTaken.DECISION, Case.registered_at, Case.decided_at),
    )
    of_cases = [
        _step(Case.id, Case, step, start, end).where(among(Case.id), Case.merged_into_id.is_(None))
        for step, start, end in taken
    ]
    sent = (
        (StepTaken.FORWARDING, Case.decided_at, Referral.forwarded_at),
        (StepTaken.AUTHORITY_DECISION, Referral.forwarded_at, Referral.concluded_at),
    )
    of_referrals = [
        _step(Referral.id, Referral, step, start, end)
        .join(Case, Case.id == Referral.case_id)
        .where(among(Referral.id), Referral.replaced_at.is_(None))
        for step, start, end in sent
    ]
    every = union_all(*of_cases, *of_referrals).subquery()
    return select(*every.c)


def cases_touched() -> Select[Any]:
    own = select(Case.id).where(is_touched(Case.id))
    return _ids(own, select(Referral.case_id).where(is_touched(Referral.id)))


def persons_touched() -> Select[Any]:
    forwarded = select(Referral.case_id).where(is_touched(Referral.id))
    mine = or_(is_touched(CasePerson.case_id), CasePerson.case_id.in_(forwarded))
    return select(CasePerson.id).where(mine)


def referrals_touched() -> Select[Any]:
    return select(Referral.id).where(or_(is_touched(Referral.id), is_touched(Referral.case_id)))


def sanctions_touched() -> Select[Any]:
    return select(Ruling.id).where(Ruling.referral_id.in_(referrals_touched()))


def steps_touched() -> Select[Any]:
    return _ids(cases_touched(), referrals_touched())


def _step(
    thing: SQLColumnExpression[Any],
    placed: type[Case] | type[Referral],
    step: StepTaken,
    start: SQLColumnExpression[Any],
    end: SQLColumnExpression[Any],
) -> Select[Any]:
    rows = row(
        thing,
        placed.region_code,
        local_day(end),
        Case.election_code,
        part=literal(step.value),
        kind=one(literal(step.value)),
        days=days_between(start, end),
    )
    return rows.select_from(placed).where(start.is_not(None), end.is_not(None))


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


def _last_rulings(among: Among) -> Subquery:
    """Of each person the rulings of the last decree; a decree can name several sanctions."""
    latest = func.max(Ruling.at).over(partition_by=(Ruling.referral_id, Ruling.person_id))
    sharing = Ruling.referral_id.in_(select(Ruling.referral_id).where(among(Ruling.id)))
    of_these = true() if among is everything else sharing
    ranked = select(Ruling.__table__, latest.label("latest")).where(of_these).subquery()
    return select(ranked).where(among(ranked.c.id), ranked.c.at == ranked.c.latest).subquery()


def _of_their_cases(among: Among) -> Among:
    if among is everything:
        return everything
    cases_of = select(CasePerson.case_id).where(among(CasePerson.id))
    return lambda column: column.in_(cases_of)


def _ids(*parts: Select[Any]) -> Select[Any]:
    found = union(*parts).subquery()
    return select(*found.c)
