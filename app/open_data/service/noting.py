from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.service import Journal
from app.core.actors import SYSTEM
from app.core.texts import Text
from app.elections.repository import ElectionRepository
from app.open_data.models import PublicCorrection
from app.open_data.repository import CorrectionRepository
from app.open_data.rules.corrections import (
    Change,
    CorrectionKind,
    definition_title,
    definition_words,
    figure_title,
    figure_words,
)
from app.open_data.rules.tables import election_named, value_words
from app.stats.repository.places import PlaceRepository
from app.stats.repository.tables import PublicTableRepository
from app.stats.rules import periods
from app.stats.rules.meanings import DEFINITIONS
from app.stats.rules.public import ALL, TABLES, Listed
from app.stats.service.public import PublicTableService

Frozen = tuple[str, str, date]
"""A table by its name, its election, and its day."""


class CorrectionNoting:
    """Notes what the newest public tables say otherwise than those before them."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self.tables = PublicTableRepository(session)
        self.published = PublicTableService(session, now)
        self.corrections = CorrectionRepository(session)
        self.places = PlaceRepository(session)
        self.elections = ElectionRepository(session)
        self.journal = Journal(session, SYSTEM, now)
        self.now = now

    async def waiting(self) -> list[Frozen]:
        """The newest tables that nobody has looked through."""
        days = await self.tables.days(periods.today(self.now))
        newest = {(*key, last) for key, (_, last) in days.items() if key[0] in TABLES}
        since = min((day for _, _, day in newest), default=periods.today(self.now))
        return sorted(newest - await self.corrections.looked_through(since))

    async def note(self, frozen: Frozen) -> None:
        """Note what this table corrects, also when that is nothing; twice is once."""
        name, election, day = frozen
        await self._note_definition(TABLES[name], election, day)
        changes = await self._changes(frozen)
        title = figure_title(TABLES[name].title, await self._election(election), day)
        await self._add(
            frozen,
            CorrectionKind.FIGURE,
            len(changes),
            title,
            figure_words(changes) if changes else title,
        )

    async def _note_definition(self, table: Listed, election: str, day: date) -> None:
        versions = await self.corrections.versions(table.name, election, day)
        if len(set(versions)) <= 1:
            return
        now, before = versions
        words = definition_words(before, now, DEFINITIONS[table.unit].text)
        title = definition_title(table.title, day)
        await self._add((table.name, ALL, day), CorrectionKind.DEFINITION, 1, title, words)

    async def _add(
        self, frozen: Frozen, kind: CorrectionKind, changed: int, title: Text, words: Text
    ) -> None:
        name, election, day = frozen
        correction = PublicCorrection(
            name=name,
            election_code=election,
            day=day,
            kind=kind,
            changed=changed,
            payload={"title": title._asdict(), "words": words._asdict()},
            made_at=self.now,
        )
        if await self.corrections.add(correction) and changed:
            await self.journal.record("public_table.corrected", correction, name=name)

    async def _changes(self, frozen: Frozen) -> list[Change]:
        found = await self.published.corrections(*frozen)
        names = await self.places.names({each.region for each in found})
        values = value_words(TABLES[frozen[0]])
        return [
            Change(
                region=_region(each.region, names.get(each.region)),
                value=values.get(each.value, Text(each.value, each.value)) if each.value else None,
                before=each.before,
                now=each.now,
            )
            for each in found
        ]

    async def _election(self, code: str) -> Text:
        elections = await self.elections.find()
        names = {each.code: Text(each.name_id, each.name_en) for each in elections}
        return election_named(code, names)


def _region(code: str, name: str | None) -> Text:
    named = f"{name} ({code})" if name else code
    return Text(named, named)
