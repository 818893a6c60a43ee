"""What a calendar is asked for."""

from uuid import UUID

from pydantic import Field

from app.core.forms import Form
from app.rakor.schemas.plans import AREA


class FeedFilter(Form):
    """Nothing: the events of the whole country."""

    office_id: UUID | None = Field(None, description="Only what this office organises.")
    region: str | None = Field(
        None, pattern=AREA, description="Only what is for it or within it.", examples=["13.03"]
    )
