from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.circulars.rules.circulars import CopyMissing
from app.circulars.schemas.parts import CircularAttachmentOut
from app.core.crypto import Keyring
from app.core.database import Json
from app.evidence.files.metadata import open_metadata
from app.evidence.repository.copies import CopyRepository


class CleanCopies:
    """What everybody reads of the files of a letter, and its hashes for the log."""

    def __init__(self, session: AsyncSession, keys: Keyring) -> None:
        self.copies = CopyRepository(session)
        self.keys = keys

    async def hashed(self, attachments: Sequence[CircularAttachmentOut]) -> list[Json]:
        """The files with the SHA-256 of their copies; `CopyMissing` where one has none."""
        made = await self.copies.of_each([each.evidence_id for each in attachments])
        found: list[Json] = []
        for each in attachments:
            copy = made.get(each.evidence_id)
            if copy is None or copy.sealed is None:
                raise CopyMissing
            said = open_metadata(copy.sealed, copy.id, self.keys)
            shown = each.model_copy(update={"copy_sha256": said.sha256})
            found.append(shown.model_dump(mode="json"))
        return found
