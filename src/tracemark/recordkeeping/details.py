import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from tracemark.kernel import Finding, PartialDate, Plain
from tracemark.marking import MarkKind, Method, Surface
from tracemark.recordkeeping.events import Event
from tracemark.recordkeeping.kinds import EventKind, event_kinds
from tracemark.recordkeeping.seizures import Breach, TakenFrom
from tracemark.weapons import Material, Origin, Part

_LARGEST = 2**53 - 1
_YEARS = range(1000, 10_000)


class Misfit(NamedTuple):
    """Where a value is not what it should be, as a path within the detail ("" for all of it), and what it should be."""

    path: str
    expected: str


Check = Callable[[object], Misfit | None]


def unfit_details(event: Event) -> Iterator[Finding]:
    """Yield what is wrong with an event's details by themselves: their names, and the kinds of their values.

    Source: ITI 11.
    """
    checks, given = _checks(event.kind), event.details.keys()
    if not checks.known >= given or not given >= checks.required:
        yield from _misnamed(event)
    for name, value in event.details.items():
        check = checks.by_name.get(name)
        if check is not None and (misfit := check(value)) is not None:
            facts: dict[str, Plain] = {"kind": event.kind.value, "field": name, "expected": misfit.expected}
            facts |= {"part": misfit.path} if misfit.path else {}
            yield Finding("recordkeeping.detail_unfit", event_kinds()[event.kind].source, facts)


class _Checks(NamedTuple):
    required: frozenset[str]
    known: frozenset[str]
    by_name: Mapping[str, Check]


@cache
def _checks(kind: EventKind) -> _Checks:
    terms, known = event_kinds()[kind], detail_checks()
    names = terms.requires | terms.may
    return _Checks(terms.requires, names, {name: known[name] for name in names if name in known})


def _misnamed(event: Event) -> Iterator[Finding]:
    terms, given = event_kinds()[event.kind], event.details.keys()
    for code, names in (
        ("recordkeeping.detail_missing", terms.requires - given),
        ("recordkeeping.detail_unknown", given - terms.requires - terms.may),
    ):
        for name in sorted(names):
            yield Finding(code, terms.source, {"kind": event.kind.value, "field": name})


@cache
def detail_checks() -> Mapping[str, Check]:
    """Return by a detail's name what tells a value that it may hold from one it may not, as `details.toml` says."""
    read = tomllib.loads((files("tracemark.recordkeeping") / "details.toml").read_text("utf-8"))
    checks = dict(_PLAIN)
    for name, inner in read["shapes"].items():
        needs = frozenset(inner.pop("needs", ()))
        checks[name] = _shape(name, {each: checks[kind] for each, kind in inner.items()}, needs)
    return {name: _listed(checks[kind[0]]) if isinstance(kind, list) else checks[kind]
            for name, kind in read["details"].items()}  # fmt: skip


def _text(value: object) -> Misfit | None:
    return None if type(value) is str and (value.isascii() or _encodable(value)) and "\0" not in value else _NO_TEXT


_NO_TEXT = Misfit("", "text")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(expected: str, fits: Callable[[Any], bool]) -> Check:
    misfit = Misfit("", expected)
    return lambda value: None if fits(value) else misfit


def _word(kinds: type[StrEnum]) -> Check:
    words = frozenset(each.value for each in kinds)
    misfit = Misfit("", ", ".join(each.value for each in kinds))
    return lambda value: None if type(value) is str and value in words else misfit


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_day(value: object) -> bool:
    try:
        return type(value) is str and bool(PartialDate.parse(value))
    except ValueError:
        return False


def _is_measure(value: object) -> bool:
    try:
        return type(value) is str and _MEASURE.fullmatch(value) is not None and Decimal(value).is_finite()
    except InvalidOperation:
        return False


_MEASURE = re.compile(r"[0-9.Ee+-]{1,40}")


def _all_of(fits: Check) -> Callable[[Any], bool]:
    return lambda value: (
        type(value) is dict
        and all(_text(name) is None and name.isascii() and fits(each) is None for name, each in value.items())
    )


def _shape(expected: str, inner: Mapping[str, Check], needs: frozenset[str]) -> Check:
    """Return the check of a group of named values, none of which is unknown and of which `needs` are there."""
    other = Misfit("", expected)

    def check(value: object) -> Misfit | None:
        if type(value) is not dict:
            return other
        for name, each in value.items():
            known = inner.get(name)
            if known is None:
                return Misfit(str(name), "nothing")
            if (misfit := known(each)) is not None:
                return Misfit(name, misfit.expected)
        if not value.keys() >= needs:
            missing = min(needs - value.keys())
            return Misfit(missing, _expected(inner[missing]))
        return None

    return check


def _listed(check: Check) -> Check:
    """Return the check of a list, each member of which fits."""

    def each_of(value: object) -> Misfit | None:
        if type(value) is not list and type(value) is not tuple:
            return Misfit("", "list")
        for place, each in enumerate(value, 1):
            if (misfit := check(each)) is not None:
                return Misfit(f"{place}.{misfit.path}" if misfit.path else str(place), misfit.expected)
        return None

    return each_of


def _expected(check: Check) -> str:
    misfit = check(None)
    return misfit.expected if misfit else ""


_TRUTH = _plain("truth", lambda value: type(value) is bool)
_PLAIN: Mapping[str, Check] = {
    "text": _text,
    "number": _plain("number", _is_number),
    "percent": _plain("percent", lambda value: _is_number(value) and value <= 100),  # noqa: PLR2004 - a whole
    "year": _plain("year", lambda value: type(value) is int and value in _YEARS),
    "day": _plain("day", _is_day),
    "measure": _plain("measure", _is_measure),
    "truth": _TRUTH,
    "texts": _plain("texts", _all_of(_text)),
    "truths": _plain("truths", _all_of(_TRUTH)),
    "record": lambda _: None,
    "part": _word(Part),
    "material": _word(Material),
    "origin": _word(Origin),
    "mark_kind": _word(MarkKind),
    "mark_method": _word(Method),
    "surface": _word(Surface),
    "breach": _word(Breach),
    "taken_from": _word(TakenFrom),
}
