"""The page on which anybody checks a paper; outside of /api/v1, because its address is printed."""

from pathlib import Path
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Response

from app.certificates.files.verification_page import answer_to
from app.certificates.router.verification import MINUTE, Verification
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import Operation
from app.web.pages import Page

router = APIRouter(route_class=Operation, include_in_schema=False)

PAGE: Final = Page(
    Path(__file__).parent.parent / "data" / "verify.html", "Periksa surat · Check a paper"
)

Language = Annotated[Literal["id", "en"], Query(alias="lang")]


@router.get("/verify/{verification_code}", dependencies=[anyone, cached(MINUTE)])
async def show_verification(
    verification_code: str, verification: Verification, language: Language = "id"
) -> Response:
    """Show whether a certificate or signature is valid, in words for people."""
    found = await verification.look_up(verification_code)
    answer = answer_to(verification_code, found)
    return PAGE.show(answer.status, language=language, result=answer.result, form=answer.form)


@router.get("/verify", dependencies=[anyone, cached(MINUTE)])
async def show_verification_form(
    verification: Verification,
    code: Annotated[str, Query(max_length=200)] = "",
    language: Language = "id",
) -> Response:
    """Show where to type a code, and what is known of one that was typed."""
    return await show_verification(code.strip(), verification, language)
