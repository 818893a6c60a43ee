"""A code says whether the paper still holds, and never who holds it."""

import json
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import event, update

from app.certificates.rules.codes import CodeKind
from app.certificates.service.codes import CodeMaker
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.declarations.models.declarations import Declaration, Signature
from app.declarations.rules.kinds import SignatureState, Status
from tests.declarations.declaring import Body, Headers, opened, sign, signature
from tests.ledger.publishing import publish
from tests.people import officer

NAME = "Dr. Contoh Rekaan, S.H."


@pytest.fixture
async def staff(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role="prevention_staff", office_code="bawaslu-13.03")


async def signed(client: AsyncClient, staff: Headers, *, by_organiser: bool = True) -> Body:
    where = await opened(client, staff)
    headers = staff if by_organiser else {}
    answer = await sign(client, where, signature(name=NAME), headers=headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def code_of(keys: Keyring, of: Body, kind: CodeKind = CodeKind.SIGNATURE) -> str:
    return CodeMaker(keys).write(kind, of["leaf_index"])


def facts(answer: Body) -> dict[str, str]:
    return {each["name"]: each["value"] for each in answer["facts"]}


async def test_a_valid_signature_is_told_with_what_its_paper_says(
    client: AsyncClient, staff: Headers, keys: Keyring
) -> None:
    paper = await signed(client, staff)

    answer = await client.get(f"/verify/{code_of(keys, paper)}")

    said = answer.json()
    assert answer.status_code == 200, answer.text
    assert said["state"] == "valid"
    assert said["code"] == code_of(keys, paper)
    assert facts(said) | {"text_hash": "", "recorded_at": ""} == {
        "declaration_id": paper["declaration_id"],
        "declaration_kind": "pledge",
        "place": "Gedung Rekaan, Sijunjung",
        "held_on": "2024-09-30",
        "office_name": "Bawaslu Kabupaten Sijunjung",
        "pledge_text": "neutrality-pledge/1",
        "text_hash": "",
        "region_code": "13.03",
        "signer_group": "asn_pns",
        "signatory_role": "signatory",
        "signature_method": "click",
        "recorded_at": "",
    }
    assert said["proof"]["leaf_index"] == paper["leaf_index"]


async def test_a_name_that_nobody_has_checked_is_not_called_valid(
    client: AsyncClient, staff: Headers, keys: Keyring
) -> None:
    paper = await signed(client, staff, by_organiser=False)
    code = code_of(keys, paper)
    judged = f"/declarations/{paper['declaration_id']}/signatures/{paper['id']}/confirmation"

    before = (await client.get(f"/verify/{code}")).json()
    await client.post(judged, json={}, headers=staff)
    after = (await client.get(f"/verify/{code}")).json()

    told = [(each["state"], facts(each)["signature_check"]) for each in (before, after)]
    assert told == [("waiting", "waiting"), ("valid", "confirmed")]


async def test_nothing_of_the_person_is_told(
    client: AsyncClient, staff: Headers, keys: Keyring
) -> None:
    paper = await signed(client, staff)

    answer = await client.get(f"/verify/{code_of(keys, paper)}")

    said = json.dumps(answer.json(), ensure_ascii=False).casefold()
    assert not any(word in said for word in ("contoh", "camat", "kecamatan", paper["id"]))


@pytest.mark.parametrize("state", [SignatureState.WITHDRAWN, SignatureState.INVALIDATED])
async def test_what_became_of_a_signature_is_told(
    client: AsyncClient, staff: Headers, keys: Keyring, sessions: Sessions, state: SignatureState
) -> None:
    paper = await signed(client, staff)
    async with sessions.begin() as session:
        mine = (Signature.region_id > 0, Signature.id == UUID(paper["id"]))
        await session.execute(update(Signature).where(*mine).values(state=state))

    answer = await client.get(f"/verify/{code_of(keys, paper)}")

    assert answer.json()["state"] == state.value


async def test_what_was_signed_of_a_cancelled_declaration_is_void(
    client: AsyncClient, staff: Headers, keys: Keyring, sessions: Sessions
) -> None:
    paper = await signed(client, staff)
    async with sessions.begin() as session:
        this = Declaration.id == UUID(paper["declaration_id"])
        await session.execute(update(Declaration).where(this).values(status=Status.CANCELLED))

    for kind in (CodeKind.SIGNATURE, CodeKind.TALLY):
        answer = await client.get(f"/verify/{code_of(keys, paper, kind)}")

        assert answer.json()["state"] == "invalidated"
        assert facts(answer.json())["declaration_status"] == "cancelled"


async def test_the_tree_head_that_covers_it_is_told(
    client: AsyncClient, staff: Headers, keys: Keyring, sessions: Sessions
) -> None:
    path = f"/verify/{code_of(keys, await signed(client, staff))}"
    before = (await client.get(path)).json()["proof"]
    await publish(sessions, keys)

    after = (await client.get(path)).json()["proof"]

    assert (before["tree_size"], before["root_hash"]) == (None, None)
    assert after["tree_size"] > after["leaf_index"]
    assert len(after["root_hash"]) == 64


async def test_the_document_of_a_declaration_is_told_with_its_count(
    client: AsyncClient, staff: Headers, keys: Keyring, sessions: Sessions
) -> None:
    paper = await signed(client, staff)
    await publish(sessions, keys)

    answer = await client.get(f"/verify/{code_of(keys, paper, CodeKind.TALLY)}")

    said = answer.json()
    assert (said["kind"], said["state"], said["has_holder"]) == ("T", "valid", False)
    assert facts(said)["signatures"] == "1"


async def test_a_code_is_read_as_people_type_it(
    client: AsyncClient, staff: Headers, keys: Keyring
) -> None:
    paper = await signed(client, staff)
    typed = code_of(keys, paper).lower().replace("-", "").replace("0", "o")

    assert (await client.get(f"/verify/{typed}")).status_code == 200


@pytest.mark.parametrize(
    "code", ["rekaan", "D00000-1AQX3T-8ZK2MG", "D00000-1AQX3T-8ZK2MA", "%00", "%F0%9F%92%A9"]
)
async def test_what_is_not_ours_never_reaches_the_database(
    client: AsyncClient, sessions: Sessions, code: str
) -> None:
    asked: list[Any] = []
    engine = sessions.kw["bind"].sync_connection
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2]))

    answer = await client.get(f"/verify/{code}")

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-code")
    assert [each for each in asked if "SELECT" in each] == []


async def test_a_code_of_ours_for_a_leaf_that_is_not_there_is_unknown(
    client: AsyncClient, keys: Keyring
) -> None:
    for kind in (CodeKind.SIGNATURE, CodeKind.TALLY):
        answer = await client.get(f"/verify/{code_of(keys, {'leaf_index': 2**34}, kind)}")

        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-code")


async def test_who_has_the_answer_is_not_sent_it_again(
    client: AsyncClient, staff: Headers, keys: Keyring
) -> None:
    path = f"/verify/{code_of(keys, await signed(client, staff))}"
    first = await client.get(path)

    again = await client.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, max-age=60"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        (NAME, True),
        ("DR CONTOH REKAAN SH", True),
        ("Contoh Rekaan", False),
        ("Orang Lain", False),
        ("...", False),
    ],
)
async def test_a_name_is_compared_and_never_told(
    client: AsyncClient, staff: Headers, keys: Keyring, name: str, is_same: bool
) -> None:
    path = f"/verify/{code_of(keys, await signed(client, staff))}/name"

    answer = await client.post(path, json={"name": name})

    assert (answer.status_code, answer.json()) == (200, {"is_same": is_same})


async def test_a_document_has_no_holder(client: AsyncClient, staff: Headers, keys: Keyring) -> None:
    code = code_of(keys, await signed(client, staff), CodeKind.TALLY)

    answer = await client.post(f"/verify/{code}/name", json={"name": NAME})

    assert answer.status_code == 404
