from typing import Annotated, Any, Final

from fastapi import Depends, Query, Response

from app.complaints.files.template import write_template
from app.complaints.router.doors import may_enter
from app.complaints.schemas.importing import ImportOut
from app.complaints.service.importing import ImportService
from app.core.tables import BOM
from app.web.clock import Now
from app.web.database import Keys, Session
from app.web.door import CurrentActor
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.tables import CsvResponse, sent_table

PATH: Final = "/complaints/imports"

router = rooms(PATH, "complaints")

_CSV: Final = {"text/csv": {"schema": {"type": "string"}, "example": write_template()}}
# Whatever is sent gets its report, also nothing at all: no body is against this schema.
_ANYTHING: Final = {"text/csv": {"schema": {}, "example": write_template()}}
_TEMPLATE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "UTF-8 with semicolons, the header and two rows.", "content": _CSV}
}
_SENT: Final = {
    "requestBody": {"content": _ANYTHING},
    # The answer of a dry run is the report, and not an empty 204.
    "x-dry-run": "report",
}


async def open_imports(
    session: Session, actor: CurrentActor, now: Now, keys: Keys
) -> ImportService:
    return ImportService(session, actor, now, keys)


@router.post("", dependencies=[may_enter, idempotent], openapi_extra=_SENT)
async def import_complaints(
    table: Annotated[bytes, Depends(sent_table, scope="function")],
    imports: Annotated[ImportService, Depends(open_imports)],
    validate_only: Annotated[
        bool, Query(description="Check only; always answers 200 with the report.")
    ] = False,
) -> ImportOut:
    """Import older cases from a table (CSV): all of its rows, or none.

    Each becomes an archived complaint under the number that its office gave it; a row whose number
    that office has imported before is left as it is. A bad row refuses all (422, `report`).
    """
    return await imports.take_over(table, validate_only=validate_only)


@router.get("/template", response_class=CsvResponse, responses=_TEMPLATE, dependencies=[may_enter])
async def read_import_template() -> Response:
    """Read the template of an import: its header and two invented rows."""
    return CsvResponse(
        f"{BOM}{write_template()}",
        headers={"Content-Disposition": 'attachment; filename="templat-impor.csv"'},
    )
