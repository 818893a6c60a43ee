from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.core.crypto import Keyring
from app.core.database import Sessions
from app.evidence.service.copies import CopyService
from tests.evidence.holding import Case, case, copier

Bring: TypeAlias = Callable[..., Awaitable[Case]]
Copier: TypeAlias = Callable[..., CopyService]


@pytest.fixture
def bring(client: AsyncClient, sessions: Sessions, keys: Keyring) -> Bring:
    """Files a complaint with this file; what else is named, the sender said of it."""
    return partial(case, client, sessions, keys)


@pytest.fixture
def copies(app: FastAPI, sessions: Sessions, keys: Keyring, tmp_path: Path) -> Copier:
    """The worker's service, with any clock."""
    return partial(copier, app, sessions, keys, tmp_path / "copies")
