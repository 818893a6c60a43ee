from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Json, Model, Scale
from app.receipts.rules import ReceiptKind


class Receipt(Model):
    """The proof that something was received: a credential for it, and its first answer.

    Kept are the hash of the code, the HMAC of the body, and which receipt key made both; and the
    HMAC of the secret under the oldest receipt key, by which one device is counted once. There is
    no index on it, for nothing is looked up by a device.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        Index(None, "code_hash", unique=True),
        # Whatever its kind: what is keyed by the subject alone would else be opened by two codes.
        Index(None, "subject_id", unique=True),
        {"info": {"scale": Scale.LOCAL}},
    )

    kind: Mapped[ReceiptKind]
    subject_id: Mapped[UUID]
    region_id: Mapped[int]
    region_code: Mapped[str]
    code_hash: Mapped[bytes]
    body_mac: Mapped[bytes]
    key_id: Mapped[UUID]
    answer: Mapped[Json]
    issued_at: Mapped[datetime]
    # Null where the receipt was given before this was kept: each of those counts for itself.
    sender_mac: Mapped[bytes | None] = mapped_column(default=None)
