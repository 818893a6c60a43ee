"""What the papers about a declaration and its signatures say, and in which words."""

from collections.abc import Mapping
from typing import Final

from app.certificates.rules.states import PaperState
from app.core.errors import NotFound
from app.core.texts import Text
from app.declarations.rules.kinds import Check, Kind, SignatureState, Status

OF_SIGNATURE: Final[Mapping[Kind, Text]] = {
    Kind.PLEDGE: Text("Tanda tangan pada ikrar netralitas", "Signature under a neutrality pledge"),
    Kind.INTEGRITY_PACT: Text(
        "Tanda tangan pada pakta integritas", "Signature under an integrity pact"
    ),
    Kind.JOINT_DECLARATION: Text(
        "Tanda tangan pada deklarasi bersama", "Signature under a joint declaration"
    ),
}
OF_DECLARATION: Final[Mapping[Kind, Text]] = {
    Kind.PLEDGE: Text("Dokumen ikrar netralitas", "Document of a neutrality pledge"),
    Kind.INTEGRITY_PACT: Text("Dokumen pakta integritas", "Document of an integrity pact"),
    Kind.JOINT_DECLARATION: Text("Dokumen deklarasi bersama", "Document of a joint declaration"),
}

_STATES: Final = {
    SignatureState.WITHDRAWN: PaperState.WITHDRAWN,
    SignatureState.INVALIDATED: PaperState.INVALIDATED,
}


def state_of_signature(state: SignatureState, check: Check, status: Status) -> PaperState:
    """What was signed of a cancelled declaration is void, unless it was withdrawn before; and
    nobody is told that a signature is valid whose person nobody has checked."""
    if state is not SignatureState.VALID:
        return _STATES[state]
    if status is Status.CANCELLED:
        return PaperState.INVALIDATED
    return PaperState.WAITING if check is Check.WAITING else PaperState.VALID


def state_of_declaration(status: Status) -> PaperState:
    return PaperState.INVALIDATED if status is Status.CANCELLED else PaperState.VALID


class NotSignedYet(NotFound):
    """There is no certificate of what was not signed."""

    code = "not-signed-yet"
    text = Text(
        "Belum ada tanda tangan untuk tautan ini; sertifikat tersedia setelah menandatangani.",
        "Nothing was signed by this link yet; there is a certificate once it was.",
    )
