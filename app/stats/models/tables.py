from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Json, Model, Scale
from app.core.places import NATIONAL


class PublicTable(Model):
    """What was published of one table on one day: written once, never changed.

    `region_code` is the area that the table is about; `payload` is a `FrozenTable`, or the older
    kind of `provinces_…`, which was of all elections.
    """

    __tablename__ = "public_table"
    __table_args__ = (
        UniqueConstraint("name", "election_code", "region_code", "day"),
        {"info": {"scale": Scale.LOCAL, "append_only": True}},
    )

    name: Mapped[str]
    day: Mapped[date]
    payload: Mapped[Json]
    frozen_at: Mapped[datetime]
    # Of what was frozen before there were tables for each election: of all.
    election_code: Mapped[str] = mapped_column(default="", server_default="")
    region_id: Mapped[int] = mapped_column(default=NATIONAL.region_id)
    region_code: Mapped[str] = mapped_column(default=NATIONAL.region_code)
