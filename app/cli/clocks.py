"""The law of time on the operator's screen: its rules, and what a change of it would move."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from rich.markup import escape
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.cli.screen import console, errors, say
from app.clocks.repository.law import LawRepository
from app.clocks.rules.labels import LABELS
from app.clocks.rules.norms import DeadlineRule
from app.clocks.rules.recounting import Move
from app.clocks.schemas.previews import ProposalIn
from app.clocks.service.previews import PreviewService
from app.core.actors import SYSTEM
from app.core.errors import Invalid
from app.core.processes import CannotStart
from app.core.settings import Settings
from app.core.texts import Text
from app.main import connect
from app.web.clock import present

MOST_BYTES: Final = 2**20
TOO_LARGE: Final = Text("Berkas ini lebih dari 1 MiB.", "This file is larger than 1 MiB.")
UNREADABLE: Final = Text(
    "Berkas ini bukan usulan seperti pada POST /clocks/preview.",
    "This file is no proposal as POST /clocks/preview takes it.",
)
NOTHING_CHANGED: Final = Text("Tidak ada yang diubah.", "Nothing was changed.")


def preview_change(settings: Settings, file: Path) -> int:
    """Print every open clock that a proposal would move; return the exit code, 1 for a bad one."""
    form = read_proposal(file)
    try:
        moves = asyncio.run(_moves(settings, form))
    except Invalid as refusal:
        for fault in refusal.faults:
            pointer = fault.pointer or "/"
            say(Text(f"{pointer}: {fault.message.id}", fault.message.en), "bold red", errors)
        return 1
    _show(moves)
    say(Text(f"{len(moves)} tenggat akan bergeser.", f"{len(moves)} clocks would move."), "bold")
    say(NOTHING_CHANGED)
    return 0


def show_rules(settings: Settings) -> None:
    """Print the deadline rules in all their versions."""
    for rule in sorted(asyncio.run(_rules(settings)), key=lambda rule: (rule.code, rule.version)):
        valid = f"{rule.valid_from} .. {rule.valid_to or ''}"
        time = _time(rule)
        console.print(
            f"{rule.code:<40} v{rule.version:<3} {valid:<24} {time.id:<34} {rule.confidence}"
            f"  [dim]· {time.en}[/dim]"
        )


def read_proposal(file: Path) -> ProposalIn:
    """A proposal out of a file, or a sentence for the operator."""
    try:
        written = file.read_bytes()
    except OSError as failure:
        reason = f"{file}: {failure.strerror}"
        raise CannotStart(
            Text(f"Berkas tidak terbaca: {reason}", f"The file cannot be read: {reason}")
        ) from failure
    if len(written) > MOST_BYTES:
        raise CannotStart(TOO_LARGE)
    try:
        return ProposalIn.model_validate(json.loads(written))
    except ValidationError as broken:
        for each in broken.errors():
            place = "/".join(map(str, each["loc"]))
            errors.print(escape(f"/{place}: {each['msg']}"))
        raise CannotStart(UNREADABLE) from broken
    except ValueError as broken:
        raise CannotStart(UNREADABLE) from broken


async def _moves(settings: Settings, form: ProposalIn) -> list[Move]:
    async with _reading(settings) as session:
        service = PreviewService(session, SYSTEM, present())
        return [move async for moves in service.look(form) for move in moves]


async def _rules(settings: Settings) -> Sequence[DeadlineRule]:
    async with _reading(settings) as session:
        return (await LawRepository(session).read()).rules


@asynccontextmanager
async def _reading(settings: Settings) -> AsyncIterator[AsyncSession]:
    """A unit of work that the database itself keeps from changing anything."""
    sessions = connect(settings)
    try:
        async with sessions.begin() as session:
            await session.execute(text("SET TRANSACTION READ ONLY"))
            yield session
    finally:
        await sessions.kw["bind"].dispose()


def _show(moves: Sequence[Move]) -> None:
    """One line each, first due first."""
    for move in sorted(moves, key=lambda move: move.clock.due_at):
        clock, step = move.clock, LABELS["deadline_step"][move.clock.step]
        console.print(
            f"{clock.id} {clock.region_code:<13} {clock.due_on} → {move.due.due_on}  {step.id}"
            f"  [dim]· {step.en}[/dim]"
        )


def _time(rule: DeadlineRule) -> Text:
    """How long, and how long in all with the extension."""
    units = LABELS["deadline_unit"]
    unit = units[rule.unit]
    plain = Text(f"{rule.amount} {unit.id}", f"{rule.amount} {unit.en}")
    if rule.extended_amount is None or rule.extended_unit is None:
        return plain
    amount, longer = rule.extended_amount, units[rule.extended_unit]
    return Text(f"{plain.id}, {amount} {longer.id}", f"{plain.en}, {amount} {longer.en}")
