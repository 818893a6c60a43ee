"""A clock of the test's own, as for the figures."""

from tests.stats.conftest import set_clock

__all__ = ["set_clock"]
