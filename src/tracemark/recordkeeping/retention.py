import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.authorities import Permission, require, require_sight
from tracemark.kernel import Actor, Citation, Clock, Finding, NotToml, PartialDate, Plain, Refused, cite, toml_tables
from tracemark.recordkeeping.events import Event
from tracemark.recordkeeping.history import current
from tracemark.recordkeeping.kinds import EventKind, event_kinds
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.weapons import WeaponId


class TermsRefused(Refused):
    """A State's terms are not written as they should be."""


@dataclass(frozen=True, slots=True)
class Floor:
    """How long records of a class must be kept at the least. A State may keep them longer, never shorter.

    Source: ITI 12, FP 7.
    """

    retention: str
    years: int
    source: Citation


@dataclass(frozen=True, slots=True)
class Term:
    """How long a State's own law has records of a class kept; `years` is None for ever. `until` is None while in force.

    `source` names the law in the State's own words.
    """

    retention: str
    years: int | None
    source: str
    since: PartialDate
    until: PartialDate | None = None

    def in_force(self, on: date) -> bool:
        """Say whether the term can have been in force that day: a date known in part counts in full."""
        return self.since.first <= on and (self.until is None or on <= self.until.last)


@dataclass(frozen=True, slots=True)
class Kept:
    """Until which day a record must be kept at the least, None for ever, and what asks it.

    Nothing is deleted then; keeping indefinitely is what the instrument prefers. Source: ITI 12.
    """

    until: PartialDate | None
    source: str

    def runs(self, on: date) -> bool:
        """Say whether the record must still be kept that day."""
        return self.until is None or on <= self.until.last


@cache
def floors() -> tuple[Floor, ...]:
    """Every floor, as data in `retention.toml`."""
    text = (files("tracemark.recordkeeping") / "retention.toml").read_text("utf-8")
    return tuple(Floor(each["retention"], each["years"], cite(each["source"])) for each in tomllib.loads(text)["floor"])


def floor_of(retention: str) -> Floor:
    """Return the longest floor of a class of records."""
    return max((each for each in floors() if each.retention == retention), key=lambda each: each.years)


def read_terms(text: str, *, file: str) -> tuple[Term, ...]:
    """Read a State's own terms from TOML: `[[term]]` with retention, years (or `years = "for ever"`), since, source.

    Raises:
        TermsRefused: the text is no TOML, or a term lacks a field or has one that is not as it should be.
    """
    try:
        listed = toml_tables(text).get("term", [])
    except NotToml as error:
        facts = {"file": file, **error.facts}
        raise TermsRefused([Finding("recordkeeping.terms_not_toml", cite("ITI 12"), facts)]) from error
    return tuple(_term(each, file, place) for place, each in enumerate(listed, 1))


def _term(plain: Mapping[str, Any], file: str, place: int) -> Term:
    classes = {each.retention for each in floors()}
    years = plain.get("years")
    if plain.get("retention") not in classes:
        raise _unreadable(file, place, f"retention = {' | '.join(sorted(classes))}")
    if years != "for ever" and (type(years) is not int or years < 0):
        raise _unreadable(file, place, 'years = 30 | years = "for ever"')
    if not isinstance(plain.get("source"), str) or not plain["source"].strip():
        raise _unreadable(file, place, "source = …")
    try:
        since = PartialDate.parse(str(plain["since"]))
        until = PartialDate.parse(str(plain["until"])) if "until" in plain else None
    except (KeyError, ValueError):
        raise _unreadable(file, place, "since = 2014-05-17 | until = 2026") from None
    return Term(plain["retention"], None if years == "for ever" else years, plain["source"], since, until)


def _unreadable(file: str, place: int, expected: str) -> TermsRefused:
    facts: dict[str, Plain] = {"file": file, "term": place, "expected": expected}
    return TermsRefused([Finding("recordkeeping.terms_unreadable", cite("ITI 12"), facts)])


def below_floor(terms: Iterable[Term]) -> list[Finding]:
    """Return what a State's own terms fall short of.

    Source: ITI 12, FP 7.
    """
    return [
        Finding("recordkeeping.term_below_floor", floor.source, _shortfall(term, floor))
        for term in terms
        for floor in floors()
        if floor.retention == term.retention and term.years is not None and term.years < floor.years
    ]


def _shortfall(term: Term, floor: Floor) -> dict[str, Plain]:
    return {"retention": term.retention, "years": term.years, "law": term.source, "floor": floor.years}


def keep_until(kind: EventKind, happened: PartialDate, terms: Iterable[Term] = (), *, on: date | None = None) -> Kept:
    """Return until when an event's record must be kept: the longer of the instruments and the State's law of a day.

    Source: ITI 12, FP 7.
    """
    retention = event_kinds()[kind].retention
    floor = floor_of(retention)
    found = [Kept(PartialDate.of(_years_later(happened.last, floor.years)), str(floor.source))]
    for term in terms:
        if term.retention == retention and (on is None or term.in_force(on)):
            until = None if term.years is None else PartialDate.of(_years_later(happened.last, term.years))
            found.append(Kept(until, term.source))
    return _longest(found)


def kept(events: Sequence[Event], terms: Iterable[Term], *, on: date) -> Kept:
    """Return until when a weapon's record must be kept: as long as the event that asks longest."""
    return _longest([keep_until(each.kind, each.happened, terms, on=on) for each in events])


def retention_of(
    *, weapon: WeaponId, terms: Iterable[Term], actor: Actor, stores: RecordkeepingStores, clock: Clock
) -> Kept:
    """Say until when a weapon's record must be kept, under the instruments and the State's own terms of today.

    Raises:
        NotPermitted: the actor may not read retention, or does not see the weapon's holder.
        KeyError: the record has no such weapon.

    Source: ITI 12.
    """
    require(actor, Permission.RETENTION_READ)
    require_sight(actor, stores.register.state(weapon).holder, stores.agencies.all())
    life = [sealed.event for sealed in current(stores.records.of_weapon(weapon))]
    return kept(life, tuple(terms), on=clock.now().date())


def _longest(found: Sequence[Kept]) -> Kept:
    return max(found, key=lambda each: (each.until is None, each.until or PartialDate(1)))


def _years_later(day: date, years: int) -> date:
    """The same day of a later year; the day after it where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
