import hmac
from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.actors import Actor, ActorKind
from app.core.base32 import WrongCode
from app.core.crypto import Keyring
from app.core.database import Json
from app.core.errors import ConflictingBody, WrongCredential
from app.core.passwords import hash_token
from app.core.places import Placed
from app.receipts import rules
from app.receipts.models import Receipt
from app.receipts.repository import ReceiptRepository
from app.receipts.rules import ReceiptKind

_SENDER: Final = 16
"""Bytes kept of it: no two devices meet by chance."""


async def receipt_holder(session: AsyncSession, written: str) -> Actor:
    """Who holds a receipt: nobody we know, but somebody who may follow this one thing."""
    try:
        code = rules.read_code(written)
    except WrongCode as wrong:
        raise WrongCredential from wrong
    receipt = await ReceiptRepository(session).with_hash(hash_token(code))
    if receipt is None:
        raise WrongCredential
    return Actor(
        kind=ActorKind.RECEIPT,
        id=receipt.id,
        permissions=rules.OPENS[receipt.kind],
        subject_id=receipt.subject_id,
    )


class Written(NamedTuple):
    """A new receipt: the code for the reporter, and what is kept of it."""

    code: str
    receipt: Receipt


class Replay(NamedTuple):
    """What a phone is told again when it repeats itself."""

    code: str
    answer: Json


class ReceiptService:
    """Gives receipts, and the same receipt again to whoever repeats the same thing."""

    def __init__(self, session: AsyncSession, keys: Keyring, now: datetime) -> None:
        self.receipts = ReceiptRepository(session)
        self.keys = keys
        self.now = now

    def write(
        self, kind: ReceiptKind, subject: Placed, secret: bytes, body: bytes, answer: Json
    ) -> Written:
        """Write a receipt, to be inserted with its subject.

        `answer` is the public part of the first answer.
        """
        key_id = self.keys.receipt_key()
        code = self._code(key_id, subject.id, secret)
        receipt = Receipt(
            kind=kind,
            subject_id=subject.id,
            region_id=subject.region_id,
            region_code=subject.region_code,
            code_hash=hash_token(code),
            body_mac=self._mac(key_id, subject.id, body),
            key_id=key_id,
            answer=answer,
            issued_at=self.now,
            sender_mac=self._sender(secret),
        )
        return Written(code, receipt)

    async def replay(
        self, kind: ReceiptKind, subject_id: UUID, secret: bytes, body: bytes
    ) -> Replay:
        """Return the first code and answer, if this comes from the same phone with the same body.

        Whoever merely knows the id or the body learns nothing, not even which of them is wrong.
        """
        receipt = await self.receipts.of(kind, subject_id)
        if receipt is None:
            raise ConflictingBody
        code = self._code(receipt.key_id, subject_id, secret)
        mac = self._mac(receipt.key_id, subject_id, body)
        is_same = hmac.compare_digest(hash_token(code), receipt.code_hash)
        if not (is_same and hmac.compare_digest(mac, receipt.body_mac)):
            raise ConflictingBody
        return Replay(code, receipt.answer)

    async def came_with(self, kind: ReceiptKind, subject_id: UUID, secret: bytes) -> bool:
        """Whether this thing was sent with the same secret: then one device sent both."""
        receipt = await self.receipts.of(kind, subject_id)
        return receipt is not None and receipt.sender_mac == self._sender(secret)

    async def count_senders(self, kind: ReceiptKind, subject_ids: Collection[UUID]) -> int:
        """How many independent senders these things have: one secret counts once."""
        return await self.receipts.count_senders(kind, subject_ids)

    def _sender(self, secret: bytes) -> bytes:
        return self.keys.sign_receipt(self.keys.first_receipt_key(), b"sender" + secret)[:_SENDER]

    def _code(self, key_id: UUID, subject_id: UUID, secret: bytes) -> str:
        return rules.write_code(self.keys.sign_receipt(key_id, b"code" + subject_id.bytes + secret))

    def _mac(self, key_id: UUID, subject_id: UUID, body: bytes) -> bytes:
        return self.keys.sign_receipt(key_id, b"body" + subject_id.bytes + body)
