"""Invented rosters, as tables and one by one, and the worker that reads them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from httpx import AsyncClient, Response
from openpyxl import Workbook

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.tables import write_table
from app.declarations.jobs import import_rosters
from app.declarations.repository.counts import CountRepository
from app.declarations.rules.roster_rows import COLUMNS
from app.declarations.service.importing import RosterImporter
from app.web.clock import present
from tests.declarations.declaring import Body, Headers

CSV = "text/csv"
Row = Mapping[str, str]


def person(number: int = 1, **changes: str) -> dict[str, str]:
    """The same whom `declaring.signature(number)` lets sign by the open link."""
    row = {
        "name": f"Penanda Rekaan {number}",
        "position": "Camat",
        "office": "Kecamatan Rekaan",
        "group": "PNS",
        "region_code": "13.03",
    }
    return row | changes


def target(number: int = 1, **changes: Any) -> Body:
    return {**person(number), "group": "asn_pns"} | changes


def table(*rows: Row) -> bytes:
    return write_table(list(COLUMNS), rows).encode()


def workbook(*rows: Sequence[object], header: Sequence[str] = tuple(COLUMNS)) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (header, *rows):
        sheet.append(list(row))
    paper = BytesIO()
    book.save(paper)
    return paper.getvalue()


def cells(row: Row) -> list[str]:
    return [row.get(name, "") for name in COLUMNS]


async def send(
    client: AsyncClient,
    headers: Headers,
    where: Body,
    data: bytes,
    kind: str = CSV,
    **query: str,
) -> Response:
    path = f"/declarations/{where['id']}/roster-imports"
    return await client.post(
        path, content=data, params=query, headers=headers | {"Content-Type": kind}
    )


async def worked_off(sessions: Sessions, keys: Keyring) -> None:
    await import_rosters(RosterImporter(sessions, keys, present))


async def imported(
    client: AsyncClient,
    headers: Headers,
    where: Body,
    data: bytes,
    kind: str = CSV,
    **query: str,
) -> Body:
    """Send a table, let the worker read it, and return the report."""
    sent = await send(client, headers, where, data, kind, **query)
    assert sent.status_code == 201, sent.text
    state = client._transport.app.state  # type: ignore[attr-defined]
    await worked_off(state.sessions, state.keys)
    path = f"/declarations/{where['id']}/roster-imports/{sent.json()['id']}"
    report = await client.get(path, headers=headers)
    assert report.status_code == 200, report.text
    return dict(report.json())


async def add(client: AsyncClient, headers: Headers, where: Body, **changes: Any) -> Response:
    path = f"/declarations/{where['id']}/targets"
    return await client.post(path, json=target(**changes), headers=headers)


async def targets(client: AsyncClient, headers: Headers, where: Body, **query: Any) -> list[Body]:
    path = f"/declarations/{where['id']}/targets"
    answer = await client.get(path, params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def coverage(client: AsyncClient, where: Body) -> tuple[int, int]:
    """How many have signed of how many, as it is kept: of a few the public is told nothing."""
    state = client._transport.app.state  # type: ignore[attr-defined]
    async with state.sessions.begin() as session:
        kept = await CountRepository(session).coverage_of(UUID(where["id"]))
    return kept.signed, kept.targets
