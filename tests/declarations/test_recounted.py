"""What everybody can check of a declaration from outside, over real HTTP, with our own commands
and with the verifier that we hand out."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.actors import Role
from app.core.crypto import Keyring
from app.core.database import Sessions
from tests.declarations.declaring import Body, Headers, opened, sign, signature, tally
from tests.declarations.test_withdrawal import withdraw
from tests.people import officer
from tests.web.listening import listening

NAME: Final = "kpk.example/saksi"
NETRA: Final = ("-c", "from app.cli import run; run()")
SIGNED: Final[tuple[Body, ...]] = (
    {},
    {"group": "polri"},
    {"region_code": "73.07"},
    {"region_code": "73.07", "group": "polri"},
    {"role": "witness"},
    {"role": "representative", "represents": "Perangkat Daerah Rekaan"},
)


@dataclass(frozen=True)
class Ran:
    code: int
    said: str
    errors: str


async def run(*arguments: str | Path) -> Ran:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, errors = await process.communicate()
    return Ran(process.returncode or 0, said.decode(), errors.decode())


@pytest.fixture
async def log(app: FastAPI) -> AsyncIterator[str]:
    async with listening(app) as address:
        yield f"{address}/ledger/declarations"


@pytest.fixture
async def head(sessions: Sessions, keys: Keyring) -> Headers:
    return await officer(sessions, keys, role=Role.ADMIN, office_code="bawaslu-00")


@pytest.fixture
async def declared(client: AsyncClient, sijunjung: Headers) -> Sequence[Body]:
    """Two declarations; of each one signature is withdrawn."""
    declared = [await opened(client, sijunjung) for _ in range(2)]
    for where in declared:
        for number, changes in enumerate(SIGNED):
            answer = await sign(client, where, signature(number, **changes))
            assert answer.status_code == 201, answer.text
        withdrawn = await sign(client, where, signature(100))
        assert (await withdraw(client, withdrawn.json()["ticket"])).status_code == 200
    return declared


async def key_of(client: AsyncClient) -> str:
    return (await client.get("/ledger/declarations/key")).text.strip()


async def test_the_recount_equals_what_the_api_shows(
    client: AsyncClient, declared: Sequence[Body], log: str, tmp_path: Path
) -> None:
    shown = [await tally(client, where) for where in declared]
    verifier = tmp_path / "verifier.py"
    verifier.write_text((await client.get("/ledger/verifier")).text, "utf-8")
    key = await key_of(client)

    alone = await run("-I", verifier, "log", log, "--key", key)
    ours = await run(*NETRA, "verify", "log", log, "--key", key)

    assert (alone.code, ours.code) == (0, 0), alone.errors + ours.errors
    assert ours.said == alone.said
    lines = [line.split("\t") for line in alone.said.splitlines()[1:]]
    for each in shown:
        counted = [line for line in lines if line[0] == each["declaration_id"]]
        groups: Counter[str] = Counter()
        regions: Counter[str] = Counter()
        for _, _, region, group, signatures, _ in counted:
            groups[group] += int(signatures)
            regions[region] += int(signatures)
        assert each["groups"] == groups
        assert {line["region_code"]: line["signatures"] for line in each["regions"]} == regions
        assert (each["signatures"], each["witnesses"]) == (5, sum(int(line[5]) for line in counted))


async def test_a_witness_cosigns_and_the_kept_proof_shows_it(
    client: AsyncClient, head: Headers, declared: Sequence[Body], log: str, tmp_path: Path
) -> None:
    await tally(client, declared[0])
    key, state = await key_of(client), ("--name", NAME, "--state", tmp_path / "state")
    witness = (await run(*NETRA, "witness", "key", *state)).said.strip()
    form = {"verifier_key": witness, "operator": "Lembaga Pemantau Contoh"}
    stranger = await run(*NETRA, "witness", "cosign", log, "--key", key, *state)
    await client.post("/ledger/witnesses", json=form, headers=head)

    cosigned = await run(*NETRA, "witness", "cosign", log, "--key", key, *state)

    assert (stranger.code, cosigned.code) == (2, 0), cosigned.errors
    kept = tmp_path / "kept.tlog-proof"
    kept.write_text((await client.get("/ledger/declarations/proofs/inclusion.txt?index=3")).text)
    trusted = ("--key", key, "--witness", witness, "--quorum", "1")
    for program in (("-I", "app/ledger/data/netra_verify.py"), (*NETRA, "verify")):
        shown = await run(*program, "proof", kept, *trusted)
        assert shown.code == 0, shown.errors
        assert declared[0]["id"] in shown.said
