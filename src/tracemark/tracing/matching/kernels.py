from collections.abc import Callable
from hashlib import sha256
from importlib.resources import files
from typing import ParamSpec, TypeVar

from numba import config, njit

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def kernel(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Compile a loop over arrays. The machine code is kept on disk, since compiling takes seconds and loading does not.

    A kernel lets other threads run while it works, and does not check indices. No two kernels may sort, each in a way
    of its own: Numba names what it makes of a sort by a count that begins anew in each process, so that of kernels
    compiled by two processes one may call the sort of the other.
    """
    compiled: Callable[Arguments, Result] = njit(cache=True, nogil=True)(function)
    return compiled


def inner(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Compile what a kernel does many times over: its machine code stands where it is called, and nothing is called.

    A call hands over each array of a named tuple as seven numbers. Nor is it counted how often an array is referred to,
    which would halt all processors for a moment at each array of each turn: this makes no array, and returns none.
    """
    # Numba's guide to extending it names the last option; its type stubs do not.
    uncounted = njit(cache=True, nogil=True, forceinline=True, _nrt=False)  # type: ignore[call-overload]
    compiled: Callable[Arguments, Result] = uncounted(function)
    return compiled


def _folder_of_this_version() -> str:
    """Return a folder named by all the kernels' sources.

    Numba looks at a kernel's own file only: when a kernel that it calls changes, it would go on with the old one.
    """
    package = files("tracemark.tracing.matching")
    sources = sorted((each for each in package.iterdir() if each.name.endswith(".py")), key=lambda each: each.name)
    digest = sha256(b"".join(each.read_bytes() for each in sources)).hexdigest()[:16]
    return str(package / "__pycache__" / f"kernels-{digest}")


config.CACHE_DIR = config.CACHE_DIR or _folder_of_this_version()  # type: ignore[attr-defined] # numba sets it when loaded
