"""What the worker does with uploads that nobody goes on with."""

import asyncio
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.core.actors import SYSTEM
from app.core.database import Sessions
from app.evidence.files.staging import held, staged_ids
from app.evidence.repository.uploads import UploadRepository
from app.evidence.rules.uploads import REMEMBERED, UploadState


async def end_uploads(sessions: Sessions, folder: Path, now: datetime) -> None:
    """End what has expired, delete every file of which no upload is open, forget what is old."""
    async with sessions.begin() as session:
        expired = await UploadRepository(session, SYSTEM).expired(now)
    for upload_id in expired:
        with suppress(BlockingIOError), held(folder, upload_id):
            await _end(sessions, upload_id, now)
    staged = await asyncio.to_thread(staged_ids, folder)
    async with sessions.begin() as session:
        uploads = UploadRepository(session, SYSTEM)
        left = set(staged) - await uploads.open_among(staged)
        await uploads.forget(now - REMEMBERED)
    for upload_id in left:
        with suppress(BlockingIOError), held(folder, upload_id) as file:
            await asyncio.to_thread(file.remove)


async def _end(sessions: Sessions, upload_id: UUID, now: datetime) -> None:
    async with sessions.begin() as session:
        upload = await UploadRepository(session, SYSTEM).get(upload_id, lock=True)
        # A byte may have come since the list was read.
        if upload.state is UploadState.OPEN and upload.expires_at <= now:
            upload.state = UploadState.ENDED
            upload.sealed = upload.sealed_key = None
