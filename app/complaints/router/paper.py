from typing import Annotated, Final

from fastapi import Depends, Query, Request, Response

from app.complaints.router.doors import may_follow
from app.complaints.service.paper import PaperService
from app.receipts.rules import read_code
from app.web.database import SessionFactory
from app.web.door import CurrentActor
from app.web.operation import rooms
from app.web.pdf import PdfResponse, pdf_of

router = rooms("/receipt", "receipt")


PAPER: Final = pdf_of("One sheet (A5), Indonesian with English beside it.")


async def shown_code(request: Request) -> str:
    """The code as we write it; the door has found the receipt that it belongs to."""
    return read_code(request.headers["authorization"].partition(" ")[2])


async def open_paper(sessions: SessionFactory, actor: CurrentActor) -> PaperService:
    return PaperService(sessions, actor)


@router.get("/paper", response_class=PdfResponse, responses=PAPER, dependencies=[may_follow])
async def print_receipt(
    paper: Annotated[PaperService, Depends(open_paper)],
    code: Annotated[str, Depends(shown_code)],
    discreet: Annotated[
        bool, Query(description="Leave out office, kind and status: only the code and a day.")
    ] = False,
) -> Response:
    """Print the receipt on paper, with its code in letters and as a QR code.

    The QR code holds the code alone and no address; the sheet names no person.
    """
    return PdfResponse(
        await paper.print(code, discreet=discreet),
        headers={"Content-Disposition": 'attachment; filename="catatan.pdf"'},
    )
