from typing import Final

from app.evidence.service.checks import CheckService

_MOST: Final = 50
"""Documents of one round: the next begins a few seconds later."""


async def check_documents(checks: CheckService) -> None:
    """Check the signed documents that wait."""
    for _ in range(_MOST):
        if not await checks.check():
            return
