# ruff: noqa: PLC0415  what a command needs is imported when it runs, so that --help is quick
"""The commands of the figures: to make them anew, and to prove them."""

import asyncio
from typing import TYPE_CHECKING, Final

import typer

from app.cli.options import Data
from app.core.settings import Settings
from app.core.texts import Text

if TYPE_CHECKING:
    from app.stats.rules.units import Unit

stats = typer.Typer(help="Statistik · figures", no_args_is_help=True)

_EQUAL: Final = Text("Semua angka sama dengan sumbernya.", "All figures equal their source.")


@stats.command("rebuild")
def rebuild(data: Data = None) -> None:
    """Bandingkan semua angka dengan sumbernya, susun ulang yang berbeda · compare all figures with
    their source, and make anew what differs."""
    from app.cli.connection import connected
    from app.cli.screen import say

    with connected(data) as settings:
        units = asyncio.run(_rebuild(settings))
    say(_rebuilt(units) if units else _EQUAL)


@stats.command("check")
def check(data: Data = None) -> None:
    """Buktikan angka sama dengan sumbernya · prove that the figures equal their source."""
    from app.cli.connection import connected
    from app.cli.screen import say

    with connected(data) as settings:
        lines = asyncio.run(_check(settings))
    for line in lines:
        say(line, "bold red")
    if lines:
        raise typer.Exit(1)
    say(_EQUAL)


async def _rebuild(settings: Settings) -> "list[Unit]":
    from app.cli.analysing import analyse
    from app.core.database import opened_patiently
    from app.stats.service.rebuilding import AT_ONCE, KEPT, Rebuild
    from app.web.clock import present

    async with opened_patiently(str(settings.database_url), AT_ONCE) as sessions:
        units = await Rebuild(sessions, present()).carry_out()
    await analyse(str(settings.owner_url), KEPT)
    return units


def _rebuilt(units: "list[Unit]") -> Text:
    from app.stats.rules.units import UNITS

    names = [UNITS[each] for each in units]
    return Text(
        f"Disusun ulang: {', '.join(each.id for each in names)}.",
        f"Made anew: {', '.join(each.en for each in names)}.",
    )


async def _check(settings: Settings) -> list[Text]:
    from app.core.database import opened_patiently
    from app.stats.rules.units import UNITS
    from app.stats.service.folding import Folding
    from app.stats.service.rebuilding import Rebuilder
    from app.web.clock import present

    async with opened_patiently(str(settings.database_url)) as sessions:
        await Folding(sessions).fold(present())
        async with sessions.begin() as session:
            found = await Rebuilder(session, present()).check()
    return [
        Text(
            f"{UNITS[each.unit].id}: {each.facts} fakta dan {each.cells} hitungan keliru",
            f"{UNITS[each.unit].en}: {each.facts} facts and {each.cells} counts are wrong",
        )
        for each in found
        if each.facts or each.cells
    ]
