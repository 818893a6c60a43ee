from typing import Final

from app.evidence.service.copies import CopyService

_MOST: Final = 50
"""Copies of one round: the next begins a few seconds later."""


async def make_copies(copies: CopyService) -> None:
    """Make the working copies that wait, and clear away what a worker that died left behind."""
    await copies.sweep()
    for _ in range(_MOST):
        if not await copies.make():
            return
