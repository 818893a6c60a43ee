"""A roster that is worked off as in production: progress and work on connections of their own."""

import asyncio
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.actors import Actor
from app.core.database import Sessions
from app.declarations.models.declarations import Target
from app.declarations.models.rosters import RosterImport, RosterPiece
from app.declarations.rules.rosters import ImportState
from app.declarations.service.importing import RosterImporter
from app.declarations.service.rosters import RosterService
from app.web.clock import present
from tests.declarations.declaring import Body
from tests.declarations.test_at_once import crowd  # noqa: F401  a fixture

TABLE = (
    b"name;position;office;group;role;represents;region_code;nip\r\n"
    b"Contoh Rekaan;Camat;Kecamatan Rekaan;PNS;penanda tangan;;13.03;\r\n"
    b";Kepala Dinas;Dinas Rekaan;PNS;penanda tangan;;13.03;\r\n"
)
LONG_ENOUGH = 20


@pytest.mark.usefixtures("crowd")
async def test_saying_how_far_it_is_does_not_wait_for_the_work(
    whole_app: FastAPI,
    committing: Sessions,
    organiser: Actor,
    where: Body,
    owner: AsyncEngine,
) -> None:
    keys, id = whole_app.state.keys, UUID(where["id"])
    async with committing.begin() as session:
        service = RosterService(session, organiser, present(), keys)
        await service.send(id, TABLE, "text/csv", is_dry_run=False)
    try:
        # A wait for oneself would never end; nothing is measured here.
        async with asyncio.timeout(LONG_ENOUGH):
            assert await RosterImporter(committing, keys, present).next()
        async with committing.begin() as session:
            query = select(RosterImport).where(RosterImport.declaration_id == id)
            sent = (await session.scalars(query)).one()
            listed = select(func.count()).where(Target.declaration_id == id)
            number = await session.scalar(listed, execution_options={"fan_out": True})
        assert (sent.state, sent.progress, number) == (ImportState.IMPORTED, 2, 2)
    finally:
        async with owner.begin() as connection:
            sent_here = select(RosterImport.id).where(RosterImport.declaration_id == id)
            await connection.execute(
                delete(RosterPiece).where(RosterPiece.import_id.in_(sent_here))
            )
            await connection.execute(delete(RosterImport).where(RosterImport.declaration_id == id))
