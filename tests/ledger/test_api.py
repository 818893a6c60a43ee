"""Everybody can fetch the logs, check them, and cosign what was published of them."""

import base64
import hashlib
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.ids import new_id
from app.ledger.models import LedgerCosignature
from app.ledger.repository import checkpoints
from app.ledger.rules.checkpoints import Checkpoint, open_checkpoint
from app.ledger.rules.cosigning import CosignatureSigner
from app.ledger.rules.logs import LogName
from app.ledger.rules.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from app.ledger.rules.notes import NoteVerifier, read_note, write_note
from app.ledger.rules.proofs import LogProof, Policy, verify_proof
from app.ledger.rules.tiles import read_bundle
from app.web.clock import present
from app.web.limits import Limits
from tests.ledger.adding import add
from tests.ledger.publishing import publish
from tests.people import officer

LOG = "/ledger/declarations"
WITNESS = CosignatureSigner("saksi.example/netra", hashlib.sha256(b"rekaan").digest())
OTHER = CosignatureSigner("lain.example/netra", hashlib.sha256(b"rekaan lain").digest())


@pytest.fixture
async def leaves(sessions: Sessions, keys: Keyring) -> list[bytes]:
    """A published log of 300 leaves, and three more that are not published."""
    data = await add(sessions, 300)
    await publish(sessions, keys)
    await add(sessions, 3)
    return data


@pytest.fixture
async def head(sessions: Sessions, keys: Keyring) -> dict[str, str]:
    return await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-00")


async def text_of(client: AsyncClient, path: str) -> str:
    answer = await client.get(f"{LOG}{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    return answer.text


async def signed(client: AsyncClient) -> Checkpoint:
    log = NoteVerifier.parse((await text_of(client, "/key")).strip())
    return open_checkpoint(await text_of(client, "/checkpoint"), log)


def hashes(answer: Response) -> list[bytes]:
    assert answer.status_code == 200, answer.text
    return [base64.b64decode(each) for each in answer.json()["hashes"]]


async def register(client: AsyncClient, headers: dict[str, str], key: str) -> Any:
    form = {"verifier_key": key, "operator": "Lembaga Pemantau Contoh"}
    return await client.post("/ledger/witnesses", json=form, headers=headers)


async def cosign(client: AsyncClient, signer: CosignatureSigner, note: str) -> Response:
    text, _ = read_note(note)
    said = write_note(text, [signer.sign(text, int(present().timestamp()))])
    headers = {"Content-Type": "text/plain"}
    return await client.post(f"{LOG}/cosignatures", content=said, headers=headers)


async def test_the_checkpoint_is_signed_and_counts_what_is_published(
    client: AsyncClient, leaves: list[bytes]
) -> None:
    said = await signed(client)

    assert (said.size, said.root) == (300, root_of(map(leaf_hash, leaves)))


async def test_the_checkpoint_is_cached_for_a_moment(
    client: AsyncClient, leaves: list[bytes]
) -> None:
    first = await client.get(f"{LOG}/checkpoint")
    again = await client.get(f"{LOG}/checkpoint", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, max-age=1"
    assert again.status_code == 304


async def test_full_tiles_are_kept_for_ever_and_partial_ones_are_not(
    client: AsyncClient, leaves: list[bytes]
) -> None:
    full = await client.get(f"{LOG}/tile/0/000")
    partial = await client.get(f"{LOG}/tile/0/001.p/44")

    assert full.content + partial.content == b"".join(map(leaf_hash, leaves))
    assert full.headers["content-type"] == "application/octet-stream"
    assert "immutable" in full.headers["cache-control"]
    assert "immutable" not in partial.headers["cache-control"]


async def test_a_tile_can_still_be_read_as_wide_as_it_was(
    client: AsyncClient, leaves: list[bytes]
) -> None:
    answer = await client.get(f"{LOG}/tile/0/000.p/7")

    assert answer.content == b"".join(map(leaf_hash, leaves[:7]))


async def test_the_tile_above_holds_the_roots_of_those_below(
    client: AsyncClient, leaves: list[bytes]
) -> None:
    answer = await client.get(f"{LOG}/tile/1/000.p/1")

    assert answer.content == root_of(map(leaf_hash, leaves[:256]))


async def test_the_entries_are_bundled(client: AsyncClient, leaves: list[bytes]) -> None:
    full = await client.get(f"{LOG}/tile/entries/000")
    partial = await client.get(f"{LOG}/tile/entries/001.p/44")

    assert [*read_bundle(full.content), *read_bundle(partial.content)] == leaves


@pytest.mark.parametrize(
    "path",
    [
        "0/001",
        "0/001.p/45",
        "entries/001.p/47",
        "entries/002.p/1",
        "1/000",
        "2/000.p/1",
        "0/0",
        "0/x000/000",
        "0/000.p/0",
        "0/000.p/256",
        "64/000",
        "rekaan",
        "0/x999/x999/x999/x999/x999/999",
    ],
)
async def test_nothing_is_served_beyond_the_checkpoint_nor_under_another_name(
    client: AsyncClient, leaves: list[bytes], path: str
) -> None:
    answer = await client.get(f"{LOG}/tile/{path}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 300), (255, 256), (299, 300), (5, 77)])
async def test_a_leaf_is_shown_to_be_in_the_log(
    client: AsyncClient, leaves: list[bytes], index: int, size: int
) -> None:
    answer = await client.get(f"{LOG}/proofs/inclusion", params={"index": index, "size": size})

    root = root_of(map(leaf_hash, leaves[:size]))
    verify_inclusion(leaf_hash(leaves[index]), index, size, hashes(answer), root)
    assert answer.json()["leaf"].encode() == leaves[index]
    assert (answer.json()["checkpoint"] is None) is (size != 300)


@pytest.mark.parametrize(("old", "new"), [(0, 300), (1, 300), (256, 300), (77, 130), (300, 300)])
async def test_the_log_is_shown_to_have_only_grown(
    client: AsyncClient, leaves: list[bytes], old: int, new: int
) -> None:
    answer = await client.get(f"{LOG}/proofs/consistency", params={"old": old, "new": new})

    roots = [root_of(map(leaf_hash, leaves[:size])) for size in (old, new)]
    verify_consistency(old, roots[0], new, roots[1], hashes(answer))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/proofs/inclusion?index=300", 422),
        ("/proofs/inclusion?index=5&size=5", 422),
        ("/proofs/inclusion?index=0&size=301", 422),
        ("/proofs/consistency?old=2&new=1", 422),
        ("/proofs/consistency?old=1&new=301", 422),
        ("/proofs/inclusion.txt?index=0&size=7", 404),
    ],
)
async def test_what_is_not_published_cannot_be_shown(
    client: AsyncClient, leaves: list[bytes], path: str, status: int
) -> None:
    answer = await client.get(f"{LOG}{path}")

    assert answer.status_code == status


async def test_an_empty_log_has_no_checkpoint_yet(client: AsyncClient) -> None:
    for path in ("/checkpoint", "/key", "/tile/0/000.p/1", "/checkpoint?witnesses=1"):
        assert (await client.get(f"/ledger/journal{path}")).status_code == 404


async def test_a_proof_can_be_kept_and_checked_with_its_witnesses(
    client: AsyncClient, leaves: list[bytes], head: dict[str, str]
) -> None:
    await register(client, head, WITNESS.verifier_key)
    await cosign(client, WITNESS, await text_of(client, "/checkpoint"))

    proof = LogProof.read(await text_of(client, "/proofs/inclusion.txt?index=42"))

    log = NoteVerifier.parse((await text_of(client, "/key")).strip())
    shown = verify_proof(proof, leaves[42], Policy(log, [WITNESS.verifier], quorum=1))
    assert shown.checkpoint.size == 300
    assert shown.cosigned == ["saksi.example/netra"]


async def test_a_cosignature_is_kept_once_and_served_with_its_checkpoint(
    client: AsyncClient,
    sessions: Sessions,
    keys: Keyring,
    leaves: list[bytes],
    head: dict[str, str],
) -> None:
    await register(client, head, WITNESS.verifier_key)
    note = await text_of(client, "/checkpoint")

    first = await cosign(client, WITNESS, note)
    again = await cosign(client, WITNESS, note)
    await publish(sessions, keys)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.text.count("saksi.example") == again.text.count("saksi.example") == 1
    assert "saksi.example" not in await text_of(client, "/checkpoint")
    assert await text_of(client, "/checkpoint?witnesses=1") == again.text


async def test_a_proof_can_be_asked_for_with_its_quorum(
    client: AsyncClient,
    sessions: Sessions,
    keys: Keyring,
    leaves: list[bytes],
    head: dict[str, str],
) -> None:
    await register(client, head, WITNESS.verifier_key)
    await cosign(client, WITNESS, await text_of(client, "/checkpoint"))
    await publish(sessions, keys)
    path = f"{LOG}/proofs/inclusion.txt"

    proof = LogProof.read(await text_of(client, "/proofs/inclusion.txt?index=42&witnesses=1"))
    newest = await text_of(client, "/proofs/inclusion.txt?index=42")
    at_size = await client.get(path, params={"index": 42, "witnesses": 1, "size": 300})
    too_many = await client.get(path, params={"index": 42, "witnesses": 2})
    too_new = await client.get(path, params={"index": 300, "witnesses": 1})
    unsigned = await client.get(path, params={"index": 42, "witnesses": 1, "size": 303})

    log = NoteVerifier.parse((await text_of(client, "/key")).strip())
    shown = verify_proof(proof, leaves[42], Policy(log, [WITNESS.verifier], quorum=1))
    assert shown.checkpoint.size == 300
    assert "saksi.example" not in newest
    assert at_size.text == proof.write()
    assert [each.status_code for each in (too_many, too_new, unsigned)] == [404, 404, 404]


async def test_only_a_registered_witness_cosigns(
    client: AsyncClient, leaves: list[bytes], head: dict[str, str]
) -> None:
    witness = (await register(client, head, WITNESS.verifier_key)).json()
    note = await text_of(client, "/checkpoint")

    unknown = await cosign(client, OTHER, note)
    ended = await client.post(f"/ledger/witnesses/{witness['id']}/ending", headers=head)
    late = await cosign(client, WITNESS, note)

    assert [unknown.status_code, late.status_code] == [422, 422]
    assert unknown.json()["code"] == "cosignature-refused"
    assert ended.json()["until"] is not None


async def test_one_key_is_one_witness(
    client: AsyncClient, leaves: list[bytes], head: dict[str, str]
) -> None:
    """Whatever it is called: or else one office alone would be a quorum."""
    alias = CosignatureSigner("nama-lain.example/netra", WITNESS.private_key)
    first = (await register(client, head, WITNESS.verifier_key)).json()

    twice = await register(client, head, alias.verifier_key)
    await cosign(client, WITNESS, await text_of(client, "/checkpoint"))
    await client.post(f"/ledger/witnesses/{first['id']}/ending", headers=head)
    moved = await register(client, head, alias.verifier_key)
    await cosign(client, alias, await text_of(client, "/checkpoint"))

    assert (twice.status_code, twice.json()["code"]) == (409, "witness-key-known")
    assert moved.status_code == 201
    counted = [await client.get(f"{LOG}/checkpoint?witnesses={number}") for number in (1, 2)]
    assert [each.status_code for each in counted] == [200, 404]


async def test_who_has_ended_counts_no_more(
    client: AsyncClient, leaves: list[bytes], head: dict[str, str]
) -> None:
    witness = (await register(client, head, WITNESS.verifier_key)).json()
    await cosign(client, WITNESS, await text_of(client, "/checkpoint"))
    before = await client.get(f"{LOG}/checkpoint?witnesses=1")

    await client.post(f"/ledger/witnesses/{witness['id']}/ending", headers=head)

    after = await client.get(f"{LOG}/checkpoint?witnesses=1")
    assert (before.status_code, after.status_code) == (200, 404)
    assert "saksi.example" in await text_of(client, "/checkpoint")


async def test_a_quorum_is_looked_for_among_recent_cosignatures(
    client: AsyncClient,
    sessions: Sessions,
    leaves: list[bytes],
    head: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Or else whoever asks for a quorum that never was would have all of them read."""
    monkeypatch.setattr(checkpoints, "RECENT", 2)
    for signer in (WITNESS, OTHER):
        await register(client, head, signer.verifier_key)
        await cosign(client, signer, await text_of(client, "/checkpoint"))
    recent = await client.get(f"{LOG}/checkpoint?witnesses=2")
    async with sessions.begin() as session:
        session.add(
            LedgerCosignature(
                log=LogName.DECLARATIONS, size=301, witness_id=new_id(), line="", at=present()
            )
        )

    old = await client.get(f"{LOG}/checkpoint?witnesses=2")

    assert (recent.status_code, old.status_code) == (200, 404)


async def test_only_what_we_published_is_cosigned(
    client: AsyncClient, leaves: list[bytes], head: dict[str, str]
) -> None:
    await register(client, head, WITNESS.verifier_key)
    ours = await signed(client)

    answers = [
        await cosign(client, WITNESS, write_note(said.write(), [WITNESS.sign(said.write(), 1)]))
        for said in (
            Checkpoint(ours.origin, 300, b"\1" * 32),
            Checkpoint(ours.origin, 299, ours.root),
            Checkpoint("lain.example/log", 300, ours.root),
            Checkpoint(ours.origin, 300, ours.root, ("rekaan",)),
        )
    ]

    assert [each.status_code for each in answers] == [409, 409, 409, 409]
    assert answers[0].json()["code"] == "not-our-checkpoint"


@pytest.mark.parametrize("note", ["", "rekaan", "rekaan\n\n\u2014 rekaan rekaan\n", "\x00"])
async def test_what_is_no_note_is_refused(
    client: AsyncClient, leaves: list[bytes], note: str
) -> None:
    headers = {"Content-Type": "text/plain"}

    answer = await client.post(f"{LOG}/cosignatures", content=note, headers=headers)

    assert answer.status_code == 422


async def test_a_cosignature_of_another_text_is_refused(
    client: AsyncClient, leaves: list[bytes], head: dict[str, str]
) -> None:
    await register(client, head, WITNESS.verifier_key)
    text, _ = read_note(await text_of(client, "/checkpoint"))
    false = write_note(text, [WITNESS.sign(f"{text}rekaan\n", 1)])
    headers = {"Content-Type": "text/plain"}

    answer = await client.post(f"{LOG}/cosignatures", content=false, headers=headers)

    assert answer.status_code == 422


async def test_only_the_head_office_names_witnesses(
    client: AsyncClient, sessions: Sessions, keys: Keyring, head: dict[str, str]
) -> None:
    local = await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-73")

    refused = await register(client, local, WITNESS.verifier_key)
    registered = await register(client, head, WITNESS.verifier_key)
    twice = await register(client, head, WITNESS.verifier_key)
    wrong = await register(client, head, NoteVerifier("rekaan", bytes(32)).verifier_key)
    path = f"/ledger/witnesses/{registered.json()['id']}/ending"
    kept = await client.post(path, headers=local)
    listed = await client.get("/ledger/witnesses")

    statuses = [each.status_code for each in (refused, registered, twice, wrong, kept)]
    assert statuses == [403, 201, 409, 422, 403]
    assert [each["name"] for each in listed.json()["items"]] == ["saksi.example/netra"]


async def test_a_whole_log_can_be_read_in_one_go(
    client: AsyncClient, app: FastAPI, leaves: list[bytes]
) -> None:
    app.state.limits = Limits(anonymous=3, credential=3)

    full = [await client.get(f"{LOG}/tile/entries/000") for _ in range(9)]
    partial = [await client.get(f"{LOG}/tile/entries/001.p/44") for _ in range(9)]

    assert {each.status_code for each in full} == {200}
    assert 429 in {each.status_code for each in partial}
