"""What the work list and the procedure show of a case: nothing of any person."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.cases.rules.allowed import Objection
from app.cases.rules.desk import CaseSort
from app.cases.rules.requirements import NotRegisteredReason
from app.cases.rules.states import CaseKind, State
from app.cases.rules.steps import StepName
from app.core.forms import Day, Line, TextOut
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE, Regime


class CaseFilter(Slice):
    """Which cases, and in which order; without a state those of every state."""

    state: State | None = None
    kind: CaseKind | None = None
    open: bool | None = Field(None, description="Not decided yet, and not refused.")
    region: str | None = Field(None, pattern=REGION_CODE, description="It and all within it.")
    office_id: UUID | None = Field(None, description="The office that holds them.")
    complaint_id: UUID | None = Field(None, description="The case that this report is part of.")
    election_code: str | None = Field(None, pattern=ELECTION_CODE, max_length=40)
    number: Line | None = Field(None, max_length=80, examples=["001/REG/LP/PB/Kab/16.09/IX/2024"])
    overdue: bool | None = Field(None, description="With something due by now.")
    due_within: int | None = Field(
        None, ge=0, le=365, description="Due in so many times 24 hours from now, or overdue."
    )
    sort: CaseSort = Field(CaseSort.DUE, description="`due` puts what has nothing due last.")


class CaseOut(BaseModel):
    """Where a case stands, and what is due next."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    region_code: str = Field(examples=["73.04"])
    office_id: UUID = Field(description="The holder.")
    regime: Regime
    election_code: str | None = Field(examples=["pilkada-2024"])
    kind: CaseKind
    state: State
    number: str | None = Field(examples=["001/REG/LP/PB/Kab/16.09/IX/2024"])
    occurred_on: date
    received_at: datetime
    opened_at: datetime
    reports: int = Field(description="Reports, findings or information that it joins.")
    persons: int = Field(description="Reported persons, each counted once.")
    next_due_at: datetime | None = Field(description="The first moment that is too late.")
    next_due_on: Day | None = Field(description="Last day, in the zone of the holder.")
    registered_at: datetime | None
    not_registered_reason: NotRegisteredReason | None
    decided_at: datetime | None
    closed_at: datetime | None
    merged_into_id: UUID | None = Field(description="The case that its reports are part of now.")
    version: int = Field(description="The ETag is this number.")


class ActionOut(BaseModel):
    """A step of the procedure: whether it is allowed now to whoever asks, and if not, why."""

    step: StepName
    label: TextOut
    allowed: bool
    objection: Objection | None
    why: TextOut | None = Field(description="The objection in words.")
    to: State | None = Field(description="The state after it; null where it stays or depends.")
    source: str = Field(description="The article.", examples=["UU 1/2015 Pasal 134 ayat (5)"])


class ActionsOut(BaseModel):
    """What is allowed now, and why the rest is not."""

    state: State
    version: int
    items: list[ActionOut]


class CaseHistoryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    at: datetime
    action: str = Field(examples=["case.register"])
    actor_kind: str = Field(examples=["officer"])
    actor_id: UUID | None
    office_id: UUID | None
    payload: dict[str, str | int | bool] = Field(examples=[{"state": "registered", "version": 3}])
