import base64
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.core.forms import Form, Line
from app.core.paging import Slice
from app.ledger.rules.logs import LogName


def _write64(value: object) -> object:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _write_line(value: object) -> object:
    return value.decode("ascii") if isinstance(value, bytes) else value


Hash = Annotated[
    str,
    BeforeValidator(_write64),
    Field(
        description="SHA-256 in base64.",
        examples=["47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],
    ),
]
Hashes = Annotated[list[Hash], Field(description="From below upwards, as RFC 9162 has them.")]
_LOG_KEY = "netra.local/ledger/declarations+32989f49+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
_VERIFIER_KEY = "saksi.example/netra+64efbd0e+BHsCKqH5i2l0kP3+xL7levtWNRVuchDGpIOMuaDEaEcS"
CHECKPOINT = (
    "netra.local/ledger/declarations\n1\nJmmOlwd9y2hNlcsQ4VlIpOGSX5FiO8iWr8ZJrHvZVCA=\n\n"
    "\u2014 netra.local/ledger/declarations"
    " c2AcEwpJgCLRXm0oHhD3oQ6ZZtM5Bn3jVJ2Gr3tQeJwPZcJzq0Qm0c2xE1hM7n9yV4oUe8kS6aW5rTfYbXdLiQ4=\n"
)


class InclusionOut(BaseModel):
    """A leaf, and the hashes that lead from it to the root of the log at this size."""

    model_config = ConfigDict(from_attributes=True)

    log: LogName
    index: int = Field(examples=[0])
    size: int = Field(description="Leaves of the log that this is about.", examples=[1])
    leaf: Annotated[str, BeforeValidator(_write_line)] = Field(
        description="The entry as everybody reads it, one line of ASCII.",
        examples=["netra-journal/1 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"],
    )
    hashes: Hashes
    checkpoint: str | None = Field(
        description="What we and the witnesses signed at this size; null where we signed none.",
        examples=[CHECKPOINT],
    )


class ConsistencyOut(BaseModel):
    """The hashes that show that the log only grew between two sizes."""

    model_config = ConfigDict(from_attributes=True)

    log: LogName
    old: int = Field(examples=[1])
    new: int = Field(examples=[2])
    hashes: Hashes


class LogKeyFilter(Slice):
    pass


class LogKeyOut(BaseModel):
    """A key of a log, in use or ended; an ended one cannot sign any more."""

    model_config = ConfigDict(from_attributes=True)

    log: LogName
    verifier_key: str = Field(
        description="As C2SP writes it: name, key id, base64 of 0x01 and the Ed25519 key.",
        examples=[_LOG_KEY],
    )
    since: datetime
    until: datetime | None = Field(description="Null while it is in use.")


class LogWitnessFilter(Slice):
    pass


class LogWitnessIn(Form):
    verifier_key: str = Field(
        description="As C2SP writes it: name, key id, base64 of 0x04 and the Ed25519 key.",
        pattern=r"^[!-*,-~]{1,150}\+[0-9a-f]{8}\+[0-9A-Za-z+/]{44}$",
        examples=[_VERIFIER_KEY],
    )
    operator: Line = Field(
        description="The office that runs it.", max_length=200, examples=["Lembaga Pemantau Contoh"]
    )


class LogWitnessOut(BaseModel):
    """Somebody outside who cosigns what only grew since he looked last."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str = Field(examples=["saksi.example/netra"])
    operator: str = Field(examples=["Lembaga Pemantau Contoh"])
    verifier_key: str = Field(examples=[_VERIFIER_KEY])
    since: datetime
    until: datetime | None = Field(description="Null while it may cosign.")
