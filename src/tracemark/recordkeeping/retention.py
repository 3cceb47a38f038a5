import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tracemark.kernel import Citation, PartialDate, cite
from tracemark.recordkeeping.kinds import EventKind, event_kinds


@dataclass(frozen=True, slots=True)
class Floor:
    """How long records of a class must be kept at the least. A State may keep them longer, never shorter.

    Source: ITI 12.
    """

    retention: str
    years: int
    source: Citation


@cache
def floors() -> dict[str, Floor]:
    """The floors by retention class, as dated data in `retention.toml`."""
    text = (files("tracemark.recordkeeping") / "retention.toml").read_text("utf-8")
    return {name: Floor(name, entry["years"], cite(entry["source"])) for name, entry in tomllib.loads(text).items()}


def keep_until(kind: EventKind, happened: PartialDate, national_years: int = 0) -> PartialDate:
    """Return the day until which an event's record must be kept at the least: the longer of instrument and State.

    Nothing is deleted then; keeping indefinitely is what the instrument prefers. Source: ITI 12.
    """
    years = max(floors()[event_kinds()[kind].retention].years, national_years)
    return PartialDate.of(_years_later(happened.last, years))


def _years_later(day: date, years: int) -> date:
    """The same day of a later year; the day after it where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def below_floor(national_years: dict[str, int]) -> dict[str, int]:
    """Return by class how many years a State's own rule falls short of the floor; empty where it does not.

    Source: ITI 12.
    """
    return {
        name: floor.years - national_years[name]
        for name, floor in floors().items()
        if name in national_years and national_years[name] < floor.years
    }
