from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, Scale
from app.regions.rules import Level


class Region(Base):
    """One place of the official list, from the nation down to the village.

    `valid_from` is the day of the decree in which we first know the code. The code may be older:
    no act is refused because it happened before that day.
    """

    __tablename__ = "region"
    __table_args__ = (
        Index(None, "parent_code"),
        Index(None, "level", "code"),
        Index("ix_region_code_prefix", "code", postgresql_ops={"code": "text_pattern_ops"}),
        Index(
            "ix_region_search_name_trigram",
            "search_name",
            postgresql_using="gin",
            postgresql_ops={"search_name": "gin_trgm_ops"},
        ),
        {"info": {"scale": Scale.REFERENCE}},
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    placement_id: Mapped[int]
    level: Mapped[Level]
    parent_code: Mapped[str | None]
    name: Mapped[str]
    search_name: Mapped[str]
    time_zone: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None] = mapped_column(default=None)
    successor_code: Mapped[str | None] = mapped_column(default=None)
