"""Whoever kept a checkpoint notices whatever is done to the log behind it.

The owner of the database tampers, the service goes on publishing, and somebody outside checks, who
knows the key, a checkpoint from before, and what everybody can fetch.
"""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.crypto import Keyring, MasterKey
from app.core.database import Sessions
from app.core.keys import open_keyring
from app.ledger.jobs import Publishing
from app.ledger.rules.edges import LogBroken
from app.ledger.rules.logs import LogName
from app.ledger.rules.tiles import ENTRIES, tile_path, tiles_at
from app.web.clock import present
from tests.conftest import MASTER_KEY
from tests.ledger.adding import add
from tests.ledger.committing import DERIVED, tamper

PROGRAM = (sys.executable, "-I", Path("app/ledger/data/netra_verify.py").absolute())
CHANGED = "the first 300 leaves are not those of a checkpoint"
LOG = "/api/v1/ledger/declarations"
PUBLISHED_ANEW = [f"DELETE FROM {table.__tablename__}" for table in DERIVED[1:]]  # noqa: S608
DELETED = [
    "DELETE FROM ledger_leaf WHERE log = 'declarations' AND index = 7",
    "UPDATE ledger_leaf SET index = -index WHERE log = 'declarations' AND index > 7",
    "UPDATE ledger_leaf SET index = -index - 1 WHERE log = 'declarations' AND index < 0",
    "UPDATE ledger_log SET size = size - 1",
]
INSERTED = [
    "UPDATE ledger_leaf SET index = -index WHERE log = 'declarations' AND index >= 7",
    "UPDATE ledger_leaf SET index = -index + 1 WHERE log = 'declarations' AND index < 0",
    "INSERT INTO ledger_leaf SELECT log, 7, data, region_id, subject_id FROM ledger_leaf"
    " WHERE log = 'declarations' AND index = 0",
    "UPDATE ledger_log SET size = size + 1",
]
ALTERED = ["UPDATE ledger_leaf SET data = 'lain' WHERE log = 'declarations' AND index = 7"]
REORDERED = [
    "UPDATE ledger_leaf a SET data = b.data, subject_id = b.subject_id FROM ledger_leaf b"
    " WHERE a.log = 'declarations' AND b.log = 'declarations' AND a.index + b.index = 15"
    " AND a.index IN (7, 8)"
]
ROLLED_BACK = [
    "DELETE FROM ledger_leaf WHERE log = 'declarations' AND index >= 290",
    "UPDATE ledger_log SET size = 290",
]


class Outsider:
    """Somebody who keeps a checkpoint, mirrors the log, and runs the verifier that we hand out."""

    def __init__(self, client: AsyncClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.key = ""

    async def keep(self) -> Path:
        """Keep the key, as from paper, and the checkpoint of today."""
        self.key = (await self._fetch("key")).decode().strip()
        saved = self.folder / "saved"
        saved.write_bytes(await self._fetch("checkpoint"))
        return saved

    async def notices(self, saved: Path) -> str:
        """What the verifier objects to, or nothing."""
        note = await self._fetch("checkpoint")
        size = int(note.split(b"\n")[1])
        (self.folder / "checkpoint").write_bytes(note)
        for tile in tiles_at(ENTRIES, size):
            path = tile_path(tile.level, tile.index, tile.width)
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(await self._fetch(path))
        return await asyncio.to_thread(self._run, saved)

    def _run(self, saved: Path) -> str:
        done = subprocess.run(  # noqa: S603  our own program
            [*PROGRAM, "log", self.folder, saved, "--plain", "--key", self.key],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stderr if done.returncode else ""

    async def _fetch(self, path: str) -> bytes:
        answer = await self.client.get(f"{LOG}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.content


@dataclass(frozen=True)
class Scene:
    """A log of 300 leaves, who owns its database, and who kept its checkpoint elsewhere."""

    sessions: Sessions
    publish: Publishing
    owner: AsyncEngine
    outsider: Outsider
    saved: Path

    async def grow(self, number: int) -> None:
        await add(self.sessions, number, word=b"kemudian")
        with suppress(LogBroken):
            await self.publish()

    async def noticed(self) -> str:
        return await self.outsider.notices(self.saved)


@pytest.fixture
async def scene(
    whole_app: FastAPI, committed: Sessions, owner: AsyncEngine, tmp_path: Path
) -> AsyncIterator[Scene]:
    keys: Keyring = await open_keyring(committed, MasterKey.from_base64(MASTER_KEY))
    publish = Publishing(committed, keys, present, LogName.DECLARATIONS)
    whole_app.state.sessions, whole_app.state.keys = committed, keys
    await add(committed, 300)
    await publish()
    transport = ASGITransport(app=whole_app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        outsider = Outsider(client, tmp_path)
        yield Scene(committed, publish, owner, outsider, await outsider.keep())


async def test_a_log_that_only_grew_is_found_in_order(scene: Scene) -> None:
    await scene.grow(250)

    assert await scene.noticed() == ""


@pytest.mark.parametrize(
    "tampering",
    [ALTERED, DELETED, INSERTED, REORDERED],
    ids=["altered", "deleted", "inserted", "reordered"],
)
@pytest.mark.parametrize("covering", [[], PUBLISHED_ANEW], ids=["left as it is", "published anew"])
async def test_a_changed_leaf_is_noticed(
    scene: Scene, tampering: Sequence[str], covering: Sequence[str]
) -> None:
    await tamper(scene.owner, *tampering, *covering)
    await scene.grow(10)

    assert CHANGED in await scene.noticed()


async def test_a_day_that_was_rolled_back_is_noticed_at_once(scene: Scene) -> None:
    await tamper(scene.owner, *ROLLED_BACK, *PUBLISHED_ANEW)
    await scene.publish()

    assert "the log has become smaller" in await scene.noticed()


async def test_a_day_that_was_rolled_back_is_noticed_when_the_log_has_grown_again(
    scene: Scene,
) -> None:
    await tamper(scene.owner, *ROLLED_BACK, *PUBLISHED_ANEW)
    await scene.grow(100)

    assert CHANGED in await scene.noticed()


async def test_the_service_signs_nothing_more_when_its_own_leaves_do_not_fit(
    scene: Scene,
) -> None:
    at_the_end = [each.replace("index = 7", "index = 299") for each in ALTERED]
    await tamper(scene.owner, *at_the_end, "DELETE FROM ledger_edge")
    await add(scene.sessions, 10)

    with pytest.raises(LogBroken):
        await scene.publish()
