"""What came of cases: referrals, sanctions, and the days that each step took."""

from typing import Any

from sqlalchemy import (
    Select,
    SQLColumnExpression,
    Subquery,
    func,
    literal,
    select,
    true,
    union_all,
)

from app.cases.models.cases import Case, CasePerson
from app.referrals.models.following import Ruling
from app.referrals.models.law import StoredSanctionKind
from app.referrals.models.referrals import Referral
from app.stats.repository.sources.procedure import cases_touched
from app.stats.repository.sources.shape import (
    Among,
    all_of,
    days_between,
    everything,
    is_touched,
    known,
    local_day,
    one,
    row,
)
from app.stats.rules.steps import StepTaken


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


def referrals_touched() -> Select[Any]:
    return all_of(
        select(Referral.id).where(is_touched(Referral.id)),
        select(Referral.id).where(is_touched(Referral.case_id)),
    )


def sanctions_touched() -> Select[Any]:
    return select(Ruling.id).where(Ruling.referral_id.in_(referrals_touched()))


def steps_touched() -> Select[Any]:
    return all_of(cases_touched(), referrals_touched())


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


def _last_rulings(among: Among) -> Subquery:
    """Of each person the rulings of the last decree; a decree can name several sanctions."""
    latest = func.max(Ruling.at).over(partition_by=(Ruling.referral_id, Ruling.person_id))
    sharing = Ruling.referral_id.in_(select(Ruling.referral_id).where(among(Ruling.id)))
    of_these = true() if among is everything else sharing
    ranked = select(Ruling.__table__, latest.label("latest")).where(of_these).subquery()
    return select(ranked).where(among(ranked.c.id), ranked.c.at == ranked.c.latest).subquery()
