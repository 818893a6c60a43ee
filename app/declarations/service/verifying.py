from typing import Final

from app.certificates.rules.codes import CodeKind
from app.certificates.schemas.verification import FactOut, ProofOut
from app.certificates.service.verification import Found, Reading, Verifier, Verifiers
from app.core.actors import PUBLIC
from app.declarations import files
from app.declarations.repository.papers import PaperRepository, Pledged
from app.declarations.rules import papers
from app.declarations.rules.kinds import Status
from app.declarations.schemas.tallies import TallyOut
from app.declarations.service.facts import (
    facts_of_declaration,
    facts_of_signature,
    facts_of_tally,
)
from app.declarations.service.tallies import TallyService
from app.ledger.models import LedgerCheckpoint
from app.ledger.rules.acts import Act, read_act
from app.ledger.rules.logs import LogName
from app.ledger.rules.merkle import leaf_hash
from app.ledger.rules.published import PublishedLeaf


async def look_up_signature(reading: Reading, index: int) -> Found | None:
    """The signature that this leaf was written for.

    Only the first leaf of a signature has a code: what came later says so in its state.
    """
    recorded = await PaperRepository(reading.session).recorded(index)
    if recorded is None or read_act(recorded.leaf.data).act is not Act.SIGNED:
        return None
    signed = recorded.signed
    signature, declaration = signed.signature, signed.pledged.declaration
    return Found(
        state=papers.state_of_signature(signature.state, signature.check, declaration.status),
        title=papers.OF_SIGNATURE[declaration.kind],
        facts=list(facts_of_signature(signed)),
        proof=proof_of(recorded.leaf, recorded.head),
    )


async def look_up_tally(reading: Reading, index: int) -> Found | None:
    """The declaration of this leaf, up to which its document counts, as it is counted now."""
    rows = PaperRepository(reading.session)
    leaf = await rows.leaf(index)
    pledged = await rows.pledged(read_act(leaf.data).declaration) if leaf else None
    if leaf is None or pledged is None:
        return None
    return Found(
        state=papers.state_of_declaration(pledged.declaration.status),
        title=papers.OF_DECLARATION[pledged.declaration.kind],
        facts=[*facts_of_declaration(pledged), *await _counted(reading, pledged)],
        proof=proof_of(leaf, await rows.tree_head()),
    )


async def _counted(reading: Reading, pledged: Pledged) -> list[FactOut]:
    """A cancelled declaration counts nothing."""
    if pledged.declaration.status is Status.CANCELLED:
        return []
    service = TallyService(reading.session, PUBLIC, reading.now, reading.keys)
    # A document hangs on many walls: of a whole country the count is kept, not read again.
    recent = await service.recent_tally(pledged.declaration.id)
    return list(facts_of_tally(TallyOut.model_validate_json(recent)))


async def holder_of_signature(reading: Reading, index: int) -> str | None:
    """Who signed by this leaf; nobody where the salt is gone and with it the person."""
    rows = PaperRepository(reading.session)
    leaf = await rows.leaf(index)
    if leaf is None:
        return None
    person = await rows.person(leaf.region_id, leaf.subject_id)
    if person is None or person.salt is None:
        return None
    return files.open_signer(person.sealed, leaf.subject_id, reading.keys).name


def proof_of(leaf: PublishedLeaf, head: LedgerCheckpoint | None) -> ProofOut:
    """Where a leaf stands, under the last tree head if that covers it."""
    covering = head if head is not None and head.size > leaf.index else None
    return ProofOut(
        log=LogName.DECLARATIONS.value,
        leaf_index=leaf.index,
        leaf_hash=leaf_hash(leaf.data).hex(),
        tree_size=covering and covering.size,
        root_hash=covering and covering.root.hex(),
    )


VERIFIERS: Final[Verifiers] = {
    CodeKind.SIGNATURE: Verifier(look_up_signature, holder_of_signature),
    CodeKind.TALLY: Verifier(look_up_tally),
}
