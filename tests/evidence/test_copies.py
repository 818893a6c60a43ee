"""The worker's copies: made once, kept sealed, and given up where it must be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from obstore.store import S3Store
from sqlalchemy import select

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.core.errors import Unavailable
from app.core.ids import new_id
from app.evidence.files.staging import held
from app.evidence.jobs.copies import make_copies
from app.evidence.models import WorkingCopy
from app.evidence.rules.copies import LEASE, MOST_ATTEMPTS
from app.evidence.service.copies import CopyService
from app.web.clock import present
from tests.evidence import samples
from tests.evidence.conftest import Bring, Copier
from tests.evidence.holding import stored
from tests.evidence.samples import MARKED

VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200)


async def test_a_copy_is_made_without_what_endangers_the_reporter(
    client: AsyncClient, copies: Copier, bring: Bring
) -> None:
    there = await bring(samples.photograph())
    before = (await there.listed())["working_copy"]

    await make_copies(copies())

    copy = (await there.listed())["working_copy"]
    answer = await there.copy()
    removed = {each["kind"]: each["count"] for each in copy["removed"]}
    assert before == {
        **{"outcome": "waiting", "failure": None, "media_type": None, "size": None},
        **{"removed": [], "made_at": None},
    }
    assert copy["outcome"] == "done"
    assert removed["gps"] == 5
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-security-policy"] == "sandbox"
    assert len(answer.content) == copy["size"] == int(answer.headers["content-length"])
    assert MARKED not in answer.content


async def test_a_copy_lies_sealed_and_leaves_nothing_beside_it(
    sessions: Sessions, copies: Copier, app: FastAPI, tmp_path: Path, bring: Bring
) -> None:
    there = await bring(samples.png_with_words())

    await make_copies(copies())

    copy = await there.copy()
    async with sessions.begin() as session:
        copy_id = (await session.scalars(select(WorkingCopy.id))).one()
    assert copy.content.startswith(b"\x89PNG")
    assert copy.content[:200] not in stored(app, str(copy_id)).read_bytes()
    assert not left_in(tmp_path / "copies")


async def test_a_copy_is_made_once(copies: Copier, bring: Bring) -> None:
    there = await bring(samples.photograph())
    first = [await copies().make(), await copies().make()]
    made = await there.listed()

    again = await copies(clock=lambda: present() + 2 * LEASE).make()

    assert first == [True, False]
    assert again is False
    assert await there.listed() == made


async def test_of_a_video_there_is_no_copy(
    client: AsyncClient, copies: Copier, bring: Bring
) -> None:
    there = await bring(VIDEO)

    await copies().make()

    answer = await there.copy()
    assert (await there.listed())["working_copy"]["outcome"] == "not_available"
    assert answer.status_code == 404
    assert answer.json()["code"] == "no-working-copy"


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (samples.photograph()[:3_000], "broken"),
        (samples.enormous_png(), "too_large"),
        (samples.document_bomb(1 << 30), "too_large"),
        (samples.RECURSIVE_DOCUMENT, "broken"),
    ],
    ids=["cut", "pixels", "bomb", "recursive"],
)
async def test_what_cannot_be_cleaned_stays_as_it_came(
    copies: Copier, content: bytes, failure: str, bring: Bring
) -> None:
    there = await bring(content)

    await make_copies(copies())

    copy, opened = (await there.listed())["working_copy"], await there.open()
    assert (copy["outcome"], copy["failure"]) == ("failed", failure)
    assert opened.content == content


def dying() -> Callable[[], datetime]:
    """The clock of a worker that ends when the copy lies in the store and is not recorded yet."""
    moments = iter([present(), present()])
    return lambda: next(moments)


async def test_what_a_worker_left_undone_is_done_by_the_next(
    client: AsyncClient, copies: Copier, bring: Bring
) -> None:
    there = await bring(samples.photograph())
    with pytest.raises(RuntimeError):
        await copies(clock=dying()).make()

    soon = await copies().make()
    later = await copies(clock=lambda: present() + 2 * LEASE).make()

    answer = await there.copy()
    assert (soon, later) == (False, True)
    assert (await there.listed())["working_copy"]["outcome"] == "done"
    assert answer.status_code == 200


async def test_a_file_that_ends_every_worker_is_given_up(copies: Copier, bring: Bring) -> None:
    there = await bring(samples.photograph())
    start = present()
    for attempt in range(MOST_ATTEMPTS):
        moments = iter([start + attempt * 2 * LEASE] * 2)
        with pytest.raises(RuntimeError):
            await copies(clock=lambda moments=moments: next(moments)).make()

    await copies(clock=lambda: start + MOST_ATTEMPTS * 2 * LEASE).make()

    copy = (await there.listed())["working_copy"]
    assert (copy["outcome"], copy["failure"]) == ("failed", "interrupted")


async def test_a_store_that_is_away_costs_no_attempt(
    sessions: Sessions, keys: Keyring, tmp_path: Path, bring: Bring
) -> None:
    there = await bring(samples.photograph())
    away = S3Store(
        "rekaan",
        endpoint="http://127.0.0.1:9",
        region="rekaan",
        skip_signature=True,
        client_options={"allow_http": True, "timeout": timedelta(seconds=1)},
        retry_config={"max_retries": 0},
    )

    with pytest.raises(Unavailable):
        await CopyService(sessions, keys, away, tmp_path, present).make()

    async with sessions.begin() as session:
        attempts = (await session.scalars(select(WorkingCopy.attempts))).one()
    assert attempts == 0
    assert (await there.listed())["working_copy"]["outcome"] == "waiting"
    assert not left_in(tmp_path)


async def test_a_damaged_original_is_said_to_be_damaged(
    copies: Copier, app: FastAPI, bring: Bring
) -> None:
    there = await bring(samples.photograph())
    damage(stored(app, there.evidence_id))
    start = present()

    for attempt in range(MOST_ATTEMPTS):
        await copies(clock=lambda attempt=attempt: start + attempt * 2 * LEASE).make()

    copy = (await there.listed())["working_copy"]
    assert (copy["outcome"], copy["failure"]) == ("failed", "damaged")


async def test_what_a_dead_worker_left_is_swept_and_what_is_being_made_is_not(
    copies: Copier, tmp_path: Path
) -> None:
    folder, dead, alive = tmp_path / "copies", new_id(), new_id()
    with held(folder, dead):
        pass

    with held(folder, alive):
        await make_copies(copies())

        assert left_in(folder) == [str(alive)]


async def test_what_is_done_by_the_worker_stands_in_the_history(
    client: AsyncClient, copies: Copier, bring: Bring
) -> None:
    there = await bring(samples.photograph())
    await make_copies(copies())

    answer = await client.get(f"{there.complaint}/history", headers=there.member)

    line = answer.json()["items"][0]
    assert (line["action"], line["actor_kind"]) == ("evidence.copied", "system")


def damage(file: Path) -> None:
    """Change one byte in the middle of a stored file."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o600)
    file.write_bytes(content)


def left_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]
