from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def kernel(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Compile a loop over arrays. The machine code is kept on disk, since compiling takes seconds and loading does not.

    A kernel lets other threads run while it works, and does not check indices.
    """
    compiled: Callable[Arguments, Result] = njit(cache=True, nogil=True)(function)
    return compiled
