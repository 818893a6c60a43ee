"""Who has most, and every region of a map."""

from app.core.errors import Fault, Invalid
from app.core.texts import Text
from app.stats.rules import areas
from app.stats.rules.dimensions import TIMES, Dimension
from app.stats.rules.quantiles import share
from app.stats.rules.ranking import rank
from app.stats.rules.units import Unit
from app.stats.schemas.answers import words
from app.stats.schemas.ranking import (
    MapFilter,
    MapOut,
    MapRowOut,
    RankedOut,
    RankingFilter,
    RankingOut,
)
from app.stats.service.asking import Asking, overlap

NO_ORDER_OF_DAYS = Fault(
    "/by",
    "not-ranked-by-time",
    Text("Waktu tidak diperingkatkan; gunakan deret.", "Time is not ranked; ask for a series."),
)


class RankingService:
    """Regions and codes by what they have."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.figures = asking.figures

    async def rank(self, wanted: RankingFilter) -> RankingOut:
        if wanted.by in TIMES:
            raise Invalid(NO_ORDER_OF_DAYS)
        asked = await self.asking.question(wanted, wanted.unit)
        counts = await self.asking.count(asked, wanted.by, wanted.level)
        ranking = rank(counts, wanted.top)
        shown = [each.key for each in ranking.shown]
        labels = await self.asking.labels_of(asked, wanted.by, wanted.level, shown)
        total = (await self.asking.heard(asked)).number
        about = await self.asking.about(asked, *overlap(asked.unit, wanted.by))
        rows = [
            RankedOut(
                key=each.key,
                label=words(labels[each.key]),
                rank=each.rank,
                count=each.count,
                share=share(each.count, total),
                tied=each.tied,
            )
            for each in ranking.shown
        ]
        said = {"by": wanted.by, "total": total, "equals_left_out": ranking.equals_left_out}
        return RankingOut(**dict(about) | said | {"rows": rows})

    async def map(self, wanted: MapFilter) -> MapOut:
        """Every region of a level; one of which nothing at all is known is silent."""
        asked = await self.asking.question(wanted, wanted.unit)
        depth = areas.depth_of(asked.area, wanted.level)
        counts = await self.asking.count(asked, Dimension.REGION, depth)
        regions = await self.asking.places.regions(asked.area, depth)
        units = [unit for unit in Unit if areas.is_counted(unit, asked.area)]
        speaking = await self.figures.speaking(asked, units, depth)
        rows = [
            MapRowOut(
                key=code,
                label=words(Text(name, name)),
                count=counts[code],
                silent=code not in speaking,
            )
            for code, name in regions.items()
        ]
        total = sum(counts.values())
        elsewhere = total - sum(row.count for row in rows)
        about = await self.asking.about(asked)
        said = {"level": depth, "total": total, "elsewhere": elsewhere}
        return MapOut(**dict(about) | said | {"rows": rows})
