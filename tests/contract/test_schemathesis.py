"""schemathesis tries the whole contract: no 5xx, no answer that is not documented."""

from datetime import UTC, datetime

import pytest
from schemathesis.engine import StopReason

from app.core.database import opened_patiently
from app.stats.service.folding import Folding
from tests.contract.document import OPERATIONS, Operation
from tests.contract.test_contract import is_rehearsed
from tests.contract.trial import Trial
from tests.stats.folded import wrong

of_each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)


def test_every_operation_is_tried(trial: Trial) -> None:
    assert trial.ended is StopReason.COMPLETED
    assert trial.errors == []
    assert trial.statuses.keys() == {each.name for each in OPERATIONS}


@of_each_operation
def test_no_check_fails(trial: Trial, operation: Operation) -> None:
    failures = trial.failures[operation.name]

    assert not failures, "\n\n".join(f"{said}\n{sample}" for said, sample in failures.items())


@of_each_operation
def test_it_succeeds_at_least_once(trial: Trial, operation: Operation) -> None:
    good = {200, 201} if is_rehearsed(operation) else {200, 201, 204}

    assert good & trial.statuses[operation.name]


async def test_the_figures_equal_all_that_was_done(trial: Trial, own_url: str) -> None:
    """They were folded when the stage was set, and what the trial did comes on top."""
    async with opened_patiently(own_url) as sessions:
        assert await Folding(sessions).fold(datetime(2024, 11, 5, tzinfo=UTC)) > 0
        assert await wrong(sessions) == []
