"""Tables that join an event with what was made of it elsewhere."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Scale

_LOCAL: Final = {"info": {"scale": Scale.LOCAL}}


class ExplainedCircular(Model):
    """A circular that is explained at an event, beside the one that its plan names."""

    __tablename__ = "explained_circular"
    __table_args__ = (Index(None, "event_id", "circular_id", unique=True), _LOCAL)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    circular_id: Mapped[UUID] = mapped_column(ForeignKey("circular.id"))
    joined_at: Mapped[datetime]


class InvitedTarget(Model):
    """As which target of a declaration the holder of an invitation signs.

    `is_added`: the target came by the invitation, and goes with it as long as nobody has signed.
    """

    __tablename__ = "invited_target"
    __table_args__ = (
        Index(None, "declaration_id", "invitation_id", unique=True),
        Index(None, "invitation_id"),
        Index(None, "event_id"),
        _LOCAL,
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("invitation.id"))
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    # No foreign key: targets are national.
    target_region_id: Mapped[int]
    target_id: Mapped[UUID]
    is_added: Mapped[bool]
    joined_at: Mapped[datetime]


class SigningDevice(Model):
    """A device of a door that collects signatures as well: under one credential, that of the
    door, and with the nonces of both."""

    __tablename__ = "signing_device"
    __table_args__ = (
        Index(None, "event_device_id", unique=True),
        Index(None, "collecting_device_id", unique=True),
        _LOCAL,
    )

    event_device_id: Mapped[UUID] = mapped_column(ForeignKey("event_device.id"))
    collecting_device_id: Mapped[UUID] = mapped_column(ForeignKey("collecting_device.id"))
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    paired_at: Mapped[datetime]
