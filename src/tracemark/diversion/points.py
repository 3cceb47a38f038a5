import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from tracemark.diversion.detections import Stage
from tracemark.kernel import Citation, Finding, PartialDate, cite, interval_days
from tracemark.recordkeeping import EventKind, Sealed, Step, WeaponRecord, event_kinds
from tracemark.weapons import WeaponId

UNKNOWN = "unknown"
STAGES = (*(each.value for each in Stage), UNKNOWN)
"""The stages of a point of diversion, as they are coded."""

_ABOUT_THE_RECORD = frozenset({"recovery", "record"})
_POINT = cite("SDG 16.4.2")


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of lawful hands: the paragraph that speaks of it, and the stages at which it can happen."""

    code: str
    source: Citation
    stages: frozenset[str]


@dataclass(frozen=True, slots=True)
class PointOfDiversion:
    """Where, when and how a weapon left lawful hands, as an officer found it. Source: SDG 16.4.2.

    `since` and `until` are the first and the last day on which it can have happened, each as far as it is known; None
    where nothing tells. `decided_by` is the account that decided so, `decided_on` when, `grounds` why.
    """

    weapon: WeaponId
    stage: str
    how: str
    grounds: tuple[str, ...]
    decided_by: str
    decided_on: PartialDate
    position: int
    since: PartialDate | None = None
    until: PartialDate | None = None
    place: str = ""
    signal: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class TimeToDiversion:
    """The last lawful event before a weapon was diverted, and the days between: the least and the most."""

    last_lawful: Sealed
    days: tuple[int, int]


@cache
def ways_of_diversion() -> Mapping[str, Way]:
    """Return every way that can be coded, by code."""
    told = tomllib.loads((files("tracemark.diversion") / "points.toml").read_text("utf-8"))
    return {
        code: Way(code, cite(entry["source"]), frozenset(entry.get("stages", STAGES)) | {UNKNOWN})
        for code, entry in told.items()
    }


def point_findings(stage: str, how: str, since: PartialDate | None, until: PartialDate | None) -> list[Finding]:
    """Return what is wrong with a point of diversion by itself."""
    way = ways_of_diversion().get(how)
    if way is None or stage not in STAGES:
        return [Finding("diversion.coding_unknown", _POINT, {"stage": stage, "how": how})]
    if stage not in way.stages:
        return [Finding("diversion.way_not_of_stage", way.source, {"stage": stage, "how": how})]
    if until and (since is None or until.last < since.first):
        facts = {"since": str(since or ""), "until": str(until)}
        return [Finding("diversion.interval_backwards", _POINT, facts)]
    return []


def point_of(sealed: Sealed) -> PointOfDiversion:
    """Read a point of diversion from the event that establishes it."""
    event, details = sealed.event, cast("Mapping[str, Any]", sealed.event.details)
    days: dict[str, Any] = {name: PartialDate.parse(details[key]) for name, key in _DAYS.items() if key in details}
    plain = {name: details[name] for name in ("place", "signal", "case") if name in details}
    return PointOfDiversion(
        weapon=event.weapon,
        stage=details["diverted_at"],
        how=details["diverted_how"],
        grounds=tuple(details["grounds"]),
        decided_by=event.by,
        decided_on=event.happened,
        position=sealed.position,
        **days,
        **plain,
    )


_DAYS = {"since": "diverted_on", "until": "diverted_until"}


def point_in(record: WeaponRecord) -> PointOfDiversion | None:
    """Return the point of diversion that holds of a weapon, the one established last; None where there is none."""
    told = [each.sealed for each in record.steps if each.sealed.event.kind is EventKind.DIVERSION_ESTABLISHED]
    return point_of(max(told, key=lambda each: each.position)) if told else None


def time_to_diversion(steps: Sequence[Step], point: PointOfDiversion) -> TimeToDiversion | None:
    """Return the last lawful event that can lie before a diversion, and how long it took; None where there is none.

    Where only a year is known of either, the least and the most days stand apart; the least is never below none.
    """
    if point.since is None:
        return None
    end = point.until or point.since
    lawful = [each.sealed for each in steps if _in_hands(each) and each.sealed.event.happened.first <= end.last]
    if not lawful:
        return None
    least, _ = interval_days(lawful[-1].event.happened, point.since)
    _, most = interval_days(lawful[-1].event.happened, end)
    return TimeToDiversion(lawful[-1], (max(least, 0), most))


def _in_hands(step: Step) -> bool:
    """Whether a step shows the weapon in lawful hands."""
    terms = event_kinds()[step.sealed.event.kind]
    return step.lawful and terms.lawful and terms.stage not in _ABOUT_THE_RECORD
