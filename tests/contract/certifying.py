"""Certificates and documents of declarations, for the contract to be tried on."""

from collections.abc import Mapping
from typing import Final

from tests.contract.crew import Crew, Prepare, Values
from tests.contract.signing import signed
from tests.rakor.meeting import told


async def certified(crew: Crew) -> Values:
    """Somebody who has signed, with the ticket and the code on the certificate."""
    thing = await signed(crew)
    own = {"ticket": thing["ticket"]}
    certificate = told(await crew.client.post("/signatures/certificate", json=own), 200)
    return thing | {"verification_code": certificate["code"]}


LASTING: Final[Mapping[str, Prepare]] = dict.fromkeys(
    (
        "check_code",
        "check_name",
        "read_certificate",
        "print_own_certificate",
        "print_document_of_declaration",
        "print_signatories",
    ),
    certified,
)
