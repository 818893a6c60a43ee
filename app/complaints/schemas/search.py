"""What the desk searches for: the filters of the list, and terms that may not stand in an URL."""

from typing import Annotated, Final, Self

from pydantic import ConfigDict, Field, StrictBool, StrictInt, model_validator
from pydantic.config import JsonDict

from app.complaints.schemas.desk import ComplaintFilter, DeskFilter
from app.complaints.schemas.filing import EmployeeNumber, Name, Phone, PopulationNumber
from app.core.errors import RuleBroken
from app.core.forms import Form, Line
from app.core.texts import Text

_EXAMPLE: Final[JsonDict] = {
    "words": "mengajak apel pagi",
    "person": {"name": "Contoh Rekaan"},
    "region": "73.04",
    "sort": "newest",
}


class FilterIn(DeskFilter):
    """The filters of the list in a body, where a number is no text."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "submitted"}]})

    filed_late: StrictBool | None = None
    unread: StrictBool | None = Field(
        None, description="With messages of the reporter not read yet."
    )
    withdrawn: StrictBool | None = None
    due_within: Annotated[StrictInt, Field(ge=0, le=365)] | None = Field(
        None, description="Due in so many days from today (WIB), or overdue."
    )


class PersonIn(Form):
    """A reported person or a witness; never the reporter, whose identity stays closed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Contoh Rekaan"}], "minProperties": 1}
    )

    name: Name | None = Field(None, description="The whole name, with or without titles.")
    employee_number: EmployeeNumber | None = None
    population_number: PopulationNumber | None = None
    phone: Phone | None = None

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise RuleBroken(
                "nobody-sought",
                Text("Sebutkan setidaknya satu ciri orang.", "Say at least one thing of a person."),
            )
        return self


class TermsIn(FilterIn):
    """What is sought: every term must be met."""

    text: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="In what is not personal: summary, names of places, kind."
    )
    words: Annotated[Line, Field(max_length=300)] | None = Field(
        None, description="Words of the account, in any form; all of them must occur."
    )
    person: PersonIn | None = None
    social: Annotated[Line, Field(max_length=500)] | None = Field(
        None, description="A link to a profile or post in social media, or @name."
    )
    office: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="The office of a reported person, whole."
    )
    evidence_sha256: str | None = Field(None, pattern=r"^[0-9a-fA-F]{64}$")


class ExportIn(TermsIn):
    """What a sheet is to hold."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})


class SearchIn(TermsIn, ComplaintFilter):
    """What is sought, and which page of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_EXAMPLE, "limit": 20}]})

    limit: Annotated[StrictInt, Field(ge=1, le=200)] = Field(50, description="Items in a page.")
