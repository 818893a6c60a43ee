"""`netra keys rotate --master`: the data keys are wrapped by a new master key."""

import asyncio
from pathlib import Path

from app.cli.keys import owners
from app.cli.screen import say
from app.core.crypto import KeyFault, MasterKey
from app.core.key_files import replace_key_file
from app.core.keys import open_keyring, read_master_key
from app.core.processes import CannotStart
from app.core.rewrapping import rewrap_keys
from app.core.settings import Settings
from app.core.texts import Text

KEEP = Text(
    "Simpan salinan kunci induk baru terpisah dari cadangan; yang lama masih diperlukan selama"
    " cadangan lama disimpan.",
    "Keep a copy of the new master key apart from the backups; the old one is needed for as long"
    " as backups of before are kept.",
)


def rotate_master(settings: Settings, new_file: Path | None) -> None:
    """Swap our own key file, or wrap under the key of another file, which the operator names."""
    try:
        if new_file is None:
            asyncio.run(_swap(settings, _own_file(settings)))
        else:
            asyncio.run(_wrap_under(settings, new_file))
    except KeyFault as fault:
        raise CannotStart(Text(f"Kunci induk tidak cocok: {fault}", str(fault))) from fault
    say(KEEP, "bold")


def fresh_of(path: Path) -> Path:
    """Where the new key lies until the data keys are wrapped by it."""
    return path.with_name(f"{path.name}.new")


def _old_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.old")


def _own_file(settings: Settings) -> Path:
    if settings.master_key is not None or settings.master_key_file is not None:
        raise CannotStart(
            Text(
                "Kunci induk Anda sendiri: sebutkan berkas yang baru dengan --new-master-file.",
                "The master key is one of your own: name the new file with --new-master-file.",
            )
        )
    if not settings.key_file.exists():
        raise CannotStart(
            Text(f"{settings.key_file} tidak ada.", f"{settings.key_file} is missing.")
        )
    return settings.key_file


async def _swap(settings: Settings, path: Path) -> None:
    """Each step leaves something by which the next run knows how far this one came."""
    fresh, old = fresh_of(path), _old_of(path)
    async with owners(settings) as sessions:
        if fresh.exists() or not old.exists():
            new = MasterKey.from_file(fresh)
            await rewrap_keys(sessions, MasterKey.from_file(path), new)
            replace_key_file(path, fresh, old)
        await open_keyring(sessions, read_master_key(settings))
    old.unlink()
    say(
        Text(
            f"{path} diganti; proses yang berjalan tidak perlu dimulai lagi.",
            f"{path} is replaced; running processes go on and need no restart.",
        ),
        "green",
    )


async def _wrap_under(settings: Settings, new_file: Path) -> None:
    async with owners(settings) as sessions:
        new = MasterKey.from_file(new_file)
        await rewrap_keys(sessions, read_master_key(settings), new)
        await open_keyring(sessions, new)
    say(
        Text(
            f"Kunci data kini dibungkus oleh {new_file}. Sebutkan di NETRA_MASTER_KEY_FILE (atau"
            " isinya di NETRA_MASTER_KEY), lalu mulai lagi setiap proses sebelum rotasi kunci data"
            " berikutnya; sampai saat itu semua tetap bekerja.",
            f"The data keys are now wrapped by {new_file}. Name it in NETRA_MASTER_KEY_FILE (or its"
            " content in NETRA_MASTER_KEY) and start every process again before the next rotation"
            " of data keys; until then all of them go on working.",
        ),
        "green",
    )
