from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.core.paging import Slice
from app.core.texts import Text
from app.elections.repository import ElectionRepository
from app.open_data.files.addresses import Addresses
from app.open_data.files.catalogue import write_catalogue
from app.open_data.files.columns import read_columns
from app.open_data.files.feed import write_feed
from app.open_data.files.vocabulary import Node
from app.open_data.models import PublicCorrection
from app.open_data.repository import CorrectionRepository
from app.open_data.rules.corrections import Correction
from app.open_data.rules.datasets import Dataset, Snapshots
from app.open_data.rules.lists import list_datasets
from app.open_data.rules.outlook import FORECAST, forecast_dataset
from app.open_data.rules.tables import COLUMNS, election_named, table_dataset, value_codes
from app.open_data.schemas import DatasetOut, DictionaryOut
from app.open_data.service.describing import code_lists_out, dataset_out, described_out
from app.stats.repository.public_forecasts import PublicForecastRepository
from app.stats.repository.tables import PublicTableRepository
from app.stats.rules import periods
from app.stats.rules.public import ALL, TABLES
from app.stats.rules.units import UNITS, Unit

Labels = Mapping[str, Mapping[StrEnum, Text]]
Spans = Mapping[str, tuple[date, date]]


class OpenDataService:
    """Tells what is published, what it means, and what of it was corrected."""

    def __init__(self, session: AsyncSession, now: datetime, labels: Labels, at: Addresses) -> None:
        self.tables = PublicTableRepository(session)
        self.forecasts = PublicForecastRepository(session)
        self.corrections = CorrectionRepository(session)
        self.elections = ElectionRepository(session)
        self.labels = labels
        self.at = at
        self.today = periods.today(now)

    async def catalogue(self) -> Node:
        """The catalogue as it stands today: it changes when the tables of a day are frozen."""
        return write_catalogue(await self._datasets(), self.at, periods.midnight(self.today))

    async def dictionary(self) -> DictionaryOut:
        datasets = await self._datasets()
        lists = {**_plain(self.labels), **value_codes()}
        return DictionaryOut(
            datasets=[described_out(each) for each in datasets],
            code_lists=code_lists_out(datasets, lists),
        )

    async def describe(self, code: str) -> DatasetOut:
        found = {each.code: each for each in await self._datasets()}.get(code)
        if found is None:
            raise NotFound
        return dataset_out(found, self.at)

    async def feed(self, wanted: Slice) -> bytes:
        """One page of the corrections, the newest first."""
        page = await self.corrections.find(wanted)
        here = self.at.corrections_behind(wanted.cursor, wanted.limit)
        older = page.next_cursor and self.at.corrections_behind(page.next_cursor, wanted.limit)
        return write_feed([_told(each) for each in page.items], self.at, here, older)

    async def _datasets(self) -> list[Dataset]:
        columns = read_columns()
        spans = await self.tables.days(self.today)
        elections = await self.elections.find()
        names = {each.code: Text(each.name_id, each.name_en) for each in elections}
        tables = []
        for table in TABLES.values():
            found = {code: days for (name, code), days in spans.items() if name == table.name}
            tables.append(table_dataset(table, columns[COLUMNS], _snapshots(found, names)))
        forecast = forecast_dataset(columns[FORECAST], await self._forecasts(names))
        return [*tables, forecast, *list_datasets(columns)]

    async def _forecasts(self, names: Mapping[str, Text]) -> list[Snapshots]:
        """What was frozen of the forecast, each unit of each election by itself."""
        spans = await self.forecasts.days(self.today)
        return [
            Snapshots(code, _of_unit(election_named(code, names), unit), first, newest, unit)
            for (code, unit), (first, newest) in sorted(spans.items())
        ]


def _snapshots(spans: Spans, names: Mapping[str, Text]) -> list[Snapshots]:
    """What was frozen of a table, that of all elections first; it is the sum of the others."""
    if not spans:
        return []
    firsts, lasts = zip(*spans.values(), strict=True)
    every = {ALL: (min(firsts), max(lasts)), **dict(sorted(spans.items()))}
    return [
        Snapshots(code, election_named(code, names), first, newest)
        for code, (first, newest) in every.items()
    ]


def _of_unit(election: Text, unit: str) -> Text:
    label = UNITS[Unit(unit)]
    return Text(f"{election.id}, {label.id}", f"{election.en}, {label.en}")


def _plain(labels: Labels) -> dict[str, Mapping[str, Text]]:
    return {
        name: {code.value: text for code, text in codes.items()} for name, codes in labels.items()
    }


def _told(row: PublicCorrection) -> Correction:
    return Correction(
        name=row.name,
        election=row.election_code,
        day=row.day,
        kind=row.kind,
        made_at=row.made_at,
        title=Text(**row.payload["title"]),
        words=Text(**row.payload["words"]),
    )
