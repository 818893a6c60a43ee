"""A circular on paper: what it says, and that printing holds up nobody."""

import asyncio
import inspect
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from pypdf import PdfReader

from app.circulars.router.circulars import open_public_papers
from app.circulars.service import papers
from app.circulars.service.papers import CircularPaperService
from app.core.actors import PUBLIC
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.circulars.circulating import TO_DISTRICTS, draft, issue
from tests.circulars.conftest import DAY_OF_THE_LETTER, OpenDesk
from tests.circulars.test_in_force import NEWER
from tests.circulars.test_proof import copied, uploaded
from tests.evidence import samples
from tests.rakor.meeting import Desk, told


def said(answer: Response) -> str:
    assert answer.status_code == 200, answer.text
    paper = PdfReader(BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


async def paper_of(sessions: Sessions, keys: Keyring, issued: dict[str, Any]) -> papers.Paper:
    async with sessions.begin() as session:
        service = CircularPaperService(session, PUBLIC, DAY_OF_THE_LETTER, keys)
        return await service.paper(UUID(issued["id"]), "https://netra.example")


async def test_the_paper_names_what_it_ends_its_files_and_the_day_to_acknowledge(
    app: FastAPI, client: AsyncClient, sessions: Sessions, keys: Keyring, sinjai: Desk
) -> None:
    old = await issue(sinjai)
    ends = [{"circular_id": old["id"], "how": "superseded"}]
    later = NEWER | {"acknowledge_by": "2024-10-09"}
    path = f"/circulars/{(await draft(sinjai, **later, obligations=[], ends=ends))['id']}"
    id = await uploaded(sinjai, samples.photograph(), circular_id=path.rpartition("/")[2])
    files = {"attachments": [{"evidence_id": id, "title": "Naskah ikrar"}]}
    told(await sinjai.patch(path, files, **{"If-Match": '"1"'}), 200)
    await copied(app, sessions, keys)
    told(await sinjai.post(f"{path}/issuance"), 200)

    new = said(await client.get(f"{path}/document"))
    before = said(await client.get(f"/circulars/{old['id']}/document"))

    assert "Menggantikan" in new
    assert old["number"] in new
    assert "Naskah ikrar" in new
    assert "9 Oktober 2024" in new
    assert "Digantikan oleh" in before
    assert str(NEWER["number"]) in before


async def test_a_draft_is_printed_for_its_office_and_for_nobody_else(
    client: AsyncClient, sinjai: Desk, open_desk: OpenDesk
) -> None:
    path = f"/circulars/{(await draft(sinjai))['id']}"
    neighbour = await open_desk("bawaslu-73.08")

    printed = await sinjai.get(f"{path}/draft-document")

    assert "RANCANGAN" in said(printed)
    assert printed.headers["cache-control"] == "no-store"
    assert (await neighbour.get(f"{path}/draft-document")).status_code == 404
    assert (await client.get(f"{path}/document")).status_code == 404
    assert (await sinjai.get(f"{path}/document")).status_code == 404


async def test_a_letter_before_its_first_day_says_when_it_begins_and_is_not_void(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, in_force_from="2024-10-01")
    path = f"/circulars/{issued['id']}"

    early = said(await client.get(f"{path}/document"))
    body = {"ended_on": "2024-10-20", "reason": "Rekaan."}
    told(await sinjai.post(f"{path}/revocation", body), 200)
    revoked = said(await client.get(f"{path}/document"))

    assert "BERLAKU MULAI 1 OKTOBER 2024" in early
    assert "TIDAK BERLAKU" not in early
    assert "TIDAK BERLAKU" in revoked


async def test_a_letter_names_posts_and_regions_as_people_do(
    client: AsyncClient, sinjai: Desk
) -> None:
    issued = await issue(sinjai, addressees=[TO_DISTRICTS])

    paper = said(await client.get(f"/circulars/{issued['id']}/document"))
    page = await client.get(f"http://test/circulars/{issued['id']}")

    for words in (paper, page.text):
        assert "Camat, Kabupaten Sinjai" in words
        assert "wilayah 73.07" not in words


async def test_many_who_ask_at_once_are_printed_for_once(
    sessions: Sessions, keys: Keyring, sinjai: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = await paper_of(sessions, keys, await issue(sinjai))
    monkeypatch.setattr(papers.PRESS, "_taken", papers.PRESS._most - 1)

    printed = await asyncio.gather(*(papers.print_for_everybody(paper) for _ in range(3)))

    assert len(set(printed)) == 1


async def test_caches_keep_what_everybody_reads(client: AsyncClient, sinjai: Desk) -> None:
    path = f"/circulars/{(await issue(sinjai))['id']}/document"

    answer = await client.get(path)

    assert answer.headers["cache-control"] == "public, max-age=60"


async def test_nobody_waits_for_the_press_with_a_connection_in_his_hand(
    client: AsyncClient, sinjai: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/circulars/{(await issue(sinjai))['id']}/document"
    monkeypatch.setattr(papers.PRESS, "_taken", papers.PRESS._most)

    refused = await client.get(path)

    assert refused.status_code == 503
    assert "session" not in inspect.signature(open_public_papers).parameters


@pytest.mark.parametrize(("words", "is_long"), [(20, False), (2_000, True)])
async def test_a_long_letter_is_set_in_a_process_of_its_own(
    sessions: Sessions, keys: Keyring, sinjai: Desk, words: int, is_long: bool
) -> None:
    issued = await issue(sinjai, body="Setiap ASN netral. " * words)

    paper = await paper_of(sessions, keys, issued)

    assert paper.is_long is is_long
    assert (await papers.print_for_officers(paper)).startswith(b"%PDF")
