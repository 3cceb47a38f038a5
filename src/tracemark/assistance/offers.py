"""What a donor or a fund offers, as its dossier tells it: whom it helps, with how much, and when its calls are open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tracemark.assistance.needs import Help
from tracemark.assistance.steps import AssistanceStep, step_of
from tracemark.kernel import Plain
from tracemark.recordkeeping import EventKind, Sealed, fold_steps


@dataclass(frozen=True, slots=True)
class FundingCall:
    """When a programme takes requests, both days included, and what this call has to give; None for all there is."""

    name: str
    opens: date
    closes: date
    budget: int | None = None

    def is_open(self, on: date) -> bool:
        """Whether it takes requests on a day."""
        return self.opens <= on <= self.closes


@dataclass(frozen=True, slots=True)
class Offer:
    """What a programme offers: `budget` in whole units of `currency`, to each request from `least` to `most` of it.

    `states` (ISO 3166-1) and `regions` (M49) are whom it may help, empty for all. `share_percent` is the most of its
    budget that one State may get. `conditions` are what it asks beside, in words. Source: PoA III.3, PoA III.6.
    """

    title: str
    donor: str
    themes: tuple[str, ...]
    helps: tuple[Help, ...]
    budget: int
    currency: str
    calls: tuple[FundingCall, ...]
    least: int = 0
    most: int | None = None
    states: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    share_percent: int = 100
    whole_only: bool = False
    needs_partner: bool = False
    needs_report: bool = False
    eligibility: str = ""
    conditions: str = ""

    @property
    def ceiling(self) -> int:
        """The most that one request can get."""
        return self.budget if self.most is None else self.most

    @property
    def state_share(self) -> Fraction:
        """The most of its budget that one State may get, as a part."""
        return Fraction(self.share_percent, 100)

    def call_on(self, on: date) -> FundingCall | None:
        """Return the call that is open on a day, the one that closes first; None where none is."""
        found = [each for each in self.calls if each.is_open(on)]
        return min(found, key=lambda each: each.closes) if found else None

    def nearest_call(self, on: date) -> FundingCall:
        """Return the call that is open on a day, else the next to open, else the last that was."""
        coming = [each for each in self.calls if each.opens > on]
        return (
            self.call_on(on)
            or min(coming, key=lambda each: each.opens, default=None)
            or max(self.calls, key=lambda each: each.closes)
        )

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record; what says nothing is left out."""
        told: dict[str, Plain] = {name: getattr(self, name) for name in (*_TEXTS, *_NUMBERS, *_FLAGS)}
        told |= {name: list(getattr(self, name)) for name in _LISTS}
        told |= {"helps": [each.value for each in self.helps], "calls": [_call_plain(each) for each in self.calls]}
        return {name: value for name, value in told.items() if value not in ("", [], None, False)}

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Offer":
        """Read it from the record."""
        told: dict[str, Any] = {name: plain[name] for name in (*_TEXTS, *_NUMBERS, *_FLAGS) if name in plain}
        told |= {name: tuple(plain.get(name, ())) for name in _LISTS}
        return cls(**told, helps=tuple(map(Help, plain["helps"])), calls=tuple(map(_call, plain["calls"])))


_TEXTS = ("title", "donor", "currency", "eligibility", "conditions")
_NUMBERS = ("budget", "least", "most", "share_percent")
_FLAGS = ("whole_only", "needs_partner", "needs_report")
_LISTS = ("themes", "states", "regions")


def _call_plain(call: FundingCall) -> Plain:
    days: dict[str, Plain] = {"name": call.name, "opens": call.opens.isoformat(), "closes": call.closes.isoformat()}
    return days if call.budget is None else {**days, "budget": call.budget}


def _call(plain: Mapping[str, Any]) -> FundingCall:
    days = (date.fromisoformat(plain["opens"]), date.fromisoformat(plain["closes"]))
    return FundingCall(plain["name"], *days, plain.get("budget"))


@dataclass(frozen=True, slots=True)
class Fund:
    """A programme as its events tell it."""

    name: str
    authority: str
    offers: Offer
    standing: str = "open"
    steps: tuple[AssistanceStep, ...] = ()


def fund_of(name: str, events: Sequence[Sealed]) -> Fund:
    """Fold a programme's events into what is true of it now.

    Raises:
        KeyError: none of the events opens it.
    """
    return fold_steps(name, events, _opened, _after)


def _opened(sealed: Sealed, details: Mapping[str, Any]) -> Fund:
    offers = Offer.of_plain(details["contents"])
    return Fund(details["dossier"], sealed.event.authority, offers, steps=(step_of(sealed),))


def _after(known: Fund, sealed: Sealed, details: Mapping[str, Any]) -> Fund:
    steps = (*known.steps, step_of(sealed))
    if sealed.event.kind is EventKind.PROGRAMME_REVISED:
        return replace(known, offers=Offer.of_plain(details["contents"]), steps=steps)
    return replace(known, standing="closed", steps=steps)
