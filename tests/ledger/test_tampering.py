"""Whoever kept a checkpoint notices whatever is done to the log behind it.

The owner of the database tampers, the service goes on publishing, and somebody outside checks, who
knows the key, a checkpoint from before, and what everybody can fetch.
"""


from httpx import AsyncClient

from app.ledger.rules.checkpoints import Checkpoint, open_checkpoint
from app.ledger.rules.merkle import Frontier, ProofWrong, leaf_hash
from app.ledger.rules.notes import NoteVerifier
from app.ledger.rules.tiles import ENTRIES, read_bundle, tile_path, tiles_at
from tests.ledger.committing import DERIVED

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
    """Somebody who trusts nothing here but the key."""

    def __init__(self, client: AsyncClient, log: NoteVerifier) -> None:
        self.client = client
        self.log = log

    async def checkpoint(self) -> Checkpoint:
        note = (await self._fetch("checkpoint")).decode()
        return open_checkpoint(note, self.log)

    async def check(self, saved: Checkpoint) -> None:
        """Recount the log from its entries: it begins with the saved one, and all is signed."""
        now = await self.checkpoint()
        known = {saved.size: saved.root, now.size: now.root}
        frontier = Frontier()
        for tile in tiles_at(ENTRIES, now.size):
            for entry in read_bundle(await self._fetch(tile_path(*_place(tile)))):
                frontier.add(leaf_hash(entry))
                if known.pop(frontier.size, frontier.root()) != frontier.root():
                    raise ProofWrong
        if known:
            raise ProofWrong

    async def _fetch(self, path: str) -> bytes:
        answer = await self.client.get(f"{LOG}/{path}")
        if answer.status_code != 200:
            raise ProofWrong
        return answer.content
