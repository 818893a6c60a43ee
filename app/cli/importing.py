"""Older cases, brought in by the operator for one office."""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from rich.markup import escape
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncSession

from app.cli.screen import errors, progress, say
from app.complaints.rules.importing import MOST_BYTES
from app.complaints.schemas.importing import ImportOut
from app.complaints.service.importing import ImportService, RowsRefused
from app.core.actors import SYSTEM, Actor
from app.core.crypto import Keyring
from app.core.keys import open_keyring, read_master_key
from app.core.places import area_of
from app.core.processes import CannotStart
from app.core.reference import Progress
from app.core.settings import Settings
from app.core.texts import Text
from app.main import connect
from app.offices.repository import OfficeRepository
from app.web.clock import present

UNKNOWN_OFFICE = Text("Kantor tidak ditemukan.", "There is no such office.")
TOO_LARGE = Text("Berkas ini lebih dari 20 MiB.", "This file is larger than 20 MiB.")
DONE = Text("Impor selesai.", "The import is done.")
WOULD_DO = Text("Uji coba: tidak ada yang disimpan.", "Dry run: nothing was kept.")


@dataclass(frozen=True)
class OldCases:
    """A file of older cases, and the office whose they are."""

    file: Path
    office_code: str
    dry_run: bool

    def read(self) -> bytes:
        try:
            with self.file.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as failure:
            reason = f"{self.file}: {failure.strerror}"
            raise CannotStart(
                Text(f"Berkas tidak terbaca: {reason}", f"The file cannot be read: {reason}")
            ) from failure
        if len(data) > MOST_BYTES:
            raise CannotStart(TOO_LARGE)
        return data


def import_cases(settings: Settings, cases: OldCases) -> int:
    """Import them and print the report; return the exit code, 1 where a row was bad."""
    data = cases.read()
    with progress() as bars:
        report = asyncio.run(_work(settings, cases, data, bars(cases.file.name)))
    return show(report, dry_run=cases.dry_run)


def show(report: ImportOut, *, dry_run: bool) -> int:
    """Print what was done, or every row that has to be mended."""
    if report.faults:
        say(RowsRefused.text, "bold red", errors)
        errors.print(_bad_rows(report))
    else:
        say(WOULD_DO if dry_run else DONE, "bold green")
    for count, what in (
        (report.rows, Text("baris", "rows")),
        (report.imported, Text("diimpor", "imported")),
        (report.already_there, Text("sudah ada", "already there")),
        (report.bad_rows, Text("baris salah", "bad rows")),
        (report.faults_left_out, Text("kesalahan lain tidak ditampilkan", "more faults")),
    ):
        say(Text(f"{count} {what.id}", f"{count} {what.en}"))
    return 1 if report.faults else 0


def _bad_rows(report: ImportOut) -> Table:
    table = Table("baris · line", "kolom · column", "kode · code", "arti · meaning")
    for fault in report.faults:
        said = escape(f"{fault.message.id} · {fault.message.en}")
        table.add_row(str(fault.line), fault.column or "", fault.code, said)
    return table


async def _work(settings: Settings, cases: OldCases, data: bytes, progress: Progress) -> ImportOut:
    sessions = connect(settings)
    try:
        keys = await open_keyring(sessions, read_master_key(settings))
        async with sessions.begin() as session:
            service = await _service(session, cases.office_code, keys)
            return await service.take_over(data, progress, validate_only=cases.dry_run)
    except RowsRefused as refusal:
        return refusal.report
    finally:
        await sessions.kw["bind"].dispose()


async def _service(session: AsyncSession, office_code: str, keys: Keyring) -> ImportService:
    return ImportService(session, await _actor(session, office_code), present(), keys)


async def _actor(session: AsyncSession, office_code: str) -> Actor:
    """The system, seeing no more than the office does."""
    office = await OfficeRepository(session).named(office_code)
    if office is None:
        raise CannotStart(UNKNOWN_OFFICE)
    return replace(SYSTEM, area=area_of(office.region_code), office_id=office.id)
