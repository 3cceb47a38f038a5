from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracemark.kernel import Finding, Plain, Refused, cite

WARNING_TYPE = "tracemark.early-warning/1"
"""What a message with the least of a notice says that it is."""

WITHIN = timedelta(days=180)
LEAST_STATES, LEAST_NOTICES = 2, 3
_LONGEST, _MOST = 120, 200
_TEXTS = ("reference", "on", "pattern", "strength", "destination")


class WarningUnfit(Refused):
    """What came is no notice of the least that a region is told."""


@dataclass(frozen=True, slots=True)
class LeastNotice:
    """The least of a notice, as a region is told it: which pattern, when, and sorts of weapons with how many.

    `pattern` is the code of a rule of diversion, or `refusal` or `embargo`. `destination` is a State, "" for none told.
    `sorts` counts weapons by kind. No mark, no party, no place: of one weapon nothing can be told from it.
    Source: PoA II.24, ATT 11(4).
    """

    state: str
    reference: str
    on: str
    pattern: str
    strength: str
    destination: str
    sorts: Mapping[str, int]

    def plain(self) -> dict[str, Plain]:
        """Return what is sent: the State that tells it is known by its node."""
        return {**{name: getattr(self, name) for name in _TEXTS}, "sorts": dict(self.sorts)}


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """That one pattern is told by several States, or again and again, of late; `notices` are the newest first."""

    pattern: str
    notices: tuple[LeastNotice, ...]

    @property
    def states(self) -> list[str]:
        """The States that told it."""
        return sorted({each.state for each in self.notices})

    @property
    def destinations(self) -> list[str]:
        """The destinations that were named."""
        return sorted({each.destination for each in self.notices} - {""})

    def plain(self) -> dict[str, Plain]:
        """Return it as JSON-ready values."""
        return {
            "pattern": self.pattern,
            "states": list(self.states),
            "destinations": list(self.destinations),
            "notices": len(self.notices),
            "first": self.notices[-1].on,
            "last": self.notices[0].on,
        }


def read_least(state: str, told: Mapping[str, Any]) -> LeastNotice:
    """Read the least of a notice that a State told.

    Raises:
        WarningUnfit: it is none.
    """
    try:
        return _read(state, told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        facts: dict[str, Plain] = {"state": state, "why": str(error)[:_LONGEST]}
        raise WarningUnfit([Finding("secretariat.warning_unfit", cite("PoA II.24"), facts)]) from None


def _read(state: str, told: Mapping[str, Any]) -> LeastNotice:
    if told.keys() != {*_TEXTS, "sorts"} or len(told["sorts"]) > _MOST:
        raise ValueError("other words")
    texts = {name: _text(told[name]) for name in _TEXTS}
    date.fromisoformat(texts["on"])
    return LeastNotice(state, **texts, sorts={_text(kind): _count(each) for kind, each in told["sorts"].items()})


def early_warnings(told: Iterable[LeastNotice], today: date) -> list[EarlyWarning]:
    """Return the patterns of which two States tell within half a year, or one State three times; most States first.

    Of notices of one reference and State the last counts.
    """
    since = (today - WITHIN).isoformat()
    newest = {(each.state, each.reference): each for each in told if each.on >= since}
    by_pattern = dict[str, list[LeastNotice]]()
    for each in sorted(newest.values(), key=lambda found: found.on, reverse=True):
        by_pattern.setdefault(each.pattern, []).append(each)
    found = [EarlyWarning(pattern, tuple(notices)) for pattern, notices in by_pattern.items()]
    wanted = [each for each in found if len(each.states) >= LEAST_STATES or len(each.notices) >= LEAST_NOTICES]
    return sorted(wanted, key=lambda each: (-len(each.states), -len(each.notices), each.pattern))


def _text(told: object) -> str:
    if not isinstance(told, str) or len(told) > _LONGEST:
        raise ValueError(f"{told!r:.60}")
    return told


def _count(told: object) -> int:
    if type(told) is not int or not 0 <= told < 10**9:
        raise ValueError(f"{told!r:.60}")
    return told
