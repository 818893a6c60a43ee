"""What crosses the wire about personal links."""

from typing import Annotated

from pydantic import ConfigDict, Field, StrictBool

from app.core.forms import Form, Line


class LinksIn(Form):
    """Whose links are wanted."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"office": None, "only_unsigned": True}]}
    )

    office: Annotated[Line, Field(max_length=200)] | None = Field(
        None, description="As the roster writes it; absent: all offices."
    )
    only_unsigned: StrictBool = Field(False, description="Leave out who has signed already.")
