from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import Role
from app.core.database import Model, Scale


class Officer(Model):
    """A person with an account; the name is sealed, the password hashed (Argon2id).

    `version` counts what admins changed, for the ETag.
    """

    __tablename__ = "officer"
    __table_args__ = (
        Index(None, "login", unique=True),
        Index(None, "office_id"),
        Index(None, "added_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    # In lower case, so that it is unique whatever the case.
    login: Mapped[str]
    sealed_name: Mapped[bytes]
    role: Mapped[Role]
    password_hash: Mapped[str]
    added_at: Mapped[datetime]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)


class Client(Model):
    """Another system; it lies in the region whose matters it may read (`00` is the country)."""

    __tablename__ = "client"
    __table_args__ = (
        Index(None, "office_id"),
        Index(None, "added_at", "id"),
        {"info": {"scale": Scale.LOCAL}},
    )

    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    region_id: Mapped[int]
    region_code: Mapped[str]
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(JSONB)
    secret_hash: Mapped[bytes]
    expires_at: Mapped[datetime]
    added_at: Mapped[datetime]
    previous_secret_hash: Mapped[bytes | None] = mapped_column(default=None)
    previous_secret_until: Mapped[datetime | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)
