from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Body, Depends, Query, Response

from app.cases.router.doors import Persons, may_handle, may_read
from app.cases.schemas.persons import (
    CasePersonIn,
    CasePersonOut,
    CasePersonPatch,
    CasePersonSaidOut,
    PersonRemovalIn,
    SameAsIn,
)
from app.core.paging import Found, Slice
from app.web.etags import IfMatch, tagged
from app.web.idempotency import idempotent
from app.web.operation import rooms
from app.web.paging import Page
from app.web.rehearsal import can_be_rehearsed

router = rooms("/cases", "cases")

Patch = Annotated[CasePersonPatch, Body(media_type="application/merge-patch+json")]


@dataclass(frozen=True)
class Correction:
    """What is changed, and of which version."""

    version: IfMatch
    patch: Patch


@router.get("/{case_id}/persons", response_model=Page[CasePersonOut], dependencies=[may_read])
async def list_case_persons(
    case_id: UUID, wanted: Annotated[Slice, Query()], persons: Persons
) -> Found[CasePersonOut]:
    """List the reported persons of a case by name; this is recorded."""
    return await persons.find(case_id, wanted)


@router.post(
    "/{case_id}/persons",
    status_code=201,
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def name_case_person(
    case_id: UUID, form: CasePersonIn, persons: Persons, response: Response
) -> CasePersonSaidOut:
    """Name a reported person whom no report of the case names.

    If he works for an office of the directory, the case does not exist any more for anybody there.
    """
    return tagged(response, await persons.name(case_id, form))


@router.patch("/{case_id}/persons/{person_id}", dependencies=[may_handle, can_be_rehearsed])
async def change_case_person(
    case_id: UUID,
    person_id: UUID,
    correction: Annotated[Correction, Depends()],
    persons: Persons,
    response: Response,
) -> CasePersonSaidOut:
    """Correct who a reported person is, and say under which law and at which office he serves."""
    changed = await persons.change(case_id, person_id, correction.version, correction.patch)
    return tagged(response, changed)


@router.post(
    "/{case_id}/persons/{person_id}/same-as",
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def mark_same_person(
    case_id: UUID, person_id: UUID, form: SameAsIn, persons: Persons
) -> CasePersonOut:
    """Say that a person is the same as another of the case; both are counted once."""
    return await persons.mark_same(case_id, person_id, form)


@router.post(
    "/{case_id}/persons/{person_id}/same-as/removal",
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def remove_same_person(case_id: UUID, person_id: UUID, persons: Persons) -> CasePersonOut:
    """Take back that a person is the same as another."""
    return await persons.unmark_same(case_id, person_id)


@router.post(
    "/{case_id}/persons/{person_id}/removal",
    dependencies=[may_handle, idempotent, can_be_rehearsed],
)
async def remove_case_person(
    case_id: UUID, person_id: UUID, form: PersonRemovalIn, persons: Persons
) -> CasePersonOut:
    """Take off a person whom the case is not about; the report still names him."""
    return await persons.remove(case_id, person_id, form)
