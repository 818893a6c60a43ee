import pytest


@pytest.fixture(autouse=True)
def no_wait_for_guessers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a wrong credential costs is tested with the kit; here it would only take time."""
    monkeypatch.setattr("app.web.limits._LONGEST_WAIT", 0.0)
