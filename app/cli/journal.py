"""`netra verify journal`: the journal is held against the log that commits to it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import typer

from app.cli.connection import connected
from app.cli.log_source import as_text, read_file
from app.cli.screen import errors, say
from app.cli.verifying import Trust, accept, answer
from app.core.database import open_engine, open_sessions
from app.core.settings import Settings
from app.core.texts import Text
from app.ledger.rules.checkpoints import Checkpoint
from app.ledger.rules.findings import WORDS, Finding, FindingKind
from app.ledger.service.auditing import JournalAudit

UNTOUCHED = Text("Jurnal utuh.", "The journal is as it was written.")


def audit_journal(data: Path | None, keys: Sequence[str], saved: Sequence[Path]) -> int:
    """Look for all that was done to the journal behind the service; return the exit code."""
    kept: list[Checkpoint] = []

    def read_saved() -> None:
        if saved:
            policy = Trust(keys, (), 0).policy()
            kept.extend(accept(policy, as_text(read_file(file)))[0] for file in saved)

    unread = answer(read_saved)
    if unread:
        return unread
    with connected(data) as settings:
        found = asyncio.run(_audit(settings, kept))
    for finding in found:
        typer.echo(_line(finding))
    if not found:
        say(UNTOUCHED, "bold green", errors)
    return 1 if found else 0


async def _audit(settings: Settings, saved: Sequence[Checkpoint]) -> list[Finding]:
    engine = open_engine(str(settings.database_url))
    try:
        return await JournalAudit(open_sessions(engine), saved).findings()
    finally:
        await engine.dispose()


def _line(finding: Finding) -> str:
    """Kind, place and entry in columns, then the words in both languages."""
    is_size = finding.kind in (FindingKind.REWRITTEN, FindingKind.ROLLED_BACK)
    place = "-" if finding.index is None else f"{'size' if is_size else 'leaf'} {finding.index}"
    words = WORDS[finding.kind]
    entry = finding.entry_id or "-"
    return f"{finding.kind}\t{place}\t{entry}\t{words.id} · {words.en}"
