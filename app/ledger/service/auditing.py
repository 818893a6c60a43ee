"""The journal is held against the log that commits to it, and the log against what was signed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.core.database import Sessions
from app.ledger.repository.auditing import AuditRepository
from app.ledger.repository.chain import ChainRepository
from app.ledger.repository.checkpoints import CheckpointRepository
from app.ledger.rules.chain import Link, write_leaf
from app.ledger.rules.checkpoints import Checkpoint
from app.ledger.rules.findings import Finding, FindingKind
from app.ledger.rules.logs import LogName
from app.ledger.rules.merkle import Frontier, leaf_hash

_MOST: Final = 10_000
"""Leaves read at once."""
_REPORTED: Final = 100
"""Findings of one kind, after which an audit knows enough."""


class JournalAudit:
    """One pass over the whole journal, piece by piece, each in a unit of work of its own.

    Against whoever owns the database only checkpoints `saved` elsewhere help: the stored ones
    could have been rewritten with the rest.
    """

    def __init__(self, sessions: Sessions, saved: Iterable[Checkpoint] = ()) -> None:
        self.sessions = sessions
        self.frontier = Frontier()
        self.roots: defaultdict[int, set[bytes]] = defaultdict(set)
        for checkpoint in saved:
            self.roots[checkpoint.size].add(checkpoint.root)

    async def findings(self) -> list[Finding]:
        """What is wrong, the first hundred of each kind; nothing where all is as it was written."""
        found: list[Finding] = []
        signed, following = await self._latest(), 0
        while links := await self._links(following):
            await self._learn(min(self.frontier.size + len(links), signed))
            found += [finding for link in links for finding in self._judge(link)]
            following = links[-1].index + 1
        await self._learn(signed)
        beyond = sorted(size for size in self.roots if size > self.frontier.size)
        found += [Finding(FindingKind.ROLLED_BACK, size) for size in beyond]
        return _firsts([*found, *await self._strangers()])

    def _judge(self, link: Link) -> Iterator[Finding]:
        if link.act is None:
            yield Finding(FindingKind.DELETED, link.index, link.entry_id)
        elif write_leaf(link.act) != link.data:
            yield Finding(FindingKind.ALTERED, link.index, link.entry_id)
        self.frontier.add(leaf_hash(link.data))
        signed = self.roots.pop(self.frontier.size, None)
        if signed and signed != {self.frontier.root()}:
            yield Finding(FindingKind.REWRITTEN, self.frontier.size)

    async def _links(self, first: int) -> Sequence[Link]:
        async with self.sessions.begin() as session:
            return await AuditRepository(session).links(first, _MOST)

    async def _latest(self) -> int:
        """The size signed last; what the worker signs from now on is not looked at."""
        async with self.sessions.begin() as session:
            latest = await CheckpointRepository(session, LogName.JOURNAL).latest()
        return latest.size if latest else 0

    async def _learn(self, until: int) -> None:
        """Look up what was signed of the next leaves."""
        async with self.sessions.begin() as session:
            signed = await AuditRepository(session).signed(self.frontier.size, until)
        for size, root in signed:
            self.roots[size].add(root)

    async def _strangers(self) -> list[Finding]:
        async with self.sessions.begin() as session:
            chain = await ChainRepository(session).read()
            kept = AuditRepository(session)
            unknown = await kept.unknown(chain, _REPORTED)
            twice = await kept.repeated(_REPORTED)
        return [
            *(Finding(FindingKind.INSERTED, entry_id=id) for id in unknown),
            *(Finding(FindingKind.REPEATED, entry_id=id) for id in twice),
        ]


def _firsts(found: Iterable[Finding]) -> list[Finding]:
    """A log that was rewritten at its beginning is wrong under every checkpoint since."""
    seen: Counter[FindingKind] = Counter()
    kept = []
    for finding in found:
        seen[finding.kind] += 1
        if seen[finding.kind] <= _REPORTED:
            kept.append(finding)
    return kept
