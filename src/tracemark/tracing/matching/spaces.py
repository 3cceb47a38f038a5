from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Space(Protocol):
    """Where a segment is laid out: in memory, or in files that are mapped into it."""

    def empty(self, name: str, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Return an array to be filled, which the segment keeps under this name."""
        ...


class Memory:
    """Space that is gone with the process."""

    def empty(self, name: str, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:  # noqa: ARG002 - needs no name
        return np.empty(shape, dtype)
