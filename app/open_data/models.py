from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Json, Model, Scale
from app.core.places import NATIONAL
from app.open_data.rules.corrections import CorrectionKind


class PublicCorrection(Model):
    """How far the public table of a day was looked through for corrections, and what was found.

    `changed` counts the cells, and is 0 where there was nothing to correct; `payload` keeps the
    words in which it was published.
    """

    __tablename__ = "public_correction"
    __table_args__ = (
        UniqueConstraint("name", "election_code", "day", "kind"),
        Index(None, "made_at", "id"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    name: Mapped[str]
    election_code: Mapped[str]
    day: Mapped[date]
    kind: Mapped[CorrectionKind]
    changed: Mapped[int]
    payload: Mapped[Json]
    made_at: Mapped[datetime]
    region_id: Mapped[int] = mapped_column(default=NATIONAL.region_id)
    region_code: Mapped[str] = mapped_column(default=NATIONAL.region_code)
