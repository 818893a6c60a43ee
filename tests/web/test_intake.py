import pytest

from app.web import intake as intake_module
from app.web.intake import Intake, cost_at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    said = [600.0]
    monkeypatch.setattr(intake_module, "monotonic", lambda: said[-1])
    return said


@pytest.mark.parametrize(
    ("load", "cost"),
    [
        (0.0, 1_000),
        (1.9, 1_000),
        (2.0, 2_000),
        (3.9, 2_000),
        (4.0, 4_000),
        (8.0, 8_000),
        (1e9, 8_000),
    ],
)
def test_the_work_grows_with_the_load_in_four_steps(load: float, cost: int) -> None:
    assert cost_at(load) == cost


def test_the_load_is_what_came_in_within_a_minute(clock: list[float]) -> None:
    intake = Intake(10)

    for _ in range(15):
        intake.count()

    assert intake.load() == 1.5


@pytest.mark.parametrize(("later", "load"), [(60, 1.0), (90, 0.5), (120, 0.0), (3_600, 0.0)])
def test_the_load_falls_evenly_in_the_minute_after(
    clock: list[float], later: float, load: float
) -> None:
    intake = Intake(10)
    for _ in range(10):
        intake.count()

    clock.append(600 + later)

    assert intake.load() == load


def test_one_proof_opens_as_often_as_a_phone_repeats_itself() -> None:
    intake = Intake(10)

    uses = [intake.accepts("rekaan") for _ in range(25)]

    assert uses == [True] * 20 + [False] * 5
    assert intake.accepts("lain")


def test_of_many_proofs_few_are_remembered() -> None:
    intake = Intake(10)

    for number in range(25_000):
        intake.accepts(str(number))

    assert len(intake._uses) == 10_000
