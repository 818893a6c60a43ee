"""What the document of a declaration is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.certificates.rules.states import PaperState
from app.certificates.schemas.verification import FactOut
from app.core.texts import Text
from app.declarations.rules.kinds import SignatoryRole
from app.declarations.schemas.certificates import SignedTextOut
from app.declarations.schemas.signatures import SignerOut
from app.declarations.schemas.tallies import TallyOut


@dataclass(frozen=True)
class Signatory:
    """One of those whose signature counts; only officers are shown who it is."""

    role: SignatoryRole
    signer: SignerOut


@dataclass(frozen=True)
class Document:
    """A declaration with its count, and where it is shown, those who signed.

    `version` counts the changes of the declaration;
    `organiser` and `witnesses` are posts, as the declaration names them beforehand.
    `signatories` is None in the public version, and holds at most so many as one document lists;
    `head` is the tree head that the count belongs to, as we signed it.
    """

    title: Text
    heading: str
    version: int
    state: PaperState
    facts: Sequence[FactOut]
    led_by: str
    organiser: str | None
    witnesses: Sequence[str]
    legal_basis: Sequence[str]
    text: SignedTextOut
    tally: TallyOut
    head: str | None
    code: str | None
    address: str
    signatories: Sequence[Signatory] | None = None

    @property
    def edition(self) -> str:
        """What tells its public version from the one before."""
        tally = self.tally
        return f"{tally.declaration_id} {self.version} {tally.tree_size} {self.code}"
