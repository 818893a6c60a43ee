"""Certified signatures made elsewhere: the document is kept and checked, and counts if whole."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.certificates.rules.codes import CodeKind
from app.certificates.service.codes import CodeMaker
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.declarations.models.declarations import Target
from app.evidence.jobs.checks import check_documents
from app.evidence.service.checks import CheckService
from app.web.clock import present
from tests.declarations.collecting import codes, outcomes, send, signer
from tests.declarations.declaring import Body, Headers, opened
from tests.declarations.inviting import invite
from tests.declarations.test_checking import judge
from tests.evidence.samples import photograph
from tests.evidence.sending import Sender
from tests.evidence.signed import blank, signatory, signed


@pytest.fixture
async def where(client: AsyncClient, sijunjung: Headers) -> Body:
    return await opened(client, sijunjung)


@pytest.fixture
async def invited(sessions: Sessions, keys: Keyring, where: Body) -> tuple[Target, Target]:
    first, second = await invite(sessions, keys, where, 1, 2)
    return first, second


@pytest.fixture
def checks(app: FastAPI, sessions: Sessions, keys: Keyring) -> CheckService:
    root = signatory().root
    return CheckService(sessions, keys, app.state.depot.objects, present, root)


async def brought(client: AsyncClient, headers: Headers, where: Body, content: bytes) -> str:
    sender = Sender(client, headers, said={"declaration_id": where["id"]})
    return (await sender.sent(content)).rpartition("/")[2]


def certified(evidence_id: str, number: int = 1, **which: int) -> Body:
    return {
        "id": str(new_id()),
        "signer": signer(number),
        "method": "certified",
        "paper": {"evidence_id": evidence_id} | which,
    }


async def test_a_whole_document_carries_a_signature(
    client: AsyncClient, sijunjung: Headers, where: Body, checks: CheckService
) -> None:
    document = await brought(client, sijunjung, where, signed())
    item = certified(document)
    before = await send(client, where, [item], sijunjung)
    await check_documents(checks)

    after = await send(client, where, [item], sijunjung)

    papers = await client.get(f"/declarations/{where['id']}/papers", headers=sijunjung)
    check = papers.json()["items"][0]["check"]
    assert codes(before) == ["document-not-checked"]
    assert outcomes(after) == ["recorded"]
    assert check["state"] == "intact"
    assert check["checked_at"]
    assert check["signatures"][0]["subject"] == "Common Name: Contoh Rekaan"
    assert check["signatures"][0]["trusted"] is True
    assert after.json()["items"][0]["signature"]["method"] == "certified"


async def test_whose_issuer_nobody_knows_is_told_apart_on_every_paper(
    client: AsyncClient,
    sijunjung: Headers,
    where: Body,
    checks: CheckService,
    keys: Keyring,
) -> None:
    checks.roots = b""
    document = await brought(client, sijunjung, where, signed())
    await check_documents(checks)

    answer = await send(client, where, [certified(document)], sijunjung)

    recorded = answer.json()["items"][0]["signature"]
    code = CodeMaker(keys).write(CodeKind.SIGNATURE, recorded["leaf_index"])
    facts = (await client.get(f"/verify/{code}")).json()["facts"]
    [method] = [each for each in facts if each["name"] == "signature_method"]
    assert recorded["method"] == "electronic"
    assert method["value"] == "electronic"
    assert method["said"]["id"] == "Ditandatangani elektronik, penerbit belum diperiksa"


async def test_each_signature_in_a_document_is_one_persons(
    client: AsyncClient, sijunjung: Headers, where: Body, checks: CheckService
) -> None:
    document = await brought(client, sijunjung, where, signed(signed(), "Dua"))
    await check_documents(checks)
    first, same = certified(document, 1, signature=1), certified(document, 2, signature=1)
    second, third = certified(document, 3, signature=2), certified(document, 4, signature=3)

    at_once = await send(client, where, [first, same, third], sijunjung)
    later = await send(client, where, [first, same, second, certified(document, 5)], sijunjung)

    path = f"/declarations/{where['id']}/signatures/{second['id']}/capture"
    capture = (await client.get(path, headers=sijunjung)).json()
    assert codes(at_once) == ["", "document-signature-used", "invalid"]
    assert codes(later) == ["", "document-signature-used", "", "invalid"]
    assert outcomes(later)[0] == "repeated"
    assert capture["paper"]["signature"] == 2


@pytest.mark.parametrize(
    "document",
    [
        (signed().replace(b"612", b"613", 1), "altered"),
        (signed() + b"\n% rekaan\n", "extended"),
        (blank(), "unsigned"),
        (b"%PDF-1.7\nrekaan", "unreadable"),
    ],
    ids=["altered", "extended", "unsigned", "unreadable"],
)
async def test_any_other_document_is_kept_and_carries_none(
    client: AsyncClient,
    sijunjung: Headers,
    where: Body,
    checks: CheckService,
    document: tuple[bytes, str],
) -> None:
    content, state = document
    brought_id = await brought(client, sijunjung, where, content)
    await check_documents(checks)

    answer = await send(client, where, [certified(brought_id)], sijunjung)

    papers = await client.get(f"/declarations/{where['id']}/papers", headers=sijunjung)
    assert papers.json()["items"][0]["check"]["state"] == state
    assert codes(answer) == ["document-not-intact"]


async def test_a_photograph_is_no_signed_document(
    client: AsyncClient, sijunjung: Headers, where: Body
) -> None:
    picture = await brought(client, sijunjung, where, photograph())

    answer = await send(client, where, [certified(picture)], sijunjung)

    papers = await client.get(f"/declarations/{where['id']}/papers", headers=sijunjung)
    assert papers.json()["items"][0]["check"] is None
    assert codes(answer) == ["document-not-intact"]


async def test_what_was_signed_elsewhere_waits_for_the_organiser(
    client: AsyncClient, sijunjung: Headers, where: Body, checks: CheckService, keys: Keyring
) -> None:
    """Any document will do to sign in; only a reader sees that it is the text of this one."""
    document = await brought(client, sijunjung, where, signed())
    await check_documents(checks)

    recorded = (await send(client, where, [certified(document)], sijunjung)).json()["items"][0]

    told = recorded["signature"]
    code = CodeMaker(keys).write(CodeKind.SIGNATURE, told["leaf_index"])
    path = f"/declarations/{where['id']}/signatures/{told['id']}"
    capture = (await client.get(f"{path}/capture", headers=sijunjung)).json()
    before = (await client.get(f"/verify/{code}")).json()["state"]
    confirmed = await judge(client, sijunjung, told, "confirmation")
    after = (await client.get(f"/verify/{code}")).json()["state"]
    assert told["check"] == "waiting"
    assert (before, after) == ("waiting", "valid")
    assert confirmed.json()["check"] == "confirmed"
    assert capture["paper"]["certificate"] == {
        "subject": "Common Name: Contoh Rekaan",
        "issuer": "Common Name: Akar Rekaan",
        "trusted": True,
        "signer": {
            "name": "Hadirin Rekaan 1",
            "position": "Camat",
            "office": "Kecamatan Rekaan",
            "employee_number": None,
            "represents": None,
        },
    }


async def test_a_target_who_signed_elsewhere_is_confirmed_as_himself(
    client: AsyncClient,
    sijunjung: Headers,
    where: Body,
    checks: CheckService,
    invited: tuple[Target, Target],
) -> None:
    target, other = invited
    document = await brought(client, sijunjung, where, signed())
    await check_documents(checks)
    reference = {"id": str(target.id), "region_id": target.region_id}
    item = {key: said for key, said in certified(document).items() if key != "signer"}
    answer = await send(client, where, [item | {"target": reference}], sijunjung)
    told = answer.json()["items"][0]["signature"]

    path = f"/declarations/{where['id']}/signatures/{told['id']}/candidates"
    candidates = (await client.get(path, headers=sijunjung)).json()["candidates"]
    as_other = await judge(client, sijunjung, told, "confirmation", stands_for=str(other.id))
    as_himself = await judge(client, sijunjung, told, "confirmation")

    assert (told["id"], told["check"]) == (item["id"], "waiting")
    assert candidates[0]["target_id"] == str(target.id)
    assert as_other.json()["code"] == "check-not-needed"
    assert as_himself.json()["check"] == "confirmed"
