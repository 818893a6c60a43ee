"""What the contract says of uploads: the framework cannot know it from a body that is streamed."""

from typing import Any, Final, TypeAlias

from app.evidence.router.tus import OCTETS
from app.evidence.schemas.uploads import EXAMPLE

Said: TypeAlias = dict[int | str, dict[str, Any]]

_BYTES: Final[dict[str, Any]] = {
    OCTETS: {"schema": {"type": "string", "format": "binary"}, "example": EXAMPLE}
}
CHUNK: Final[dict[str, Any]] = {"requestBody": {"required": True, "content": _BYTES}}
FIRST_CHUNK: Final[dict[str, Any]] = {"requestBody": {"required": False, "content": _BYTES}}

_NUMBER: Final = {"type": "integer", "minimum": 0}
_HEADERS: Final[dict[str, dict[str, Any]]] = {
    "Tus-Resumable": {"schema": {"type": "string", "const": "1.0.0"}, "required": True},
    "Tus-Version": {"schema": {"type": "string"}, "required": True},
    "Tus-Extension": {"schema": {"type": "string"}, "required": True},
    "Tus-Max-Size": {"schema": _NUMBER, "required": True},
    "Tus-Checksum-Algorithm": {"schema": {"type": "string"}, "required": True},
    "Upload-Offset": {"schema": _NUMBER, "required": True},
    "Upload-Length": {"schema": _NUMBER, "required": True},
    "Upload-Metadata": {"schema": {"type": "string"}, "required": True},
    "Upload-Expires": {
        "schema": {"type": "string"},
        "description": "When an unfinished upload is given up (RFC 9110, 5.6.7).",
    },
    "Location": {"schema": {"type": "string", "format": "uri-reference"}, "required": True},
}


def answers(status: int, description: str, *headers: str) -> Said:
    """One good answer with the headers that it carries."""
    told = {name: _HEADERS[name] for name in ("Tus-Resumable", *headers)}
    return {status: {"description": description, "headers": told}}


def may_refuse(*statuses: int) -> Said:
    """The refusals that only uploads know; the kit writes them like all others."""
    return {status: {} for status in statuses}
