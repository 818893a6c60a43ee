"""The Form Pencegahan of events, as JSON and as a sheet: of one event, of an area and period."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Response
from fastapi.responses import StreamingResponse

from app.core.paging import Found
from app.rakor.router.doors import acts, may_manage
from app.rakor.schemas.prevention_forms import (
    PreventionFormFilter,
    PreventionFormOut,
    PreventionSheetFilter,
    PreventionSubmissionIn,
)
from app.rakor.service.form_sheets import MEDIA_TYPE, header, rows
from app.rakor.service.prevention_forms import PreventionFormService, write_forms
from app.web.clock import Now
from app.web.database import Keys, SessionFactory
from app.web.door import CurrentActor
from app.web.opening import opened
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/events/{event_id}/prevention-form", "events")
of_area = rooms("/prevention-forms", "events")

Forms = Annotated[PreventionFormService, opened(PreventionFormService)]

SHEET: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "One row for each form, with the names of who carried it out.",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": header().decode()}},
    }
}
_SENT: Final = {
    "Content-Type": MEDIA_TYPE,
    "Content-Disposition": 'attachment; filename="form-pencegahan.csv"',
}


@router.get("", dependencies=[may_manage])
async def read_prevention_form(event_id: UUID, forms: Forms) -> PreventionFormOut:
    """Read the Form Pencegahan of an event; it names persons, so the reading is journalled."""
    return await forms.read(event_id)


@router.get("/sheet", response_class=Response, responses=SHEET, dependencies=[may_manage])
async def export_prevention_form(event_id: UUID, forms: Forms) -> Response:
    """Export the Form Pencegahan of one event as CSV."""
    return Response(header() + rows([await forms.read(event_id)]), headers=_SENT)


@router.post("/submission", dependencies=acts)
async def submit_prevention_form(
    event_id: UUID, form: PreventionSubmissionIn, forms: Forms
) -> PreventionFormOut:
    """Submit the Form Pencegahan of an event that was held: it gets its number, and stays as it is.

    It takes implementers and a file of up to 3 MB; what is missing is named field by field.
    """
    return await forms.submit(event_id, form)


@of_area.get("", response_model=Page[PreventionFormOut], dependencies=[may_manage])
async def list_prevention_forms(
    wanted: Annotated[PreventionFormFilter, Query()], forms: Forms
) -> Found[PreventionFormOut]:
    """List the Forms Pencegahan of the events of one's area, newest first."""
    return await forms.find(wanted)


@of_area.get("/sheet", response_class=StreamingResponse, responses=SHEET, dependencies=[may_manage])
async def export_prevention_forms(
    wanted: Annotated[PreventionSheetFilter, Query()],
    actor: CurrentActor,
    now: Now,
    keys: Keys,
    sessions: SessionFactory,
) -> StreamingResponse:
    """Export the Forms Pencegahan of an area and period as CSV, whole."""
    return StreamingResponse(write_forms(sessions, actor, now, keys, wanted), headers=_SENT)
