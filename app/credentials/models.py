from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale
from app.credentials.rules import TokenKind


class Token(Model):
    """An opaque token of an officer or a machine client; only its hash is kept.

    All tokens that descend from one sign-in are a family, and are revoked together.
    """

    __tablename__ = "token"
    __table_args__ = (
        Index(None, "hash", unique=True),
        Index(None, "family_id"),
        Index(None, "officer_id"),
        Index(None, "client_id"),
        Index(None, "expires_at"),
        {"info": {"scale": Scale.LOCAL}},
    )

    hash: Mapped[bytes]
    kind: Mapped[TokenKind]
    family_id: Mapped[UUID]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("officer.id"), default=None)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"), default=None)
    scopes: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
