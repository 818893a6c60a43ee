"""The deadlines of the law and the calendar, as the service counts with them."""

from typing import Annotated

from fastapi import Query

from app.clocks.models import StoredHoliday
from app.clocks.router.doors import Law, may_read
from app.clocks.rules.counting import Due
from app.clocks.rules.norms import DeadlineRule
from app.clocks.schemas.calendars import HolidayFilter, HolidayOut
from app.clocks.schemas.counting import CountIn, DueOut
from app.clocks.schemas.rules import RuleFilter, RuleOut
from app.core.paging import Found
from app.web.door import anyone
from app.web.operation import rooms
from app.web.paging import Page

router = rooms("/clocks", "clocks")


@router.get("/rules", response_model=Page[RuleOut], dependencies=[may_read])
async def list_deadline_rules(
    wanted: Annotated[RuleFilter, Query()], law: Law
) -> Found[DeadlineRule]:
    """List the deadline rules with their versions and sources, in the order of their codes."""
    return await law.find(wanted)


@router.get("/calendars", response_model=Page[HolidayOut], dependencies=[may_read])
async def list_holidays(
    wanted: Annotated[HolidayFilter, Query()], law: Law
) -> Found[StoredHoliday]:
    """List the national holidays and joint leave of a year, in the order of their days.

    Saturdays and Sundays are no working days either, and are not listed.
    """
    return await law.calendar(wanted)


@router.post("/count", response_model=DueOut, dependencies=[anyone])
async def count_deadline(form: CountIn, law: Law) -> Due:
    """Say by when a step would be due if it began at this moment, day by day; nothing is kept."""
    return await law.count(form)
