from tests.rakor.conftest import open_desk, set_clock

__all__ = ["open_desk", "set_clock"]
