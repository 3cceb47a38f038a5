from dataclasses import dataclass
from math import sqrt
from typing import Any

_95_PERCENT = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a rule was right: its signals that were confirmed, of those that were confirmed or dismissed.

    What is open, escalated or merged was not judged, and counts for neither. `between` is the Wilson interval of 95 %;
    `share` and it are None where nothing was judged. Source: Wilson, "Probable Inference", 1927.
    """

    rule: str
    confirmed: int
    dismissed: int
    waiting: int

    @property
    def share(self) -> float | None:
        """The share of confirmed signals."""
        judged = self.confirmed + self.dismissed
        return self.confirmed / judged if judged else None

    @property
    def between(self) -> tuple[float, float] | None:
        """The Wilson interval of the share."""
        judged = self.confirmed + self.dismissed
        return wilson(self.confirmed, judged) if judged else None

    def plain(self) -> dict[str, Any]:
        """Return it as JSON-ready values."""
        low, high = self.between or (None, None)
        counts = {"confirmed": self.confirmed, "dismissed": self.dismissed, "waiting": self.waiting}
        return {"rule": self.rule, **counts, "precision": self.share, "low": low, "high": high}


def wilson(successes: int, trials: int, z: float = _95_PERCENT) -> tuple[float, float]:
    """Return the Wilson score interval of a share; `trials` is at least 1.

    Source: Wilson, "Probable Inference", 1927.
    """
    share, weight = successes / trials, z * z / trials
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * sqrt(share * (1 - share) / trials + weight / (4 * trials))
    low = 0.0 if successes == 0 else middle - half
    return low, 1.0 if successes == trials else middle + half
