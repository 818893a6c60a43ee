"""Declarations with somebody who should sign."""

from tests.contract.crew import Crew, Values
from tests.declarations import declaring, enlisting
from tests.rakor.meeting import told


async def listed(crew: Crew) -> Values:
    """One person, who has not signed."""
    where = await declaring.opened(crew.client, crew.desk.headers)
    added = told(await enlisting.add(crew.client, crew.desk.headers, where), 201)
    return {
        "declaration_id": where["id"],
        "target_id": added["id"],
        "person_id": added["id"],
        "region_code": where["region_code"],
    }


async def table_sent(crew: Crew) -> Values:
    """A table that waits for the worker."""
    where = await declaring.plan(crew.client, crew.desk.headers)
    table = enlisting.table(enlisting.person())
    sent = await enlisting.send(crew.client, crew.desk.headers, where, table)
    return {"declaration_id": where["id"], "import_id": told(sent, 201)["id"]}
