"""The figures that officers ask for, and the plain aggregates that they take the place of."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.stats.repository.questions import Question
from app.stats.rules.periods import Period
from app.stats.rules.units import Unit

E24: Final = "pilkada-2024"
ALWAYS: Final = Period()
CAMPAIGN: Final = Period(date(2024, 9, 25), date(2024, 11, 23))
_CASES: Final = 'FROM "case" c'
_PERSONS: Final = 'FROM case_person p JOIN "case" c ON c.id = p.case_id'
_DAY: Final = "(c.opened_at AT TIME ZONE 'Asia/Jakarta')::date"
_ACTS: Final = f"{_PERSONS} JOIN classification k ON k.person_id = p.id"
_PROVINCE: Final = "left(c.region_code, 2)"
_REGENCY: Final = "left(c.region_code, 5)"
_FOLLOWED: Final = f"{_PERSONS} LEFT JOIN referral_person f ON f.person_id = p.id"


@dataclass(frozen=True)
class Figure:
    """What an officer asks, what is counted for it in the rollups, and the plain aggregate."""

    name: str
    path: str
    unit: Unit
    by: tuple[str, ...]
    plain: str
    area: str = ""
    election: str | None = E24
    period: Period = ALWAYS

    @property
    def question(self) -> Question:
        return Question(self.unit, self.area, self.period, self.election)


def _grouped(what: str, source: str, where: str = f"c.election_code = '{E24}'") -> str:
    return f"SELECT {what}, count(*) {source} WHERE {where} GROUP BY {what}"


FIGURES: Final = (
    Figure("summary: cases", "summary", Unit.CASE, (), f"SELECT count(*) {_CASES}", election=None),
    Figure(
        "summary: persons",
        f"summary?election={E24}",
        Unit.PERSON,
        (),
        f"SELECT count(*) {_PERSONS}",
        election=None,
    ),
    Figure(
        "summary: signatures",
        f"summary?region=74&election={E24}",
        Unit.SIGNATURE,
        (),
        "SELECT count(*) FROM signature",
    ),
    Figure(
        "series, day by day",
        f"series?unit=case&since=2024-03-22&until=2024-12-20&election={E24}",
        Unit.CASE,
        ("day",),
        _grouped(_DAY, _CASES),
    ),
    Figure(
        "series of the campaign, by outcome",
        f"table?unit=case&by=outcome&since=2024-09-25&until=2024-11-23&election={E24}",
        Unit.CASE,
        ("outcome",),
        f"SELECT pl.result, count(*) {_CASES} LEFT JOIN plenary pl ON pl.case_id = c.id"
        f" WHERE {_DAY} BETWEEN '2024-09-25' AND '2024-11-23' GROUP BY 1",
        period=CAMPAIGN,
    ),
    Figure(
        "by stage (two elections)",
        "table?unit=case&by=stage",
        Unit.CASE,
        ("stage",),
        _grouped(_DAY, _CASES, "true"),
    ),
    Figure(
        "table: follow-up",
        f"table?unit=person&by=follow_up&election={E24}",
        Unit.PERSON,
        ("follow_up",),
        _grouped("f.status", _FOLLOWED),
    ),
    Figure(
        "table: position",
        f"table?unit=person&by=position_group&election={E24}",
        Unit.PERSON,
        ("position_group",),
        _grouped("position_group", _PERSONS),
    ),
    Figure(
        "cross: act and position",
        f"cross?unit=person&by=violation_kind&across=position_group&election={E24}",
        Unit.PERSON,
        ("violation_kind", "position_group"),
        _grouped("k.act, p.position_group", _ACTS),
    ),
    Figure(
        "cross: province and follow-up",
        f"cross?unit=person&by=region&across=follow_up&election={E24}",
        Unit.PERSON,
        ("province", "follow_up"),
        f"SELECT left(c.region_code, 2), f.status, count(*) {_FOLLOWED} GROUP BY 1, 2",
    ),
    Figure(
        "map of provinces",
        f"map?unit=case&election={E24}",
        Unit.CASE,
        ("province",),
        _grouped(_PROVINCE, _CASES),
    ),
    Figure(
        "ranking of regencies",
        f"ranking?unit=case&by=region&level=regency&election={E24}",
        Unit.CASE,
        ("regency",),
        _grouped(_REGENCY, _CASES),
    ),
    Figure(
        "map of a province",
        f"map?unit=person&region=74&election={E24}",
        Unit.PERSON,
        ("regency",),
        _grouped(_REGENCY, _PERSONS, "c.region_code LIKE '74.%'"),
        area="74",
    ),
    Figure(
        "funnel",
        f"funnel?unit=case&election={E24}",
        Unit.CASE,
        ("furthest_step",),
        "SELECT c.registered_at IS NOT NULL, pl.result, r.state, count(*)"
        f" {_CASES} LEFT JOIN plenary pl ON pl.case_id = c.id LEFT JOIN referral r"
        f" ON r.case_id = c.id WHERE c.election_code = '{E24}' GROUP BY 1, 2, 3",
    ),
    Figure(
        "clocks kept and broken",
        "clocks",
        Unit.DEADLINE,
        ("kind", "outcome"),
        "SELECT step, outcome, count(*) FROM deadline_clock GROUP BY 1, 2",
        election=None,
    ),
    Figure(
        "days to each step",
        f"timing?election={E24}",
        Unit.STEP,
        ("kind", "days"),
        f"SELECT c.decided_at::date - c.registered_at::date, count(*) {_CASES}"
        f" WHERE c.election_code = '{E24}' GROUP BY 1",
    ),
    Figure(
        "signatures by province",
        "table?unit=signature&by=region",
        Unit.SIGNATURE,
        ("province",),
        "SELECT left(region_code, 2), count(*) FROM signature WHERE state = 'valid' GROUP BY 1",
    ),
    Figure(
        "attendance by province",
        "table?unit=attendance&by=region",
        Unit.ATTENDANCE,
        ("province",),
        "SELECT left(region_code, 2), count(DISTINCT (event_id, office_name, post))"
        " FROM check_in GROUP BY 1",
    ),
    Figure(
        "a regency, by status",
        f"table?unit=case&by=status&region=74.02&election={E24}",
        Unit.CASE,
        ("status",),
        _grouped("c.state", _CASES, "c.region_code LIKE '74.02%'"),
        area="74.02",
    ),
)
