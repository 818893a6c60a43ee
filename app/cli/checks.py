"""What `netra doctor` looks at: each check returns what to do, or nothing when all is well."""

import os
import shutil
import stat
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.cli.master import fresh_of
from app.core.crypto import WrappedKey
from app.core.database import Base
from app.core.keys import read_keys, read_master_key
from app.core.models import DataKey
from app.core.processes import CannotStart
from app.core.rotation import is_unfinished
from app.core.settings import Settings
from app.core.texts import Text
from app.correspondence.files.smtp import MailServer
from app.ledger.rules.logs import LogName
from app.ledger.service.lagging import LedgerLag
from app.main import schema_head
from app.stats.service.folding import lag_of, signed_lag_of
from app.web.clock import present

ROOM = 2**30
DRIFT_SECONDS = 2.0
YEAR_SECONDS = 366 * 86_400
CHAIN_SECONDS = 60
# Their counting rests up to half a minute after a round that took long.
SIGNED_SECONDS = 120
# The journal is published once an hour, on purpose.
PUBLISH_SECONDS = {LogName.DECLARATIONS: 60, LogName.CIRCULARS: 60, LogName.JOURNAL: 2 * 3_600}


@dataclass(frozen=True)
class Patient:
    """What is examined."""

    settings: Settings
    application: AsyncEngine
    owner: AsyncEngine


Check: TypeAlias = Callable[[Patient], Awaitable[Text | None]]


async def check_database(patient: Patient) -> Text | None:
    for engine in (patient.application, patient.owner):
        async with engine.connect() as connection:
            broken = await connection.scalar(
                text("SELECT sum(checksum_failures) FROM pg_stat_database")
            )
    if not broken:
        return None
    return Text(
        f"{broken} halaman data rusak: periksa disk dan pulihkan cadangan.",
        f"{broken} pages of data are damaged: check the disk and restore a backup.",
    )


async def check_schema(patient: Patient) -> Text | None:
    async with patient.owner.connect() as connection:
        exists = await connection.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL"))
        query = text("SELECT version_num FROM alembic_version")
        revision = await connection.scalar(query) if exists else None
    if revision == schema_head():
        return None
    return Text("Jalankan: netra migrate", f"Run: netra migrate (it is at {revision}).")


async def check_roles(patient: Patient) -> Text | None:
    """The application's role works on rows, cannot alter tables, and cannot change the past."""
    known = Base.metadata.tables.values()
    past = [table.name for table in known if table.info.get("append_only")]
    async with patient.application.connect() as connection:
        row = await connection.execute(
            text(PRIVILEGES), {"past": past, "all": [table.name for table in known]}
        )
    may_create, may_change, misses = row.one()
    if misses:
        return Text(
            f"Hak akses kurang pada {misses}; jalankan: netra migrate",
            f"Privileges are missing on {misses}; run: netra migrate",
        )
    if may_create or may_change:
        return Text(
            "Peran aplikasi dapat mengubah tabel atau jurnal: pakai peran yang bukan pemilik di"
            " DATABASE_URL, pemiliknya di DATABASE_URL_DIRECT, lalu jalankan: netra migrate",
            "The application's role can alter tables or the journal: name a role that owns nothing"
            " in DATABASE_URL and the owner in DATABASE_URL_DIRECT, then run: netra migrate",
        )
    return None


PRIVILEGES = """
SELECT has_schema_privilege('public', 'CREATE'),
       count(*) FILTER (WHERE relname = ANY (:past)
                        AND has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE')) > 0,
       string_agg(relname, ', ') FILTER (WHERE NOT has_table_privilege(oid, 'SELECT')
                                         OR NOT has_table_privilege(oid, 'INSERT'))
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname = ANY (:all)
"""


async def check_keys(patient: Patient) -> Text | None:
    """The master key is ours alone, and is the one under which the data keys were wrapped."""
    settings, file = patient.settings, patient.settings.key_file
    if settings.master_key is None:
        if not file.exists():
            return Text(
                f"{file} belum ada: `netra serve` membuatnya; bila sudah ada data, pulihkan dari"
                " cadangan.",
                f"{file} is missing: `netra serve` makes it; if there is data, restore it from a"
                " backup.",
            )
        if stat.S_IMODE(file.stat().st_mode) != stat.S_IRUSR | stat.S_IWUSR:
            return Text(f"Jalankan: chmod 600 {file}", f"Run: chmod 600 {file}")
    master = read_master_key(settings)
    if fresh_of(file).exists():
        return Text("Jalankan: netra keys rotate --master", "Run: netra keys rotate --master")
    async with patient.owner.connect() as connection:
        query = select(DataKey.id, DataKey.purpose, DataKey.wrapped)
        for row in await connection.execute(query.where(DataKey.retired_at.is_(None))):
            master.unwrap(WrappedKey(*row))
    return None


async def check_rotation(patient: Patient) -> Text | None:
    """No rotation stopped halfway, and no key has been in use for longer than a year."""
    async with AsyncSession(patient.owner) as session:
        keys = await read_keys(session)
    if is_unfinished(keys):
        return Text(
            "Rotasi kunci belum selesai; bila tidak sedang berjalan: netra keys rotate",
            "A rotation of keys is unfinished; if none is running, run: netra keys rotate",
        )
    newest = {key.purpose: key for key in sorted(keys, key=lambda key: key.generation)}
    if any(-key.starts_in > YEAR_SECONDS for key in newest.values()):
        return Text(
            "Kunci sudah dipakai lebih dari setahun; jalankan: netra keys rotate",
            "A key has been in use for more than a year; run: netra keys rotate",
        )
    return None


async def check_folders(patient: Patient) -> Text | None:
    folder = patient.settings.data.absolute()
    if not os.access(folder, os.W_OK | os.X_OK):
        return Text(f"Tidak dapat menulis di {folder}.", f"Cannot write in {folder}.")
    if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Text(f"Jalankan: chmod go-w {folder}", f"Run: chmod go-w {folder}")
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        return Text(
            f"Sisa ruang disk {free // 2**20} MB: kosongkan atau perbesar.",
            f"Only {free // 2**20} MB of disk are left: free some, or enlarge it.",
        )
    return None


async def check_clock(patient: Patient) -> Text | None:
    """Legal deadlines hang on the hour: this machine and the database must agree on it."""
    async with patient.owner.connect() as connection:
        theirs = await connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
    drift = abs(time.time() - float(theirs or 0))
    if drift < DRIFT_SECONDS:
        return None
    return Text(
        f"Jam berselisih {drift:.0f} detik dengan basis data: nyalakan NTP di kedua mesin.",
        f"The clock is {drift:.0f} seconds off the database's: turn on NTP on both machines.",
    )


async def check_mail(patient: Patient) -> Text | None:
    """The mail server, where one is named, takes our line and our login; no letter is sent."""
    try:
        server = MailServer.of(patient.settings)
    except CannotStart as obstacle:
        return obstacle.text
    if server is None or await server.lets_in():
        return None
    return Text(
        "Server surel tidak menerima kami: periksa host, STARTTLS, dan sandi di NETRA_SMTP_URL.",
        "The mail server does not let us in: check host, STARTTLS and password in NETRA_SMTP_URL.",
    )


async def check_ledger(patient: Patient) -> Text | None:
    """What was signed and done comes into the logs, under a checkpoint and into the figures, when
    it should."""
    async with AsyncSession(patient.owner) as session:
        lag = LedgerLag(session, present())
        late = [
            (Text("jurnal → log", "journal → log"), await lag.chain(), CHAIN_SECONDS),
            *[
                (Text(f"log {log}", f"log {log}"), await lag.publishing(log), seconds)
                for log, seconds in PUBLISH_SECONDS.items()
            ],
            (Text("statistik", "figures"), await lag_of(session, present()), CHAIN_SECONDS),
            (
                Text("statistik tanda tangan", "figures of signatures"),
                await signed_lag_of(session, present()),
                SIGNED_SECONDS,
            ),
        ]
    behind = [(what, seconds) for what, seconds, most in late if seconds > most]
    if not behind:
        return None
    return Text(
        f"Tertinggal: {_listed((what.id, seconds) for what, seconds in behind)}. Jalankan: netra"
        " worker; bila sudah berjalan, baca catatannya, lalu: netra verify journal",
        f"Behind: {_listed((what.en, seconds) for what, seconds in behind)}. Run: netra worker; if"
        " it runs, read what it logs, then run: netra verify journal",
    )


def _listed(behind: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{what} {seconds:.0f} s" for what, seconds in behind)


CHECKS: tuple[tuple[Text, Check], ...] = (
    (Text("basis data", "database"), check_database),
    (Text("skema", "migrations"), check_schema),
    (Text("peran", "roles"), check_roles),
    (Text("kunci", "keys"), check_keys),
    (Text("rotasi kunci", "rotation of keys"), check_rotation),
    (Text("folder dan disk", "folders and disk"), check_folders),
    (Text("jam", "clock"), check_clock),
    (Text("surel", "e-mail"), check_mail),
    (Text("log terbuka", "open logs"), check_ledger),
)
