"""How a file of evidence leaves: as an attachment that no browser opens or runs by itself."""

from mimetypes import MimeTypes
from typing import Any, Final

from fastapi.responses import StreamingResponse

from app.evidence.service.custody import Download

# Without the tables of the operating system, which differ from one machine to the next.
_KNOWN: Final = MimeTypes(filenames=())

DOWNLOADS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file, with its true media type.",
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        "headers": {
            "Content-Disposition": {"schema": {"type": "string"}, "required": True},
            "Content-Security-Policy": {"schema": {"const": "sandbox"}, "required": True},
        },
    }
}
"""For `responses=` of an operation that answers with a file."""


def attachment(file: Download) -> StreamingResponse:
    """Stream it; the names that senders gave to their files are theirs, and not for a disk."""
    ending = _KNOWN.guess_extension(file.media_type) or ""
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}{ending}"',
        "Content-Security-Policy": "sandbox",
        "Content-Length": str(file.size),
    }
    return StreamingResponse(file.content, headers=headers, media_type=file.media_type)
