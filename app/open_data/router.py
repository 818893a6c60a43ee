"""What is published and what it means, for programs and for those who write about the figures."""

from typing import Annotated, Any, Final

from fastapi import Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from app.open_data.files.addresses import Addresses
from app.open_data.files.dictionary import write_dictionary
from app.open_data.schemas import (
    DATASET_CODE,
    DICTIONARY,
    CorrectionFilter,
    DatasetOut,
    DictionaryOut,
)
from app.open_data.service.publishing import OpenDataService
from app.stats.files.sheets import TABLES, Format
from app.web.accepting import accepted, choose
from app.web.addresses import PublicAddress
from app.web.clock import Now
from app.web.database import ReadSession
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import rooms

router = rooms("/open-data", "open_data")

HOUR: Final = 3_600

_ENTRY: Final = {
    "@context": {"dcat": "http://www.w3.org/ns/dcat#"},
    "@id": "https://netra.example/api/v1/open-data/catalogue",
    "@type": "dcat:Catalog",
}
_FEED: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
    "<id>tag:bawaslu.go.id,2026:netra/corrections</id><title>Koreksi</title>"
    "<updated>2024-11-05T17:05:00Z</updated></feed>"
)


def _file(kind: str, said: str, schema: str, example: Any) -> dict[int | str, dict[str, Any]]:
    content = {kind: {"schema": {"type": schema}, "example": example}}
    return {200: {"description": said, "content": content}}


CATALOGUE: Final = _file("application/ld+json", "W3C DCAT 3 in JSON-LD 1.1.", "object", _ENTRY)
FEED: Final = _file("application/atom+xml", "Atom (RFC 4287), in UTF-8.", "string", _FEED)
SHEET: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "JSON, or CSV where `Accept` asks for it: a row for each column and code.",
        "content": {
            "application/json": {"example": DICTIONARY},
            "text/csv": {
                "schema": {"type": "string"},
                "example": write_dictionary(DictionaryOut.model_validate(DICTIONARY)).decode(),
            },
        },
    },
    406: {},
}


class LinkedData(JSONResponse):
    media_type = "application/ld+json"


class Feed(Response):
    media_type = "application/atom+xml"


async def open_service(
    request: Request, session: ReadSession, now: Now, home: PublicAddress
) -> OpenDataService:
    return OpenDataService(session, now, request.app.state.labels, Addresses(home))


async def choose_paper(request: Request) -> Format:
    request.state.headers.append((b"vary", b"Accept"))
    return choose(accepted(request), TABLES)


Chosen = Annotated[Format, Depends(choose_paper)]
OpenData = Annotated[OpenDataService, Depends(open_service)]
Code = Annotated[
    str, Path(pattern=DATASET_CODE, description="As the catalogue names it.", examples=["regions"])
]


@router.get(
    "/catalogue",
    response_class=LinkedData,
    responses=CATALOGUE,
    dependencies=[anyone, cached(HOUR)],
)
async def read_catalogue(open_data: OpenData) -> Response:
    """Read the catalogue of all that is published, for programs (W3C DCAT 3).

    Each dataset has its licence, its frequency and the addresses where it stands; a table that is
    frozen daily is a series with its newest snapshots.
    """
    return LinkedData(await open_data.catalogue())


@router.get(
    "/dictionary",
    response_model=DictionaryOut,
    responses=SHEET,
    dependencies=[anyone, cached(HOUR)],
)
async def read_dictionary(open_data: OpenData, form: Chosen) -> Response:
    """Read what every column of every dataset means, and every code it can hold."""
    dictionary = await open_data.dictionary()
    if form is Format.CSV:
        return Response(write_dictionary(dictionary), media_type=form.value)
    return Response(dictionary.model_dump_json(), media_type=Format.JSON.value)


@router.get("/datasets/{dataset_code}", dependencies=[anyone, cached(HOUR)])
async def read_dataset(dataset_code: Code, open_data: OpenData) -> DatasetOut:
    """Read the metadata of one dataset, as Satu Data Indonesia asks for them (Perpres 39/2019)."""
    return await open_data.describe(dataset_code)


@router.get(
    "/corrections.atom",
    response_class=Feed,
    responses=FEED,
    dependencies=[anyone, cached(HOUR)],
)
async def read_corrections(
    wanted: Annotated[CorrectionFilter, Query()], open_data: OpenData
) -> Response:
    """Read what was corrected of published figures, and of what they mean, the newest first.

    Only what two published tables both show is told; the link `next` leads to older corrections.
    """
    return Feed(await open_data.feed(wanted))
