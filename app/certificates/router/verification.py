"""Checking a paper by its code: for programs, and a page for people."""

from typing import Annotated, Final

from fastapi import Depends, Request

from app.certificates.schemas.verification import NameCheckOut, NameIn, VerificationOut
from app.certificates.service.verification import Reading, VerificationService
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import rooms

router = rooms("/verify", "certificates")

MINUTE: Final = 60


async def open_verification(
    request: Request, session: Session, keys: Keys, now: Now
) -> VerificationService:
    return VerificationService(Reading(session, keys, now), request.app.state.verifiers)


Verification = Annotated[VerificationService, Depends(open_verification)]


@router.get("/{verification_code}", dependencies=[anyone, cached(MINUTE)])
async def check_code(verification_code: str, verification: Verification) -> VerificationOut:
    """Check whether a certificate or signature is valid, by the code that is printed on it.

    The code may be typed in any case, with or without hyphens. Nothing of the answer is about a
    person. A code that we did not write is not found (404, `unknown-code`). For people the same
    is a page, at `/verify/{verification_code}` outside of `/api/v1`.
    """
    return await verification.verify(verification_code)


@router.post("/{verification_code}/name", dependencies=[anyone])
async def check_name(
    verification_code: str, form: NameIn, verification: Verification
) -> NameCheckOut:
    """Compare the name that stands on a paper with the one that it was made out to.

    It says yes or no and never the name: whoever asks has to read it on the paper.
    """
    return await verification.check_name(verification_code, form.name)
