"""What the tests of this room share."""

from tests.rooms import clock, stores

__all__ = ["clock", "stores"]
