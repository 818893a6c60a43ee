"""Evidence arrives whole over a bad line: every file, each once, whatever breaks on the way."""

import pytest

from tests.proofs.uploads import EVERY, MEGABYTE, Figures, Task, prove

FILES, SIZE = 12, 3 * MEGABYTE
FLAT = 48
"""Megabytes that four files at once may take beside one: two parts of each on their way to S3."""


@pytest.fixture(scope="module")
async def figures() -> Figures:
    return await prove(Task(FILES, SIZE, kill=True))


def test_every_file_arrives_once(figures: Figures) -> None:
    assert len(figures.sent) == FILES
    assert figures.kept == figures.sent
    assert figures.objects == figures.uploads == FILES
    assert figures.breaks >= FILES * SIZE // EVERY


def test_memory_does_not_grow_with_the_files(figures: Figures) -> None:
    assert figures.peak - figures.warm < FLAT
