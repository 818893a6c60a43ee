"""Who gets which answer at every door: the whole matrix, beside the one that people agreed on.

`visibility.csv` has a row for each operation. Its columns say where the reader stands towards a
thing of Bawaslu Sijunjung (13.03): in its own area, in the parent area, in a sibling area, in
another agency, in an office that it was addressed to, behind a conflict wall; or that it is
nobody, the reporter with the receipt, or a stranger with the receipt of another report. A cell
names the answers and the roles that get them; the last answer is everybody else's. `seen` and
`unseen` say whether a list holds the thing.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncConnection

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.contract.document import OPERATIONS, Operation
from tests.knocking import House, headers_of, open_house

AGREED: Final = Path(__file__).with_name("visibility.csv")
WHERE: Final = ("own", "parent", "sibling", "agency", "grant", "wall")

Row: TypeAlias = dict[str, str]


def cell(answers: Mapping[Role, str]) -> str:
    """`200 handler member; 403`: the answer of most roles comes last, without their names."""
    common = min(Counter(answers.values()).items(), key=lambda each: (-each[1], each[0]))[0]
    parts = [
        " ".join([said, *sorted(role for role in answers if answers[role] == said)])
        for said in sorted(set(answers.values()) - {common})
    ]
    return "; ".join([*parts, common])


async def test_every_role_gets_the_agreed_answer_wherever_it_stands(
    client: AsyncClient,
    app: FastAPI,
    sessions: Sessions,
    keys: Keyring,
    connection: AsyncConnection,
) -> None:
    house = await open_house(client, sessions, keys, app.state.depot)
    found = [await row_of(house, connection, each) for each in OPERATIONS]

    with AGREED.open(newline="") as file:
        agreed = {row["operation"]: row for row in csv.DictReader(file)}

    differences = [row for row in found if agreed.pop(row["operation"], None) != row]
    assert not differences, "\n".join(",".join(row.values()) for row in differences)
    assert not agreed, "there is no such operation any more"


async def row_of(house: House, connection: AsyncConnection, at: Operation) -> Row:
    """Let everybody knock; what anybody changes is undone."""
    row = {"operation": at.name}
    whole = await connection.begin_nested()
    thing = await house.prepare(at)
    for where in WHERE:
        answers = {}
        for role, reader in house.readers[where].items():
            answers[role] = await house.answer(connection, at, thing, reader.headers)
        row[where] = cell(answers)
    own = thing.get("receipt", house.receipt)
    for who, credential in (("nobody", ""), ("reporter", own), ("stranger", house.stranger)):
        row[who] = await house.answer(connection, at, thing, headers_of(credential))
    await whole.rollback()
    return row
