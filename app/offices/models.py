from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale
from app.offices.rules import OfficeKind
from app.regions.rules import Level


class Office(Model):
    """An office of Bawaslu or of a partner agency; `code` is its natural key and never changes."""

    __tablename__ = "office"
    __table_args__ = (
        Index(None, "code", unique=True),
        Index(None, "parent_id"),
        Index(None, "added_at", "id"),
        # By it the numbers of cases are told apart.
        Index(
            "ix_office_own_code_bawaslu",
            "own_code",
            unique=True,
            postgresql_where=text("kind = 'bawaslu'"),
        ),
        {"info": {"scale": Scale.REFERENCE}},
    )

    code: Mapped[str]
    kind: Mapped[OfficeKind]
    level: Mapped[Level]
    name: Mapped[str]
    time_zone: Mapped[str]
    region_id: Mapped[int]
    region_code: Mapped[str]
    added_at: Mapped[datetime]
    # Bawaslu's own series, which is not the code of the region (domain.md, 0.8); never invented.
    own_code: Mapped[str | None] = mapped_column(default=None)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"), default=None)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
