from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracemark.kernel import Finding, Plain, cite

_PURPOSE = cite("ITI 15(b)")
_ONWARD = cite("ITI 15(c)")


class Purpose(StrEnum):
    """What information from another State may be used for. Source: ITI 15(b)."""

    TRACING = "tracing"
    INVESTIGATION = "investigation"
    PROSECUTION = "prosecution"
    STATISTICS = "statistics"


class Onward(StrEnum):
    """Whether it may be passed to somebody else. Source: ITI 15(c)."""

    NEVER = "never"
    WITH_CONSENT = "with_consent"
    FREELY = "freely"


@dataclass(frozen=True, slots=True)
class Handling:
    """What the State that gives a datum lets the one that receives it do with it, for as long as it is kept.

    `expires_on` is the last day on which it may be used at all, None for no such day.

    Source: ITI 15.
    """

    purposes: frozenset[Purpose] = frozenset({Purpose.TRACING})
    onward: Onward = Onward.WITH_CONSENT
    expires_on: date | None = None

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form that is kept and sent."""
        told: dict[str, Plain] = {"purposes": sorted(each.value for each in self.purposes), "onward": self.onward.value}
        return told | ({"expires_on": self.expires_on.isoformat()} if self.expires_on else {})

    @classmethod
    def of_plain(cls, plain: Any) -> "Handling":  # noqa: ANN401 - what a message brings
        """Read the JSON form back. Raises ValueError where it is none."""
        if not isinstance(plain, Mapping) or not plain.keys() <= {"purposes", "onward", "expires_on"}:
            raise ValueError("no handling")
        purposes, expires_on = frozenset(map(Purpose, plain["purposes"])), plain.get("expires_on")
        return cls(purposes, Onward(plain["onward"]), date.fromisoformat(expires_on) if expires_on else None)


def use_findings(handling: Handling, purpose: Purpose, name: str, on: date) -> list[Finding]:
    """Return what forbids to use a datum for a purpose on a day; `name` says which datum.

    Source: ITI 15(b).
    """
    if handling.expires_on and on > handling.expires_on:
        return [Finding("tracing.datum_expired", _PURPOSE, {"datum": name, "until": handling.expires_on.isoformat()})]
    if purpose not in handling.purposes:
        return [Finding("tracing.datum_purpose", _PURPOSE, {"datum": name, "purpose": purpose.value})]
    return []


def onward_findings(handling: Handling, name: str, on: date, *, consented: bool) -> list[Finding]:
    """Return what forbids to pass a datum on to a third State on a day. `consented`: its giver consented to that.

    Source: ITI 15(c).
    """
    if handling.expires_on and on > handling.expires_on:
        return [Finding("tracing.datum_expired", _PURPOSE, {"datum": name, "until": handling.expires_on.isoformat()})]
    if handling.onward is Onward.FREELY or (handling.onward is Onward.WITH_CONSENT and consented):
        return []
    return [Finding("tracing.datum_onward", _ONWARD, {"datum": name, "onward": handling.onward.value})]
