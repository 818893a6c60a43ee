"""Freezing the tables of one unit and election: what is counted, and what of it is shown."""

from asyncio import to_thread
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.forms import TextOut
from app.core.places import NATION
from app.core.texts import Text
from app.stats.files.frozen import FrozenTable, freeze_cells
from app.stats.models.tables import PublicTable
from app.stats.repository.figures import FigureRepository
from app.stats.repository.places import PlaceRepository
from app.stats.repository.questions import Question
from app.stats.repository.tables import PublicTableRepository
from app.stats.rules import dimensions, periods
from app.stats.rules.areas import Depth
from app.stats.rules.dimensions import Dimension
from app.stats.rules.disclosure import TOTAL, Cell, Shown, add_up
from app.stats.rules.facts import DAY, PROVINCE, REGENCY
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.periods import Period
from app.stats.rules.public import BREAKDOWNS, EXEMPT, NONE, Listed
from app.stats.rules.publishing import Asked, Table, disclose
from app.stats.rules.units import Unit

Names = Mapping[str, Text]
Last = Mapping[Dimension | None, Mapping[Cell, Shown]]


class Freezing:
    """Publishes the tables of a day, once."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.figures = FigureRepository(session)
        self.places = PlaceRepository(session)
        self.tables = PublicTableRepository(session)
        self.journal = Journal(session, SYSTEM, now)
        self.day = periods.today(now)
        self.now = now

    async def elections(self, unit: Unit) -> list[str]:
        """The elections with entries now or before; no election is always one of them."""
        known = await self.tables.with_entries(unit) | await self.tables.elections(unit, self.day)
        return sorted({election or NONE for election in known} | {NONE})

    async def freeze(self, unit: Unit) -> None:
        """Publish what was recorded before this day began, of all elections or of none; twice is
        once, and an election that appears later begins with the next day."""
        if await self.tables.find(unit, NONE, self.day):
            return
        names = await self._names()
        for election in await self.elections(unit):
            if not await self._freeze(unit, election, names):
                return

    async def _freeze(self, unit: Unit, election: str, names: Names) -> bool:
        last = {
            by: await self._last(Listed(unit, by).name, election)
            for by in (None, *BREAKDOWNS[unit])
        }
        counts = await self._counts(unit, election, last, names)
        shown = await to_thread(_disclose, unit, counts, last, self.day)
        for by, table in shown.items():
            whole = table if by is None else shown[None] | table
            if not await self._add(Listed(unit, by), election, whole, names):
                return False
        return True

    async def _add(self, listed: Listed, election: str, shown: Table, names: Names) -> bool:
        definition = DEFINITIONS[listed.unit]
        frozen = FrozenTable(
            definition=TextOut.model_validate(definition.text),
            definition_version=definition.version,
            time_zone=definition.time_zone,
            regions=_texts(
                {code: names[code] for code in sorted({c for c, _ in shown} | {NATION})}
            ),
            values=_texts(_values(listed, shown)),
            cells=freeze_cells(shown),
        )
        table = PublicTable(
            name=listed.name,
            election_code=election,
            day=self.day,
            payload=frozen.model_dump(mode="json"),
            frozen_at=self.now,
        )
        is_new = await self.tables.add(table)
        if is_new:
            await self.journal.record(
                "public_table.frozen", table, name=table.name, election=election
            )
        return is_new

    async def _counts(
        self, unit: Unit, election: str, last: Last, names: Names
    ) -> dict[Dimension | None, dict[Cell, int]]:
        """How many things there are in every leaf of the tree, also where there are none."""
        period = Period(until=self.day - timedelta(days=1))
        asked = Question(unit, "", period, "" if election == NONE else election)
        found = await self.figures.count_each(asked, [_told_by(by) for by in last])
        return {
            by: fill(_leaf_counts(counts, by, names), last[by], _leaves(names, by))
            for (by, counts) in zip(last, found, strict=True)
        }

    async def _last(self, name: str, election: str) -> dict[Cell, Shown]:
        table = await self.tables.before(name, election, self.day)
        return FrozenTable.model_validate(table.payload).shown() if table else {}

    async def _names(self) -> dict[str, Text]:
        """The regions of the tree by their names, with a leaf for what concerns each as a whole."""
        known = await self.places.names([NATION])
        known |= await self.places.regions("", Depth.PROVINCE)
        names = {code: Text(name, name) for code, name in known.items()}
        names.setdefault(NATION, Text("Indonesia", "Indonesia"))
        own = {
            f"{code}.00": Text(f"{name.id}, tanpa rincian", f"{name.en}, not of any one part")
            for code, name in names.items()
        }
        regencies = await self.places.regions("", Depth.REGENCY)
        return names | own | {code: Text(name, name) for code, name in regencies.items()}


def _told_by(by: Dimension | None) -> tuple[str, ...]:
    if by is Dimension.WEEK:
        return PROVINCE, DAY
    return (REGENCY,) if by is None else (REGENCY, by)


def _leaf_counts(
    counts: Mapping[tuple[str, ...], int], by: Dimension | None, names: Names
) -> Counter[Cell]:
    found = Counter[Cell]()
    for (region, *codes), count in counts.items():
        value = codes[0] if codes else TOTAL
        if by is Dimension.WEEK:
            value = periods.span_of(date.fromisoformat(value), Dimension.WEEK)
        found[_leaf(region, by, names), value] += count
    return found


def fill(found: Counter[Cell], last: Mapping[Cell, Shown], leaves: list[str]) -> dict[Cell, int]:
    """Every value in every leaf; also what nothing counts as any more, for what is withheld today
    must have another value to be exchanged with."""
    values = {value for _, value in found} | {value for _, value in last if value} or {TOTAL}
    return {(leaf, value): found[leaf, value] for leaf in leaves for value in values}


def _leaf(region: str, by: Dimension | None, names: Names) -> str:
    """Where a thing is counted: in what concerns a region as a whole, where it has no part."""
    weekly = by is Dimension.WEEK
    own = region == NATION or (len(region) == len(NATION) and not weekly)
    leaf = f"{region}.00" if own else region
    # A region that is no more was a part of one that is.
    parts = (leaf, f"{region[: len(NATION)]}.00", f"{NATION}.00")
    return next(each for each in parts if each in names)


def _leaves(names: Names, by: Dimension | None) -> list[str]:
    provinces = [code for code in names if len(code) == len(NATION) and code != NATION]
    below = [code for code in names if len(code) > len(NATION)]
    return [*provinces, f"{NATION}.00"] if by is Dimension.WEEK else below


def _parents(leaves: list[str]) -> dict[str, str]:
    above = {leaf: leaf[: len(NATION)] for leaf in leaves if len(leaf) > len(NATION)}
    provinces = {each: NATION for each in (*leaves, *above.values()) if len(each) == len(NATION)}
    return {child: parent for child, parent in (above | provinces).items() if child != NATION}


def _disclose(
    unit: Unit,
    counts: Mapping[Dimension | None, Mapping[Cell, int]],
    last: Last,
    day: date,
) -> dict[Dimension | None, Table]:
    parents = _parents([leaf for leaf, _ in counts[None]])
    if unit in EXEMPT:
        sums = {by: add_up(each, parents) for by, each in counts.items()}
        return {by: _all(each, last[by], day) for by, each in sums.items()}
    tables, totals = disclose(
        {by: Asked(counts[by], _apart(last[by])) for by in counts if by is not None},
        Asked(counts[None], last[None]),
        parents,
        day,
    )
    shown: dict[Dimension | None, Table] = {None: totals}
    return shown | tables


def _apart(shown: Mapping[Cell, Shown]) -> dict[Cell, Shown]:
    """The cells of a table without the totals, which belong to all tables of the unit."""
    return {cell: each for cell, each in shown.items() if cell[1] != TOTAL}


def _all(counts: Mapping[Cell, int], last: Mapping[Cell, Shown], day: date) -> Table:
    return {
        cell: last[cell] if cell in last and last[cell].count == count else Shown(count, day)
        for cell, count in counts.items()
        if count
    }


def _values(listed: Listed, shown: Table) -> dict[str, Text]:
    if listed.by is None:
        return {}
    found = sorted({value for _, value in shown} - {TOTAL})
    if listed.by is Dimension.WEEK:
        return {week: Text(week, week) for week in found}
    labels = dimensions.codes_of(listed.unit, listed.by)
    return labels | {code: dimensions.label_of(labels, code) for code in found}


def _texts(texts: Mapping[str, Text]) -> dict[str, TextOut]:
    return {code: TextOut.model_validate(text) for code, text in texts.items()}
