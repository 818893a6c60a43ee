from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import ActorKind
from app.core.database import Model, Scale
from app.evidence.rules.uploads import UploadState


class Upload(Model):
    """A file on its way to a complaint: how much of it has come, and who may send the rest.

    `sealed` and `sealed_key` are what the evidence will carry; they leave with the last byte, for
    then the evidence holds them, and with an upload that ends before it.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index(None, "subject_id", "content_index"),
        Index(None, "state", "expires_at"),
        {"info": {"scale": Scale.LOCAL}},
    )

    subject_id: Mapped[UUID]
    region_id: Mapped[int]
    region_code: Mapped[str]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[UUID | None]
    length: Mapped[int] = mapped_column(BigInteger)
    content_index: Mapped[bytes]
    sealed: Mapped[bytes | None]
    sealed_key: Mapped[bytes | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    stored: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[UploadState] = mapped_column(default=UploadState.OPEN)


class Evidence(Model):
    """A file as it arrived, sealed; it keeps the id of the upload that brought it.

    `captured_at` is what the phone said, `received_at` when the last byte had come.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index(None, "subject_id", "received_at"),
        Index(None, "content_index"),
        {"info": {"scale": Scale.LOCAL}},
    )

    subject_id: Mapped[UUID]
    region_id: Mapped[int]
    region_code: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    captured_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    sealed: Mapped[bytes]
    content_index: Mapped[bytes]
    sealed_key: Mapped[bytes]
