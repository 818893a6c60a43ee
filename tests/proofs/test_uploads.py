"""Evidence arrives whole: every file, each once, whatever breaks and whoever else sends it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from httpx import Response
from sqlalchemy import select

from app.audit.models import JournalEntry
from app.core.actors import SYSTEM
from app.evidence.repository.evidence import EvidenceRepository
from app.evidence.rules.uploads import MOST_FILES
from tests.evidence.sending import Sender, photo, reporter
from tests.proofs.live import Live, running
from tests.proofs.uploads import EVERY, MEGABYTE, Figures, Task, prove

FILES, SIZE = 6, 8 * MEGABYTE
FLAT = 64
"""Megabytes that four files at once may take beside one: two parts of each on their way to S3."""
PHONES = 8
PHOTO = photo(MEGABYTE)


@pytest.fixture(scope="module")
async def figures() -> Figures:
    return await prove(Task(FILES, SIZE, kill=True))


@pytest.fixture(scope="module")
async def pair() -> AsyncIterator[Live]:
    """A service with two web processes, which know nothing of each other."""
    async with running("--workers", "2") as live:
        yield live


def test_every_file_arrives_once_over_a_line_that_breaks(figures: Figures) -> None:
    assert len(figures.sent) == FILES
    assert figures.kept == figures.sent
    assert figures.objects == figures.uploads == FILES
    assert figures.breaks >= FILES * SIZE // EVERY


def test_memory_does_not_grow_with_the_files(figures: Figures) -> None:
    assert figures.peak - figures.warm < FLAT


async def test_phones_that_finish_one_upload_at_once_make_one_evidence(pair: Live) -> None:
    last = len(PHOTO) - 1_000
    async with pair.client() as client:
        sender = await reporter(client)
        place = await sender.begun(PHOTO)
        await sender.send(place, PHOTO[:last])

    answers = await asyncio.gather(*(finish(pair, sender, place, last) for _ in range(PHONES)))

    said = Counter(each.status_code for some in answers for each in some)
    assert [some[-1].status_code for some in answers] == [204] * PHONES
    assert said.keys() <= {204, 409, 423}
    async with pair.sessions.begin() as session:
        evidence = await EvidenceRepository(session, SYSTEM).of(sender.complaint_id)
        sealed = select(JournalEntry).where(JournalEntry.action == "evidence.sealed")
        about = sealed.where(JournalEntry.subject_id == sender.complaint_id)
        assert len((await session.scalars(about)).all()) == len(evidence) == 1


async def finish(pair: Live, sender: Sender, place: str, offset: int) -> list[Response]:
    """Send the rest as a phone does: ask for the position and go on, until it is told 204."""
    answers: list[Response] = []
    async with pair.client() as client:
        phone = Sender(client, sender.headers, sender.complaint)
        while not answers or answers[-1].status_code != 204:
            answers.append(await phone.send(place, PHOTO[offset:], offset))
            offset = await phone.offset(place)
    return answers


async def test_phones_that_begin_one_file_at_once_begin_one_upload(pair: Live) -> None:
    async with pair.client() as client:
        sender = await reporter(client)
        begun = await asyncio.gather(*(sender.begin(PHOTO) for _ in range(PHONES)))

    assert {each.status_code for each in begun} == {201}
    assert len({each.headers["location"] for each in begun}) == 1


async def test_no_report_gets_more_files_by_beginning_them_at_once(pair: Live) -> None:
    async with pair.client() as client:
        sender = await reporter(client)
        some = (sender.begin(photo(500, seed=number)) for number in range(MOST_FILES + PHONES))
        begun = Counter(each.status_code for each in await asyncio.gather(*some))

    assert begun == {201: MOST_FILES, 413: PHONES}
