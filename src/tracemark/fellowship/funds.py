from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, fold_steps
from tracemark.targets import amount_text


class FundKind(StrEnum):
    """Where money for fellowships comes from."""

    REGULAR_BUDGET = "regular_budget"
    VOLUNTARY = "voluntary"
    TRUST_FUND = "trust_fund"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Source:
    """Money that somebody gives for fellowships: never more than `ceiling`, for cohorts that begin in its days.

    `donor` is a State's code or an organisation's name, `conditions` are the donor's, in words.
    Source: BMS7 ASSIST.4.
    """

    title: str
    kind: FundKind
    donor: str
    ceiling: Decimal
    currency: str
    first: date
    last: date
    conditions: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        return {
            "title": self.title,
            "kind": self.kind.value,
            "donor": self.donor,
            "ceiling": amount_text(self.ceiling),
            "currency": self.currency,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "conditions": self.conditions,
        }

    @classmethod
    def of_plain(cls, told: Mapping[str, Any]) -> "Source":
        """Read it from the record."""
        return cls(
            title=told["title"],
            kind=FundKind(told["kind"]),
            donor=told["donor"],
            ceiling=Decimal(told["ceiling"]),
            currency=told["currency"],
            first=date.fromisoformat(told["first"]),
            last=date.fromisoformat(told["last"]),
            conditions=told.get("conditions", ""),
        )


@dataclass(frozen=True, slots=True)
class Fund:
    """A source of money as its events tell it: open or closed. `reason` is why it was revised last, or closed."""

    name: str
    authority: str
    source: Source
    standing: str = "open"
    reason: str = ""


def fund_of(name: str, events: Sequence[Sealed]) -> Fund:
    """Fold a fund's events.

    Raises:
        KeyError: none of them opens it.
    """
    return fold_steps(name, events, _opened, _after)


def _opened(sealed: Sealed, told: Mapping[str, Any]) -> Fund:
    return Fund(told["dossier"], sealed.event.authority, Source.of_plain(told["contents"]))


def _after(known: Fund, sealed: Sealed, told: Mapping[str, Any]) -> Fund:
    if sealed.event.kind is EventKind.FUND_REVISED:
        return replace(known, source=Source.of_plain(told["contents"]), reason=told["reason"])
    return replace(known, standing="closed", reason=told["reason"])
