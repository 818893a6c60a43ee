"""What the database holds of the complaints that were filed, part by part."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.audit.models import JournalEntry
from app.complaints.files import sealing as files
from app.complaints.models.complaints import Complaint, ComplaintContent, ComplaintPerson
from app.receipts.models import Receipt
from app.receipts.rules import ReceiptKind
from tests.complaints.filing import Body
from tests.proofs.live import Live
from tests.proofs.phones import Filed

PARTS: dict[str, Select[Any]] = {
    "complaint": select(Complaint.id),
    "content": select(ComplaintContent.id),
    "persons": select(ComplaintPerson.complaint_id).distinct(),
    "receipt": select(Receipt.subject_id).where(Receipt.kind == ReceiptKind.COMPLAINT),
    "journal": select(JournalEntry.subject_id).where(JournalEntry.action == "complaint.filed"),
}


async def assert_nothing_is_half(live: Live) -> None:
    """Whatever is there of a complaint, all of it is there, once."""
    held = await parts_of(live)
    everything = Counter(set().union(*held.values()))
    assert held == {part: everything for part in PARTS}


async def assert_kept_once(live: Live, *filed: Filed) -> None:
    """Each is there, once, with every part and word of it: none is missing, doubled or half."""
    ids = {each.id for each in filed}
    assert await parts_of(live, ids) == {part: Counter(ids) for part in PARTS}
    words, names = await _words(live), await _names(live)
    for each in filed:
        assert words[each.id] == _words_in(each.body)
        assert sorted(names[each.id]) == sorted(_names_in(each.body))


async def parts_of(live: Live, ids: Collection[UUID] = ()) -> dict[str, Counter[UUID]]:
    """How many rows of each part there are for each of these complaints, or for all."""
    held = {}
    async with live.sessions.begin() as session:
        for part, query in PARTS.items():
            found = (await session.scalars(query)).all()
            held[part] = Counter(id for id in found if not ids or id in ids)
    return held


async def _words(live: Live) -> dict[UUID, Body]:
    async with live.sessions.begin() as session:
        rows = (await session.scalars(select(ComplaintContent))).all()
    return {
        each.id: files.open_content(each.sealed, each.id, live.keys).model_dump(exclude_none=True)
        for each in rows
    }


async def _names(live: Live) -> dict[UUID, list[str]]:
    async with live.sessions.begin() as session:
        rows = (await session.scalars(select(ComplaintPerson))).all()
    names: dict[UUID, list[str]] = defaultdict(list)
    for each in rows:
        person = json.loads(live.keys.open(each.sealed, each.id))
        names[each.complaint_id].append(person["name"])
    return names


def _words_in(body: Body) -> Body:
    event = body["event"]
    notes = body.get("evidence_notes", [])
    return {key: event[key] for key in ("what", "place", "account")} | {"evidence_notes": notes}


def _names_in(body: Body) -> list[str]:
    reporters = [body["reporter"]] if body["reporter"] else []
    persons = [*reporters, *body["reported_persons"], *body.get("witnesses", ())]
    return [each["name"] for each in persons]
