"""What doors saw: one check-in of an officer, and the batches of devices."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.core.actors import Permission
from app.core.batches import Unreadable
from app.core.outcomes import ItemOutcome
from app.core.paging import Found
from app.core.texts import Language
from app.rakor.models.presence import CheckIn, FailedScan
from app.rakor.router.doors import changes, may_manage, may_read
from app.rakor.schemas.check_ins import (
    CheckInBatchIn,
    CheckInBatchOut,
    CheckInDetailOut,
    CheckInFilter,
    CheckInIn,
    CheckInItemOut,
    CheckInOut,
    FailedScanFilter,
    FailedScanOut,
)
from app.rakor.service.check_ins import Answer, CheckInService
from app.web.batches import problem_in
from app.web.door import needs
from app.web.language import ReadersLanguage
from app.web.opening import opened
from app.web.operation import rooms
from app.web.outcome import REPEATABLE, Told
from app.web.paging import Page

router = rooms("/events/{event_id}", "events")

may_record = needs(Permission.RECORD_CHECK_INS)

CheckIns = Annotated[CheckInService, opened(CheckInService)]


@router.put("/check-ins/{check_in_id}", status_code=201, responses=REPEATABLE, dependencies=changes)
async def put_check_in(
    event_id: UUID, check_in_id: UUID, form: CheckInIn, service: CheckIns, told: Told
) -> CheckInOut:
    """Record a check-in under an id made by the device; repeat it until an answer arrives."""
    return told.of(await service.check_in(event_id, check_in_id, form))


@router.post("/check-ins/batch", dependencies=[may_record])
async def record_check_ins(
    event_id: UUID, form: CheckInBatchIn, service: CheckIns, language: ReadersLanguage
) -> CheckInBatchOut:
    """Deliver what a device saw, up to 500 scans; repeat it in any order until answered.

    Each item gets an answer of its own, in its place: recorded now, recorded before (`repeated`),
    or refused, with a code and a sentence. One bad item never spoils the others. A ticket that
    opens nothing is refused and kept as a failed scan, as is what the device refused by itself.
    """
    return answer_check_ins(await service.deliver(event_id, form), language)


@router.get("/check-ins", response_model=Page[CheckInOut], dependencies=[may_read])
async def list_check_ins(
    event_id: UUID, wanted: Annotated[CheckInFilter, Query()], service: CheckIns
) -> Found[CheckIn]:
    """List the check-ins of an event, the last captured first."""
    return await service.find(event_id, wanted)


@router.get("/check-ins/{check_in_id}", dependencies=[may_manage])
async def read_check_in(event_id: UUID, check_in_id: UUID, service: CheckIns) -> CheckInDetailOut:
    """Read one check-in with the name of a walk-in; the reading is journalled."""
    return await service.read(event_id, check_in_id)


@router.get("/failed-scans", response_model=Page[FailedScanOut], dependencies=[may_manage])
async def list_failed_scans(
    event_id: UUID, wanted: Annotated[FailedScanFilter, Query()], service: CheckIns
) -> Found[FailedScan]:
    """List what did not open the door, and why, the last captured first."""
    return await service.find_failed(event_id, wanted)


def answer_check_ins(
    answers: Sequence[Answer], language: Language, *, under: str = "items"
) -> CheckInBatchOut:
    items = [_item(place, each, language, under) for place, each in enumerate(answers)]
    counts = Counter(each.outcome for each in items)
    return CheckInBatchOut(
        recorded=counts[ItemOutcome.RECORDED],
        repeated=counts[ItemOutcome.REPEATED],
        refused=counts[ItemOutcome.REFUSED],
        items=items,
    )


def _item(place: int, answer: Answer, language: Language, under: str) -> CheckInItemOut:
    id, what = answer
    if isinstance(what, Unreadable):
        problem = problem_in(place, what, language, under=under)
        return CheckInItemOut(id=id, outcome=ItemOutcome.REFUSED, check_in=None, problem=problem)
    return CheckInItemOut(
        id=id,
        outcome=what.outcome,
        check_in=CheckInOut.model_validate(what.check_in) if what.check_in else None,
        problem=problem_in(place, what.refusal, language, under=under) if what.refusal else None,
    )
