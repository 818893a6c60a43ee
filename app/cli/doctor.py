"""Examines an installation, and says for each thing that is wrong what to do about it."""

import asyncio
from pathlib import Path

from rich.markup import escape
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app.cli.checks import CHECKS, Check, Patient
from app.cli.connection import connected
from app.cli.screen import console
from app.core.crypto import KeyFault
from app.core.settings import Settings
from app.core.texts import Text


def examine(data: Path | None) -> int:
    """Carry out every check; return the exit code."""
    with connected(data) as settings:
        remedies = asyncio.run(_examine(settings))
    return 1 if any(remedies) else 0


async def _examine(settings: Settings) -> list[Text | None]:
    engines = [
        create_async_engine(str(url), poolclass=NullPool)
        for url in (settings.database_url, settings.owner_url)
    ]
    patient = Patient(settings, *engines)
    return [await _carry_out(name, check, patient) for name, check in CHECKS]


async def _carry_out(name: Text, check: Check, patient: Patient) -> Text | None:
    try:
        remedy = await check(patient)
    except (OSError, SQLAlchemyError, KeyFault) as failure:
        words = str(failure).splitlines()[0] if str(failure) else type(failure).__name__
        remedy = Text(f"gagal: {words}", f"failed: {words}")
    mark = "[green]✓[/green]" if remedy is None else "[red]✗[/red]"
    console.print(f"{mark} {name.id} [dim]· {name.en}[/dim]")
    if remedy is not None:
        console.print(f"    {escape(remedy.id)}\n    [dim]{escape(remedy.en)}[/dim]")
    return remedy
