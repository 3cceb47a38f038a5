"""Numbers with what they are of: a figure's or a count's, where it was drawn, and why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tracemark.kernel import Plain

COUNTS = (
    *("targets", "regional_targets", "development_targets", "targets_with_requests", "plans", "roadmaps", "reports"),
    *("contributions", "peers", "trace_requests", "inquiries", "proposals", "indicator"),
    *("assistance_requests", "assistance_grants", "cohorts", "practices"),
)
"""What is counted of the dossiers a node keeps, beside figures. `indicator` is SDG 16.4.2 of the last whole year."""


class Absent(StrEnum):
    """Why there is no number. None of it is zero."""

    NOT_RECORDED = "not_recorded"
    WITHHELD = "withheld"
    NOT_KEPT_HERE = "not_kept_here"
    NOT_TOLD = "not_told"
    NOT_OPEN = "not_open"


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a figure, or of one of `COUNTS`, or why there is none.

    `head` is the record it was drawn at, SIZE.ROOT, and `definition` the fingerprint of how its figure counts; both ""
    for a count. `states` are those whose numbers it adds up, and `missing` says of each other why it is not in it.
    """

    name: str
    value: int | Decimal | None
    unit: str = ""
    absent: Absent | None = None
    head: str = ""
    definition: str = ""
    states: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_figure(self) -> bool:
        """Whether a figure of the record is behind it."""
        return self.name not in COUNTS

    def plain(self) -> dict[str, Plain]:
        """As JSON says it; what says nothing is left out, and a share is text."""
        told: dict[str, Plain] = {
            "name": self.name,
            "value": str(self.value) if isinstance(self.value, Decimal) else self.value,
            "unit": self.unit,
            "absent": self.absent.value if self.absent else "",
            "head": self.head,
            "definition": self.definition,
            "states": list(self.states),
            "missing": dict(self.missing),
        }
        return {name: each for name, each in told.items() if name in ("name", "value") or each not in ("", [], {})}
