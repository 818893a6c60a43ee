"""What is refused while the disk is nearly full, so that what is under way can end."""

from typing import Any

from fastapi import Depends, Request

from app.core.disk import require_room


async def room_for_intake(request: Request) -> None:
    settings = request.app.state.settings
    require_room(settings.data, settings.intake_needs_free)


has_room: Any = Depends(room_for_intake)
"""Filing goes on after uploads have closed, and closes before the database stands still."""
