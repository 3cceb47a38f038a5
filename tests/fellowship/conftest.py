from tests.rooms import stores

__all__ = ["stores"]
