from tests.rooms import clock, stores

__all__ = ["clock", "stores"]
