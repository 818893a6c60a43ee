"""What is kept of the figures equals what the tables tell, whatever was done in whatever order."""

from collections import Counter
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import update

from app.stats.models.figures import FigureCell, FigureFact
from app.stats.rules.facts import Cell, Thing, Told, cells_of, differences, moved
from app.stats.rules.units import Unit
from app.stats.service.rebuilding import Rebuilder
from tests.cases.advancing import today
from tests.referrals.forwarding import Cast, answered, decree
from tests.referrals.test_asn import DEMOTION, RELAY, sent
from tests.stats.folded import NOW, fold, wrong
from tests.stats.reading import counts, read


async def test_a_case_is_followed_to_its_sanction(cast: Cast) -> None:
    await fold(cast.sessions)
    others = await wrong(cast.sessions)  # tests that commit leave clocks on which nobody acted
    case, referral = await sent(cast)
    await fold(cast.sessions)
    assert await wrong(cast.sessions) == others
    before = await read(cast.client, "table", cast.member, unit="case", by="furthest_step")

    await answered(cast, referral, "acknowledgement", cast.bkn, number="B-1123/SBT/2024")
    await answered(cast, referral, "stages", cast.bkn, stage="jointly_verified")
    await answered(cast, referral, "stages", cast.member, stage="validated_by_bawaslu")
    relay = RELAY | {"letter_on": today(), "to_office_id": cast.agency}
    await answered(cast, referral, "relay", cast.bkn, **relay)
    await answered(cast, referral, "decision", cast.ppk, **decree(case, [DEMOTION]))
    await fold(cast.sessions)

    assert await wrong(cast.sessions) == others
    after = await read(cast.client, "table", cast.member, unit="case", by="furthest_step")
    assert (counts(before), counts(after)) == ({"forwarded": 1}, {"sanctioned": 1})
    again = await read(
        cast.client,
        "table",
        cast.member,
        unit="case",
        by="furthest_step",
        snapshot=str(before["snapshot"]),
    )
    assert counts(again) == {"forwarded": 1}
    assert (again["as_of"], again["total"]) == (before["as_of"], before["total"])


async def test_figures_made_anew_are_the_same(cast: Cast) -> None:
    await sent(cast)
    await fold(cast.sessions)
    async with cast.sessions.begin() as session:
        await Rebuilder(session, NOW).rebuild()

    assert await wrong(cast.sessions) == []


async def test_a_figure_that_somebody_changed_is_found(cast: Cast) -> None:
    await sent(cast)
    await fold(cast.sessions)
    async with cast.sessions.begin() as session:
        one = FigureCell.unit == Unit.CASE, FigureCell.by_a == "", FigureCell.area == ""
        await session.execute(update(FigureCell).where(*one).values(count=FigureCell.count + 1))
        fact = FigureFact.unit == Unit.PERSON
        await session.execute(update(FigureFact).where(fact).values(status="invented"))

    found = {each.unit: each for each in await wrong(cast.sessions)}

    assert found[Unit.CASE].cells == 2  # the right one is missing, and there is a wrong one
    assert found[Unit.PERSON].facts > 0


_CODES = some.sampled_from(["a", "b", "c"])
_TOLD = some.builds(
    Told,
    unit=some.just(Unit.PERSON),
    election_code=some.sampled_from(["", "pilkada-2024"]),
    region_code=some.sampled_from(["00", "73", "73.04", "73.04.01", "13.03"]),
    day=some.dates(date(2024, 9, 1), date(2024, 9, 3)),
    violation_kind=some.lists(_CODES, unique=True, max_size=2).map(tuple),
    kind=some.just(()),
    result_category=some.just(()),
    **{
        name: _CODES
        for name in Told._fields
        if name
        not in {"unit", "election_code", "region_code", "day", "violation_kind"}
        | {"kind", "result_category"}
    },
)
_THINGS = some.sampled_from([Thing(UUID(int=each), "") for each in range(4)])
_HISTORIES = some.lists(some.dictionaries(_THINGS, _TOLD, max_size=4), min_size=1, max_size=6)


@given(_HISTORIES)
def test_every_history_adds_up_to_what_is_there_in_the_end(
    history: list[dict[Thing, Told]],
) -> None:
    cells: Counter[Cell] = Counter()
    before: dict[Thing, Told] = {}
    for after in history:
        cells.update(moved(differences(before, after).changes))
        before = after

    anew = Counter(cell for told in before.values() for cell in cells_of(told))

    assert +cells == anew
    assert not -cells
