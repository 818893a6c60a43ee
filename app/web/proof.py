"""Over its share a phone pays with a moment of computing, and not with who it is.

The challenge is version 2 of ALTCHA. Nothing of it is kept: it is signed under a key of ours and
the request that it is for, so that any web process can judge a proof, and it fits nothing else.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, Final

from altcha import Payload, VerifySolutionResult, create_challenge, verify_solution
from fastapi import Depends, Header, Request

from app.core.errors import TooMany
from app.core.texts import Text
from app.web.clock import present
from app.web.database import Keys
from app.web.intake import Intake, cost_at
from app.web.limits import Caller, Limits

HEADER: Final = "Proof-Of-Work"
_KIND: Final = "proof-of-work"
_ALGORITHM: Final = "PBKDF2/SHA-256"
_LIVES: Final = timedelta(minutes=10)

EXAMPLE: Final = {
    "parameters": {
        "algorithm": _ALGORITHM,
        "cost": 1_000,
        "keyLength": 32,
        "keyPrefix": "00",
        "nonce": "0f8a4c3de52b97f16a0d3c84b2e1f795",
        "salt": "a1d95f0c7be84326913f6e0d2c8b74fa",
        "expiresAt": 1_730_779_800,
    },
    "signature": "5d3c1e8fa6b04792c8e1f3a7d5b9024e6f8c1a3d7e5b9f024c6a8e1d3f5b7092",
}

SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "description": f"ALTCHA, version 2: solve it and repeat the request with {HEADER}.",
    "required": ["parameters", "signature"],
    "properties": {
        "parameters": {
            "type": "object",
            "required": list(EXAMPLE["parameters"]),
            "properties": {
                "algorithm": {"type": "string"},
                "cost": {"type": "integer", "description": "Rounds of each try."},
                "keyLength": {"type": "integer"},
                "keyPrefix": {"type": "string", "description": "What the key has to begin with."},
                "nonce": {"type": "string"},
                "salt": {"type": "string"},
                "expiresAt": {"type": "integer", "description": "In seconds since 1970."},
            },
        },
        "signature": {"type": "string"},
    },
}


class ProofRequired(TooMany):
    """More filings than the caller's share, or than this process is meant for."""

    code = "proof-of-work-required"
    text = Text(
        "Sedang ramai. Selesaikan `challenge`, lalu ulangi permintaan yang sama dengan header"
        " Proof-Of-Work berisi jawabannya.",
        "It is busy here. Solve the `challenge`, then repeat the same request with its solution"
        " in the header Proof-Of-Work.",
    )

    def __init__(self, challenge: dict[str, Any], retry_after: int | None) -> None:
        super().__init__(retry_after=retry_after)
        self.members = {"challenge": challenge}


class WrongProof(ProofRequired):
    code = "proof-of-work-wrong"
    text = Text(
        "Jawaban di Proof-Of-Work keliru atau bukan untuk permintaan ini; selesaikan yang baru.",
        "The solution in Proof-Of-Work is wrong or not for this request; solve the new one.",
    )


class ExpiredProof(ProofRequired):
    code = "proof-of-work-expired"
    text = Text(
        "Jawaban di Proof-Of-Work sudah kedaluwarsa; selesaikan yang baru.",
        "The solution in Proof-Of-Work has expired; solve the new one.",
    )


class UsedProof(ProofRequired):
    """One proof, and a phone that repeats itself; not one proof and a flood."""

    code = "proof-of-work-used"
    text = Text(
        "Jawaban di Proof-Of-Work sudah terlalu sering dipakai; selesaikan yang baru.",
        "The solution in Proof-Of-Work was used too often; solve the new one.",
    )


class KeyRequired(TooMany):
    """A proof is for one request, and only the key tells which one this is."""

    code = "idempotency-key-required"
    text = Text(
        "Sedang ramai. Ulangi dengan Idempotency-Key; dengan itu Anda mendapat `challenge`.",
        "It is busy here. Repeat with an Idempotency-Key, for which you will get a `challenge`.",
    )


class Toll:
    """What a public filing pays: one request of its caller's share, or a proof of work."""

    def __init__(self, request: Request, keys: Keys, proof: str | None) -> None:
        self.request = request
        self.keys = keys
        self.proof = proof

    async def pay(self, caller: Caller) -> None:
        limits: Limits = self.request.app.state.limits
        intake: Intake = self.request.app.state.intake
        load = intake.load()
        try:
            limits.spend(self.request, caller)
        except TooMany as spent:
            await self._prove(intake, load, spent.retry_after)
        else:
            if load >= 1:
                await self._prove(intake, load, None)
        intake.count()

    async def _prove(self, intake: Intake, load: float, retry_after: int | None) -> None:
        word = self._word()
        if word is None:
            raise KeyRequired(retry_after=retry_after)
        refusal = await self._fault(intake, word)
        if refusal is not None:
            secret = self.keys.secret_of(_KIND, word)
            raise refusal(_challenge(secret, cost_at(load)), retry_after)

    def _word(self) -> str | None:
        """What names this request and no other: its own id, or the key it is repeated with."""
        said = f"{self.request.method} {self.request.url.path}"
        if self.request.method == "PUT":
            return said
        key = self.request.headers.get("idempotency-key")
        return f"{said} {key}" if key else None

    async def _fault(self, intake: Intake, word: str) -> type[ProofRequired] | None:
        if self.proof is None:
            return ProofRequired
        secrets = self.keys.secrets_of(_KIND, word)
        # A thread, because one try at the highest cost takes 2 ms.
        found = await asyncio.to_thread(_judge, self.proof, secrets)
        if found is None or not found.verified:
            return ExpiredProof if found and found.expired else WrongProof
        # One challenge has many solutions: its signature is what was paid for.
        challenge = Payload.from_base64(self.proof).challenge
        return None if intake.accepts(str(challenge.signature)) else UsedProof


def _judge(proof: str, secrets: Sequence[bytes]) -> VerifySolutionResult | None:
    """What is to be said of a proof, if it is signed under one of our keys for this request."""
    found = (verify_solution(proof, secret) for secret in secrets)
    return next((each for each in found if not each.invalid_signature), None)


def _challenge(secret: bytes, cost: int) -> dict[str, Any]:
    expires_at = present() + _LIVES
    return create_challenge(_ALGORITHM, cost, expires_at=expires_at, hmac_secret=secret).to_dict()


Proof = Annotated[
    str | None,
    Header(
        description="The solution of the `challenge` that a 429 carried: base64 of"
        ' `{"challenge": …, "solution": {"counter": …, "derivedKey": …}}`. It is asked for over'
        " your share and at times of heavy load only; see docs/decisions/proof-of-work.md.",
        max_length=4_000,
    ),
]


async def expect_toll(request: Request, keys: Keys, proof_of_work: Proof = None) -> None:
    """Note, before the share of the caller is looked at, that a proof counts here as well."""
    request.state.toll = Toll(request, keys, proof_of_work)


TollExpected = Annotated[None, Depends(expect_toll)]
