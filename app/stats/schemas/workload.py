"""What crosses the wire about the officers who keep the legal clocks."""

from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.clocks.rules.norms import Step
from app.core.forms import Day, TextOut
from app.core.paging import Slice
from app.core.places import REGION_CODE
from app.elections.rules import ELECTION_CODE
from app.stats.schemas.forecast import BandOut

_WEEK: Final[JsonDict] = {
    "key": "2024-W45",
    "since": "2024-11-04",
    "until": "2024-11-10",
    "expected": 0.81,
    "bands": [
        {"share": 0.5, "low": 0, "high": 1, "holds": 0.79},
        {"share": 0.9, "low": 0, "high": 3, "holds": 0.98},
    ],
    "hours": 22.7,
    "officers": 4,
    "officers_extended": 3,
    "bound_by": "handling",
}
_DUTY: Final[JsonDict] = {
    "step": "handling",
    "hours": 20,
    "days": 3,
    "extended_days": 5,
    "rule": "regional-handling/1",
    "rule_source": "UU 1/2015 Art. 134(5) and 134(6)",
    "assumption": {"id": "Asumsi kami, belum diukur.", "en": "Our assumption, not measured."},
}
WORKLOAD: Final[JsonDict] = {
    "election_code": "pilkada-2024",
    "as_of": "2024-10-31",
    "duties": [_DUTY],
    "officer_day": {
        "hours": 5.36,
        "assumption": {"id": "Asumsi kami.", "en": "Our assumption."},
    },
    "items": [
        {
            "office_code": "bawaslu-73.04",
            "office": "Bawaslu Kabupaten Jeneponto",
            "region_code": "73.04",
            "peak_officers": 4,
            "weeks": [_WEEK],
        }
    ],
    "next_cursor": None,
    "total": None,
}


class WorkloadFilter(Slice):
    election: str = Field(
        pattern=ELECTION_CODE,
        max_length=40,
        description="Which election, by its code.",
        examples=["pilkada-2024"],
    )
    region: str | None = Field(
        None, pattern=REGION_CODE, description="This part of the reader's area.", examples=["73"]
    )
    as_of: Day | None = Field(
        None,
        description="What was recorded by the end of this day (WIB), yesterday at the latest.",
        examples=["2024-10-31"],
    )


class LabourOut(BaseModel):
    hours: float
    assumption: TextOut


class DutyOut(LabourOut):
    """A step of a case: how much work we think it is, and how long the law gives for it."""

    step: Step
    days: float = Field(description="Calendar days by the rule; working days are five of seven.")
    extended_days: float | None = Field(description="After the extension, from the same start.")
    rule: str = Field(description="Code and version of the rule of the clocks.")
    rule_source: str


class WeekLoadOut(BaseModel):
    """Cases by the week in which they arrive, also after voting, and who is needed for them."""

    key: str
    since: date
    until: date
    expected: float = Field(description="Of a week that has begun, what still comes in it.")
    bands: list[BandOut]
    hours: float = Field(description="Hours of work that the expected cases bring.")
    officers: int = Field(
        description="Officers who keep every clock without an extension in 95 of 100 such weeks, "
        "the upper end of the 90 % band: no window of the law's days brings more than they can do. "
        "Of a week that has begun, at the pace of its days left."
    )
    officers_extended: int = Field(description="The same where every extension is used.")
    bound_by: Step | None = Field(description="The tightest step; null: the whole procedure.")


class OfficeLoadOut(BaseModel):
    office_code: str
    office: str
    region_code: str
    peak_officers: int = Field(description="The most that any week to come needs.")
    weeks: list[WeekLoadOut]


class WorkloadOut(BaseModel):
    """A page of offices, with what the reckoning takes for granted."""

    model_config = ConfigDict(json_schema_extra={"examples": [WORKLOAD]})

    election_code: str
    as_of: date = Field(description="What was recorded by the end of this day.")
    duties: list[DutyOut]
    officer_day: LabourOut = Field(description="What an officer gives in a calendar day.")
    items: list[OfficeLoadOut]
    next_cursor: str | None = Field(description="Give it as `cursor` to read on; null at the end.")
    total: int | None = Field(description="Only with `count=exact`.")
