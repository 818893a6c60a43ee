"""A phone without a share, and a process with too much to do."""

import pytest
from fastapi import FastAPI

from app.web.intake import Intake
from app.web.limits import Limits


@pytest.fixture
def spent(app: FastAPI) -> None:
    """The share of every address holds one request, and fills again in a minute."""
    app.state.limits = Limits(anonymous=1, credential=100)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The minute by which the intake counts does not end in the middle of a test."""
    monkeypatch.setattr("app.web.intake.monotonic", lambda: 600.0)


@pytest.fixture
def flooded(app: FastAPI, still: None) -> Intake:
    """As much came in during this minute as the process is meant for."""
    intake = Intake(1)
    intake.count()
    app.state.intake = intake
    return intake
