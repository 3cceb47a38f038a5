from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

# SciPy takes a while to load, and only who matches waits for it.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]

_OPTIMAL, _OUT_OF_TIME = 0, 1


class NoSolution(Exception):
    """No choice keeps all limits."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A choice, and how good it is: `bound` is what no choice can exceed; the two meet where it is `proven`."""

    values: list[float]
    objective: float
    bound: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best choice if a yes could be yes in part: none is better than its `objective`.

    `losses` are what one unit of each number that is 0 would take away, at the least.
    """

    values: list[float]
    objective: float
    losses: list[float]


@dataclass(slots=True)
class Problem:
    """A choice of numbers within limits that is worth the most: a mixed-integer linear problem, solved by HiGHS."""

    _upper: list[float] = field(default_factory=list)
    _worth: list[float] = field(default_factory=list)
    _whole: list[int] = field(default_factory=list)
    _rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)

    def amount(self, most: float, *, worth: float = 0.0) -> int:
        """Add a number from 0 to `most`; each unit of it is worth so much."""
        return self._add(most, worth, whole=False)

    def choice(self, *, worth: float = 0.0) -> int:
        """Add a yes (1) or no (0)."""
        return self._add(1.0, worth, whole=True)

    def limit(self, terms: Mapping[int, float], *, least: float = -inf, most: float = inf) -> None:
        """Keep a sum of numbers, each times its factor, from `least` to `most`."""
        if terms:
            self._rows.append((terms, least, most))

    def close(self, number: int) -> None:
        """Keep a number at 0."""
        self._upper[number] = 0.0

    def relax(self) -> Relaxed:
        """Return the best choice where what is whole need not be.

        Raises:
            NoSolution: there is none even so.
        """
        import numpy as np  # noqa: PLC0415 - see above
        from scipy.optimize import linprog  # noqa: PLC0415 - see above
        from scipy.sparse import vstack  # noqa: PLC0415 - see above

        matrix, least, most = self._limits()
        below, above = np.isfinite(most), np.isfinite(least)
        found = linprog(
            c=-np.array(self._worth),
            A_ub=vstack([matrix[below], -matrix[above]]),
            b_ub=np.concatenate([most[below], -least[above]]),
            bounds=[(0.0, each) for each in self._upper],
        )
        if not found.success:
            raise NoSolution(found.message)
        return Relaxed(found.x.tolist(), -float(found.fun), found.lower.marginals.tolist())

    def solve(self, seconds: float = 60.0, gap: float = 0.0) -> Solved:
        """Return the best choice, or the best found in that time; one that is worse by a part of `gap` will do.

        Raises:
            NoSolution: there is none, or none was found in time.
        """
        import numpy as np  # noqa: PLC0415 - see above
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - see above

        if not self._upper:
            return Solved([], 0.0, 0.0, proven=True)
        found = milp(
            c=-np.array(self._worth),
            integrality=np.array(self._whole),
            bounds=Bounds(0, np.array(self._upper)),
            constraints=[LinearConstraint(*self._limits())] if self._rows else [],
            options={"time_limit": seconds, "mip_rel_gap": gap},
        )
        if found.status not in (_OPTIMAL, _OUT_OF_TIME) or found.x is None:
            raise NoSolution(found.message)
        bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
        return Solved([float(each) for each in found.x], -float(found.fun), -float(bound), found.status == _OPTIMAL)

    def _add(self, most: float, worth: float, *, whole: bool) -> int:
        self._upper.append(most)
        self._worth.append(worth)
        self._whole.append(int(whole))
        return len(self._upper) - 1

    def _limits(self) -> "tuple[csr_array, FloatArray, FloatArray]":
        """The limits as a matrix with its least and its most, a row each."""
        import numpy as np  # noqa: PLC0415 - see above
        from scipy.sparse import coo_array  # noqa: PLC0415 - see above

        entries = [(row, *term) for row, (terms, _, _) in enumerate(self._rows) for term in terms.items()]
        rows, places, factors = zip(*entries, strict=True)
        matrix = coo_array((factors, (rows, places)), shape=(len(self._rows), len(self._upper))).tocsr()
        return matrix, np.array([row[1] for row in self._rows]), np.array([row[2] for row in self._rows])
