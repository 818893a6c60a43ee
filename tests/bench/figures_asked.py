"""Every figure of the rollups beside the plain aggregate over the tables below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from rich.progress import track
from rich.table import Table
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import opened_patiently
from app.stats.repository.figures import FigureRepository, Question
from app.stats.rules.periods import Period
from app.stats.rules.units import Unit
from tests.bench.serving import show

TURNS: Final = 100
PLAIN_TURNS: Final = 3
AIM: Final = 10.0
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
    """What is asked of the rollups, by these dimensions, and the plain aggregate."""

    name: str
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
    Figure("summary: cases", Unit.CASE, (), f"SELECT count(*) {_CASES}", election=None),
    Figure("summary: persons", Unit.PERSON, (), f"SELECT count(*) {_PERSONS}", election=None),
    Figure("summary: signatures", Unit.SIGNATURE, (), "SELECT count(*) FROM signature"),
    Figure("series, day by day", Unit.CASE, ("day",), _grouped(_DAY, _CASES)),
    Figure(
        "series of the campaign, by outcome",
        Unit.CASE,
        ("outcome",),
        f"SELECT pl.result, count(*) {_CASES} LEFT JOIN plenary pl ON pl.case_id = c.id"
        f" WHERE {_DAY} BETWEEN '2024-09-25' AND '2024-11-23' GROUP BY 1",
        period=CAMPAIGN,
    ),
    Figure("by stage (two elections)", Unit.CASE, ("stage",), _grouped(_DAY, _CASES, "true")),
    Figure("table: follow-up", Unit.PERSON, ("follow_up",), _grouped("f.status", _FOLLOWED)),
    Figure(
        "table: position", Unit.PERSON, ("position_group",), _grouped("position_group", _PERSONS)
    ),
    Figure(
        "cross: act and position",
        Unit.PERSON,
        ("violation_kind", "position_group"),
        _grouped("k.act, p.position_group", _ACTS),
    ),
    Figure(
        "cross: province and follow-up",
        Unit.PERSON,
        ("province", "follow_up"),
        f"SELECT left(c.region_code, 2), f.status, count(*) {_FOLLOWED} GROUP BY 1, 2",
    ),
    Figure("map of provinces", Unit.CASE, ("province",), _grouped(_PROVINCE, _CASES)),
    Figure("ranking of regencies", Unit.CASE, ("regency",), _grouped(_REGENCY, _CASES)),
    Figure(
        "map of a province",
        Unit.PERSON,
        ("regency",),
        _grouped(_REGENCY, _PERSONS, "c.region_code LIKE '74.%'"),
        area="74",
    ),
    Figure(
        "funnel",
        Unit.CASE,
        ("furthest_step",),
        "SELECT c.registered_at IS NOT NULL, pl.result, r.state, count(*)"
        f" {_CASES} LEFT JOIN plenary pl ON pl.case_id = c.id LEFT JOIN referral r"
        f" ON r.case_id = c.id WHERE c.election_code = '{E24}' GROUP BY 1, 2, 3",
    ),
    Figure(
        "clocks kept and broken",
        Unit.DEADLINE,
        ("kind", "outcome"),
        "SELECT step, outcome, count(*) FROM deadline_clock GROUP BY 1, 2",
        election=None,
    ),
    Figure(
        "days to each step",
        Unit.STEP,
        ("kind", "days"),
        f"SELECT c.decided_at::date - c.registered_at::date, count(*) {_CASES}"
        f" WHERE c.election_code = '{E24}' GROUP BY 1",
    ),
    Figure(
        "signatures by province",
        Unit.SIGNATURE,
        ("province",),
        "SELECT left(region_code, 2), count(*) FROM signature WHERE state = 'valid' GROUP BY 1",
    ),
    Figure(
        "attendance by province",
        Unit.ATTENDANCE,
        ("province",),
        "SELECT left(region_code, 2), count(DISTINCT (event_id, office_name, post))"
        " FROM check_in GROUP BY 1",
    ),
    Figure(
        "a regency, by status",
        Unit.CASE,
        ("status",),
        _grouped("c.state", _CASES, "c.region_code LIKE '74.02%'"),
        area="74.02",
    ),
)


async def ask_figures(url: str) -> None:
    """Ask each in turns with its plain aggregate, over one connection."""
    table = Table("figure", "p50 ms", "p95 ms", "plain ms", "ratio")
    slow = []
    async with opened_patiently(url) as sessions, sessions() as session:
        for figure in track(FIGURES, "figures", console=show):
            taken, plain = await _asked(session, figure)
            p50, p95 = median(taken), quantiles(taken, n=20)[18]
            ratio = f"{median(plain) / p50:.0f}"
            table.add_row(figure.name, f"{p50:.1f}", f"{p95:.1f}", f"{median(plain):.0f}", ratio)
            slow += [figure.name] if p95 >= AIM else []
    show.print(table)
    show.print(f"at p95 not below {AIM:.0f} ms: {', '.join(slow) or 'none'}")


async def _asked(session: AsyncSession, figure: Figure) -> tuple[Sequence[float], Sequence[float]]:
    taken, plain = list[float](), list[float]()
    for turn in range(TURNS):
        if turn % (TURNS // PLAIN_TURNS) == 0:
            began = perf_counter()
            await session.execute(text(figure.plain))
            plain.append(1_000 * (perf_counter() - began))
        began = perf_counter()
        await FigureRepository(session).count_by(figure.question, *figure.by)
        taken.append(1_000 * (perf_counter() - began))
    return taken, plain
