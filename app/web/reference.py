"""Reference data of the contract itself: labels of every code, and the kinds of problems."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

from fastapi import Request
from pydantic import BaseModel, Field

from app.core.errors import DomainError, NotFound
from app.core.texts import Text
from app.web.door import anyone
from app.web.etags import cached
from app.web.operation import rooms
from app.web.problems import status_of

router = rooms("/reference", "reference")

Labels: TypeAlias = Mapping[str, Mapping[StrEnum, Text]]
"""By the name of the enumeration, the label of each of its codes; `main` puts them together."""

ONE_HOUR = 3_600


class LabelOut(BaseModel):
    code: str = Field(examples=["submitted"])
    id: str = Field(examples=["Laporan diterima"])
    en: str = Field(examples=["Report received"])


class ProblemKindOut(LabelOut):
    status: int = Field(examples=[409])


@router.get("", dependencies=[anyone, cached(ONE_HOUR)])
async def list_enumerations(
    request: Request,
) -> list[Annotated[str, Field(examples=["role"])]]:
    """List the enumerations whose codes have labels."""
    return sorted(request.app.state.labels)


@router.get("/problems", dependencies=[anyone, cached(ONE_HOUR)])
async def list_problem_kinds() -> list[ProblemKindOut]:
    """List every kind of problem an answer can carry, with its code and meaning."""
    return [
        ProblemKindOut(code=kind.code, id=kind.text.id, en=kind.text.en, status=status_of(kind))
        for kind in sorted(set(_kinds(DomainError)), key=lambda kind: kind.code)
    ]


@router.get("/{enumeration}", dependencies=[anyone, cached(ONE_HOUR)])
async def list_labels(enumeration: str, request: Request) -> list[LabelOut]:
    """List the codes of one enumeration with their labels in Indonesian and English."""
    labels: Labels = request.app.state.labels
    if enumeration not in labels:
        raise NotFound
    return [
        LabelOut(code=code.value, id=text.id, en=text.en)
        for code, text in labels[enumeration].items()
    ]


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)
