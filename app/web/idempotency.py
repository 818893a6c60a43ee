"""`Idempotency-Key` on any create: the first answer is kept 30 days, sealed, and replayed.

The answer lies under a key derived from the Idempotency-Key, of which only the hash is kept: the
database alone cannot read a receipt code out of it (draft-ietf-httpapi-idempotency-key-header).
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import Depends, Header, Request, Response
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Sessions
from app.core.errors import InProgress, KeyReused
from app.web.clock import present
from app.web.database import Keys, Session
from app.web.door import CurrentActor
from app.web.models import StoredAnswer

KEPT = timedelta(days=30)
REPLAYED = KEPT + timedelta(days=1)
"""So long after a key of ours went out of use an answer may still lie under it."""
_KIND = "idempotency"
_NONCE = 12
_KEPT_HEADERS = ("content-type", "etag", "location")


class Replay(Exception):
    """The request was carried out before; `answer` is what it was told then."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer
        super().__init__()


class Key:
    """One Idempotency-Key with the request that it names.

    Everything hangs on the caller's word and on our key together: who has only the database can
    neither read the answer nor try out which body it was for.
    """

    def __init__(self, secret: bytes, request: bytes) -> None:
        self.hash = _derived(secret, b"hash")
        self.cipher = AESGCM(_derived(secret, b"answer"))
        self.fingerprint = _derived(secret, b"request" + request)


Word = Annotated[
    str | None,
    Header(
        description="Any unguessable word of your own; a repeat gets the first answer again.",
        pattern=r"^[\x21-\x7E]+$",
        min_length=16,
        max_length=200,
    ),
]


async def idempotency(
    request: Request,
    session: Session,
    keys: Keys,
    actor: CurrentActor,
    idempotency_key: Word = None,
) -> None:
    """Replay the first answer, refuse another request under the same key, or let it begin."""
    if idempotency_key is None:
        return
    said = [request.method, request.url.path, request.url.query, actor.named(), ""]
    whole = "\0".join(said).encode() + await request.body()
    # Since a rotation, the first request may have come under an older key of ours.
    known = [Key(secret, whole) for secret in keys.secrets_of(_KIND, idempotency_key)]
    is_ours = await _claim(session, known)
    await _replay(session, known)
    # Not earlier: many replays at once hold nobody up.
    if not is_ours:
        raise InProgress(retry_after=1)
    request.state.idempotency = Key(keys.secret_of(_KIND, idempotency_key), whole)


idempotent: Any = Depends(idempotency, scope="function")


def keep_answer(request: Request, answer: Response) -> None:
    """Store the answer in the unit of work of the act itself: both happened, or neither."""
    key: Key = request.state.idempotency
    row = StoredAnswer(
        key_hash=key.hash,
        fingerprint=key.fingerprint,
        answer=_encrypted(key, answer),
        stored_at=present(),
    )
    request.state.session.add(row)


async def forget_answers(sessions: Sessions, now: datetime) -> None:
    """Delete the answers whose 30 days are over; the worker does it."""
    async with sessions.begin() as session:
        await session.execute(delete(StoredAnswer).where(StoredAnswer.stored_at < now - KEPT))


async def _claim(session: AsyncSession, known: Sequence[Key]) -> bool:
    """Claim the word under each of our keys: two processes have at least one of them in common."""
    numbers = sorted(int.from_bytes(key.hash[:8], "big", signed=True) for key in known)
    claims = [func.pg_try_advisory_xact_lock(number) for number in numbers]
    return all((await session.execute(select(*claims))).one())


async def _replay(session: AsyncSession, known: Sequence[Key]) -> None:
    by_hash = {key.hash: key for key in known}
    stored = await session.scalar(select(StoredAnswer).where(StoredAnswer.key_hash.in_(by_hash)))
    if stored is None:
        return
    key = by_hash[stored.key_hash]
    if stored.fingerprint != key.fingerprint:
        raise KeyReused
    raise Replay(_decrypted(key, stored.answer))


def _derived(secret: bytes, label: bytes) -> bytes:
    return hmac.new(secret, label, hashlib.sha256).digest()


def _encrypted(key: Key, answer: Response) -> bytes:
    headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
    plain = json.dumps([answer.status_code, headers, bytes(answer.body).decode()])
    nonce = secrets.token_bytes(_NONCE)
    return nonce + key.cipher.encrypt(nonce, plain.encode(), key.fingerprint)


def _decrypted(key: Key, answer: bytes) -> Response:
    plain = key.cipher.decrypt(answer[:_NONCE], answer[_NONCE:], key.fingerprint)
    status, headers, body = json.loads(plain)
    return Response(body, status, {**headers, "Idempotency-Replayed": "true"})
