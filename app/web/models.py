from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.core.database import Model, Scale


class StoredAnswer(Model):
    """The first answer to an Idempotency-Key, readable only by who holds the key.

    `answer` is encrypted under that word, not under a data key, so it is not called sealed: a
    rotation leaves it alone.
    """

    __tablename__ = "stored_answer"
    __table_args__ = (
        Index(None, "key_hash", unique=True),
        Index(None, "stored_at"),
        {"info": {"scale": Scale.LOCAL}},
    )

    key_hash: Mapped[bytes]
    fingerprint: Mapped[bytes]
    answer: Mapped[bytes]
    stored_at: Mapped[datetime]
