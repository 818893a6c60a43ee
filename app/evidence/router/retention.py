"""How long evidence is kept."""

from typing import Annotated

from fastapi import Depends, Query

from app.core.actors import Permission
from app.core.paging import Found, Slice
from app.evidence.models import StoredRetention
from app.evidence.schemas.custody import RetentionRuleOut
from app.evidence.service.retention import RetentionService
from app.web.database import Session
from app.web.door import needs
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/evidence", "evidence")


async def open_retention(session: Session) -> RetentionService:
    return RetentionService(session)


Retention = Annotated[RetentionService, Depends(open_retention)]


@router.get(
    "/retention-rules",
    response_model=Page[RetentionRuleOut],
    dependencies=[needs(Permission.READ_CLOCKS)],
)
async def list_retention_rules(
    wanted: Annotated[Slice, Query()], retention: Retention
) -> Found[StoredRetention]:
    """List the rules by which evidence is kept, with their versions and sources."""
    return await retention.find(wanted)
