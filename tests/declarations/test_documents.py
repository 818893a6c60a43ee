"""The document of a declaration: with names for its officers, without any for everybody."""

import asyncio
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from httpx import AsyncClient, Response
from pypdf import PdfReader
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.certificates.rules.states import PaperState
from app.core.actors import Permission
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.core.texts import Text
from app.declarations.rules.kinds import Group, SignatoryRole
from app.declarations.schemas.certificates import SignedTextOut
from app.declarations.schemas.documents import Document, Signatory
from app.declarations.schemas.signatures import SignerOut
from app.declarations.schemas.tallies import TallyOut
from app.declarations.service import documents
from app.declarations.service.document_sheets import HEAD_FILE, document_sheet
from tests.declarations.declaring import Body, Headers, opened, sign, signature, take
from tests.ledger.publishing import publish
from tests.people import system

PEOPLE = (
    signature(name="Guru Rekaan", position="Guru"),
    signature(name="Camat Rekaan", position="Camat"),
    signature(name="Sekda Rekaan", position="Sekretaris Daerah"),
    signature(name="Saksi Rekaan", position="Ketua KPU", role="witness"),
    signature(name="Wakil Rekaan", role="representative", represents="Para wali nagari"),
)


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers, sessions: Sessions, keys: Keyring) -> Body:
    declaration = await opened(client, sijunjung)
    for person in PEOPLE:
        answer = await sign(client, declaration, person)
        assert answer.status_code == 201, answer.text
    await publish(sessions, keys)
    return declaration


def words_of(answer: Response) -> str:
    assert answer.status_code == 200, answer.text
    paper = PdfReader(io.BytesIO(answer.content))
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


async def document(client: AsyncClient, where: Body) -> Response:
    return await client.get(f"/declarations/{where['id']}/document")


async def named(client: AsyncClient, where: Body, headers: Headers) -> Response:
    path = f"/declarations/{where['id']}/document/signatories"
    return await client.get(path, headers=headers)


async def test_everybody_reads_the_count_and_nobodys_name(client: AsyncClient, where: Body) -> None:
    said = words_of(await document(client, where))

    for words in ("Ikrar Netralitas Rekaan", "UU 20/2023", "Sekretaris Daerah", "Tanda tangan"):
        assert words in said
    assert "Kabupaten Sijunjung 4" in said
    assert not any(str(each["name"]) in said for each in PEOPLE)


async def test_everybody_reads_who_prepared_it_and_which_posts_are_witnesses(
    client: AsyncClient, sijunjung: Headers
) -> None:
    where = await opened(
        client,
        sijunjung,
        organiser="BKPSDM Kabupaten Rekaan",
        witnesses=["Ketua Bawaslu Rekaan", "Ketua KPU Rekaan"],
    )

    said = words_of(await document(client, where))

    assert "BKPSDM Kabupaten Rekaan" in said
    assert "Ketua Bawaslu Rekaan; Ketua KPU Rekaan" in said


async def test_its_tree_head_travels_inside(client: AsyncClient, where: Body) -> None:
    paper = PdfReader(io.BytesIO((await document(client, where)).content))

    (note,) = paper.attachments[HEAD_FILE]

    tally = (await client.get(f"/declarations/{where['id']}/tally")).json()
    assert note.decode().splitlines()[1] == str(tally["tree_size"])


async def test_its_code_tells_the_count_of_now(client: AsyncClient, where: Body) -> None:
    said = words_of(await document(client, where))
    code = next(word for word in said.split() if word.startswith("T0000"))

    checked = (await client.get(f"/verify/{code}")).json()

    assert {each["name"]: each["value"] for each in checked["facts"]}["signatures"] == "4"


async def test_officers_read_who_signed_by_rank_and_witnesses_apart(
    client: AsyncClient, where: Body, sijunjung: Headers
) -> None:
    said = words_of(await named(client, where, sijunjung))

    order = [
        said.index(f"{place} {name}")
        for place, name in (
            (1, "Sekda Rekaan"),
            (2, "Camat Rekaan"),
            (3, "Wakil Rekaan (mewakili"),
            (4, "Guru Rekaan"),
            (1, "Saksi Rekaan"),
        )
    ]
    assert order == sorted(order)


async def test_reading_names_is_recorded(
    client: AsyncClient, where: Body, sijunjung: Headers, sessions: Sessions
) -> None:
    await named(client, where, sijunjung)

    async with sessions.begin() as session:
        query = select(JournalEntry.payload).where(JournalEntry.action == "signatures.read")
        assert (await session.scalars(query)).all() == [{"names": 5}]


async def test_others_read_no_names(
    client: AsyncClient, where: Body, sinjai: Headers, sessions: Sessions
) -> None:
    from_elsewhere = await named(client, where, sinjai)
    by_machine = await named(
        client, where, await system(sessions, scopes={Permission.READ_DECLARATIONS})
    )

    assert (from_elsewhere.status_code, by_machine.status_code) == (404, 403)


async def test_before_the_first_signature_it_leads_to_the_count(
    client: AsyncClient, sijunjung: Headers
) -> None:
    said = words_of(await document(client, await opened(client, sijunjung)))

    assert "/tally" in said.replace(" ", "").replace("\u200b", "")


async def test_whoever_fills_the_public_press_holds_up_neither_officers_nor_what_is_printed(
    client: AsyncClient, where: Body, sijunjung: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await opened(client, sijunjung)
    first = await document(client, where)
    monkeypatch.setattr(documents.PRESS, "_taken", documents.PRESS._most)

    again = await document(client, where)
    not_yet = await document(client, other)
    with_names = await named(client, where, sijunjung)

    assert [each.status_code for each in (again, not_yet, with_names)] == [200, 503, 200]
    assert again.content == first.content
    monkeypatch.undo()
    assert (await document(client, other)).status_code == 200


async def test_what_is_signed_meanwhile_makes_another_edition(
    client: AsyncClient, where: Body, sessions: Sessions, keys: Keyring
) -> None:
    before = words_of(await document(client, where))
    await sign(client, where, signature(6))
    await publish(sessions, keys)

    after = words_of(await document(client, where))

    assert "Kabupaten Sijunjung 4" in before
    assert "Kabupaten Sijunjung 5" in after


async def test_many_who_ask_at_once_are_printed_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(crowd(0), signatories=None)
    monkeypatch.setattr(documents.PRESS, "_taken", documents.PRESS._most - 1)

    papers = await asyncio.gather(*(documents.print_for_everybody(asked) for _ in range(3)))

    assert papers[0] == papers[1] == papers[2]


async def test_a_cancelled_declaration_has_none(
    client: AsyncClient, where: Body, sijunjung: Headers
) -> None:
    await take(client, sijunjung, where, "cancellation")

    assert (await document(client, where)).status_code == 404


def test_a_list_that_was_cut_says_so() -> None:
    sheet = document_sheet(crowd(3), most=3)

    said = [each.prose[0].en for each in sheet.sections if each.prose]
    assert "Only the first 3 recorded of 7 are listed here" in said[-1]


def crowd(number: int) -> Document:
    nobody = SignerOut(
        name="Rekaan", position="Staf", office="Kantor", employee_number=None, represents=None
    )
    text = {"id": "Rekaan", "en": "Invented"}
    return Document(
        title=Text("Rekaan", "Invented"),
        heading="Rekaan",
        version=1,
        state=PaperState.VALID,
        facts=(),
        led_by="Bupati",
        organiser=None,
        witnesses=(),
        legal_basis=(),
        text=SignedTextOut.model_validate({"title": text, "opening": text, "points": []}),
        tally=TallyOut.model_validate(
            {
                "declaration_id": new_id(),
                "unit": "signature",
                "definition": text,
                "tree_size": 9,
                "as_of": datetime(2024, 9, 30, tzinfo=UTC),
                "signatures": 7,
                "witnesses": 0,
                "texts": {},
                "groups": {Group.ASN_PNS: 7},
                "roles": {SignatoryRole.SIGNATORY: 7},
                "regions": [],
            }
        ),
        head=None,
        code=None,
        address="https://netra.contoh",
        signatories=[Signatory(SignatoryRole.SIGNATORY, nobody)] * number,
    )
