"""Marked strings in a question, in its answer, and in what is to be published of both."""

from typing import NamedTuple

from httpx import AsyncClient, Response

from app.core.ids import new_id
from tests.consultations.asking import ask, receipt
from tests.proofs.marks import Marks
from tests.rakor.meeting import told


class Said(NamedTuple):
    """What was told to those who sent, and what the office reads of its own."""

    told: list[Response]
    read_back: list[Response]


async def consult(client: AsyncClient, desk: dict[str, str], marks: Marks) -> Said:
    """Look before asking, ask under a name, talk, and let the office draft a text of it."""
    about = {"question": marks.word("question")}
    looked = await client.post("/consultations/published/search", json=about, headers=desk)
    filed = await ask(client, region_code="13.03", name=marks.word("asker"), **about)
    thing, mine = f"/consultations/{filed['id']}", receipt(filed)
    message, text = f"/receipt/consultation/messages/{new_id()}", {"text": marks.word("message")}
    told(await client.put(message, json=text, headers=mine), 201)
    answer = {"text": marks.word("answer"), "articles": ["uu-20-2023-2"]}
    told(await client.post(f"{thing}/answers", json=answer, headers=desk), 201)
    await _draft(client, desk, thing, marks)
    wrong = about | {marks.word("unknown"): marks.word("unknown")}
    refused = await client.put(thing, json=wrong)
    read = [await client.get(path, headers=desk) for path in (thing, f"{thing}/messages")]
    return Said([looked, refused], read)


async def _draft(client: AsyncClient, desk: dict[str, str], thing: str, marks: Marks) -> None:
    """What is rejected stays sealed, and so does the reason."""
    path, text = f"{thing}/publications", {"question": marks.word("text")}
    draft = await client.post(path, json=text | {"answer": marks.word("draft")}, headers=desk)
    rejection = f"{path}/{told(draft, 201)['id']}/rejection"
    reason = {"reason": marks.word("reason")}
    told(await client.post(rejection, json=reason, headers=desk), 200)
