"""The page at `/`, for everybody; its address says what it shows."""

from pathlib import Path
from typing import Annotated, Final

from fastapi import Depends, Query, Request, Response

from app.core.errors import DomainError, Invalid, NotFound
from app.core.places import NATION, REGION_CODE
from app.core.texts import Language, Text
from app.dashboard.files.page import page_of, refusal_of
from app.dashboard.rules.pick import PATH, Pick
from app.dashboard.service.board import BoardService
from app.elections.rules import ELECTION_CODE
from app.web.addresses import PublicAddress
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import anyone
from app.web.etags import cached
from app.web.forms import form_pages
from app.web.packing import packed
from app.web.pages import Page
from app.web.problems import status_of

_DATA: Final = Path(__file__).parent / "data"
PAGE: Final = Page(
    _DATA / "dashboard.html",
    "{{title}}",
    style=_DATA / "dashboard.css",
    header=_DATA / "header.html",
)
_MINUTE: Final = 60
_BARE: Final = (NotFound.text, Invalid.text)
_NO_VIEW: Final = Text(
    "Wilayah, pemilihan, atau satuan di alamat ini tidak ada. Periksa alamatnya.",
    "There is no such region, election or unit as this address names. Check the address.",
)


async def refuse(request: Request, refusal: DomainError) -> Response:
    """Why there is no such view, and the way back."""
    language: Language = "en" if request.query_params.get("lang") == "en" else "id"
    detail = _NO_VIEW if refusal.detail in _BARE else refusal.detail
    shown = refusal_of(detail, language)
    return PAGE.show(status_of(type(refusal)), **shown)


pages = form_pages(refuse)


async def read_pick(
    region: Annotated[str, Query(pattern=REGION_CODE)] = NATION,
    election: Annotated[str, Query(pattern=f"{ELECTION_CODE}|^$", max_length=40)] = "",
    unit: Annotated[str, Query(max_length=40)] = "",
    lang: Language = "id",
) -> Pick:
    return Pick(region, election, unit, lang)


async def open_board(session: Session, now: Now, keys: Keys, home: PublicAddress) -> BoardService:
    return BoardService(session, now, keys, home)


Board = Annotated[BoardService, Depends(open_board)]


@pages.get(PATH, dependencies=[anyone, cached(_MINUTE)])
async def show_dashboard(
    request: Request, pick: Annotated[Pick, Depends(read_pick)], board: Board
) -> Response:
    """Show the figures of a region and an election."""
    answer = PAGE.show(200, **page_of(await board.recent(pick)))
    # Unlike the pages behind codes and tickets, this one is to be found.
    del answer.headers["X-Robots-Tag"]
    return packed(request, answer)
