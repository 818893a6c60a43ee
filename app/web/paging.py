"""How a page looks on the wire."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    model_config = ConfigDict(from_attributes=True)

    items: list[T]
    next_cursor: str | None = Field(description="Give it as `cursor` to read on; null at the end.")
    total: int | None = Field(description="Only with `count=exact`.")
