import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from tracemark.kernel import Finding, PartialDate
from tracemark.weapons import WeaponId, weapon_text
from tracemark.wording.filling import fill
from tracemark.wording.languages import language

Entry = str | dict[str, str]


class UnknownSentence(KeyError):
    """No language has a sentence of this code."""


def sentence(code: str, facts: Mapping[str, object] | None = None, *, to: str = "en") -> str:
    """Say the sentence of a code in a language, with its facts filled in.

    A fact called `count` chooses the plural form. `{parts:weapons.part}` says each part by its own sentence,
    `weapons.part_barrel`; `{weapon:identity}` names a weapon, `{event:digits}` writes a number without grouping,
    `{on:day}` a date as the language does, and `{row:place}` where in a file something stands: `2` or `activity 3`.
    English serves where the language has no such sentence yet.

    Raises:
        UnknownSentence: English has none either.
    """
    chosen = language(to).code
    entry = _catalogue(chosen).get(code) or _catalogue("en").get(code)
    if entry is None:
        raise UnknownSentence(code)
    given = facts or {}
    if isinstance(entry, dict):
        form = _locale(chosen).plural_form(abs(int(str(given.get("count", 0)))))
        entry = entry.get(form) or entry["other"]
    if "{" not in entry:
        return entry
    return fill(entry, given, lambda value, way: _said(value, way, chosen))


def finding_text(finding: Finding, *, to: str = "en") -> str:
    """Say what falls short and which paragraph asks it.

    A rule that a State added itself has no sentence here: its criterion's serves, or its code and facts are shown.
    """
    return f"{finding_sentence(finding, to=to)} ({isolated(str(finding.source), to=to)})"


def finding_sentence(finding: Finding, *, to: str = "en") -> str:
    """Say what falls short, as `finding_text` does, without the paragraph."""
    for code in (finding.code, f"marking.criterion_{finding.facts.get('criterion')}"):
        if has_sentence(code):
            return sentence(code, finding.facts, to=to)
    told = ", ".join(f"{name}: {value}" for name, value in finding.facts.items())
    return sentence("wording.own_rule", {"code": finding.code, "facts": told}, to=to)


def holder_text(holder: str, names: Mapping[str, str] | None = None, *, to: str = "en") -> str:
    """Name a holder: an agency by its name, where `names` by code tell it, and its code; a private person unnamed.

    An organisation is named as it is. A unit of an agency (`CODE/unit`) is named by the agency, before its own code.
    """
    if not holder.startswith(_PERSON):
        holder = holder.removeprefix(_ORGANISATION)
        name = (names or {}).get(holder.partition("/")[0], "")
        return isolated(f"{name} ({holder})" if name else holder, to=to)
    return sentence("recordkeeping.private_person", {"short": holder[len(_PERSON) :][:8]}, to=to)


def isolated(text: str, *, to: str = "en") -> str:
    """Let foreign words, marks and numbers keep their own direction inside a sentence that runs from right to left."""
    if not text or not language(to).right_to_left:
        return text
    return f"{_FROM_LEFT if _DATED.fullmatch(text) else _ISOLATE}{text}{_END}"


def has_sentence(code: str, *, to: str = "en") -> bool:
    """Whether the language itself has the sentence, without help from English."""
    return code in _catalogue(language(to).code)


def sentence_codes(to: str = "en") -> Iterator[tuple[str, Entry]]:
    """Yield every code of a language with its sentence, or its sentences by plural form."""
    yield from _catalogue(language(to).code).items()


def number_text(number: int | Decimal, *, to: str = "en") -> str:
    """Write a number as the language groups its digits."""
    return format_decimal(number, locale=_locale(language(to).code))


def date_text(when: PartialDate | date, *, to: str = "en") -> str:
    """Write a date as the language does, to the part that is known."""
    chosen = language(to).code
    known = PartialDate.of(when) if isinstance(when, date) else when
    pattern = _DATES.get(chosen, _DATE)[bool(known.month) + bool(known.day)]
    return format_date(known.first, pattern, locale=_locale(chosen))


def _said(value: object, way: str, to: str) -> str:
    if isinstance(value, list | tuple):
        return sentence("wording.list_comma", to=to).join(_said(each, way, to) for each in value)
    if isinstance(value, int) and not isinstance(value, bool) and way in _NUMBERS:
        return _NUMBERS[way](value, to)
    if way in _WAYS and (said := _WAYS[way](str(value), to)):
        return said
    code = f"{way}_{value}"
    if way and (has_sentence(code, to=to) or has_sentence(code)):
        return sentence(code, to=to)
    return isolated(str(value), to=to)


def _weapon_named(value: str, _to: str) -> str:
    """Name a weapon by its number; "" for any other text, which is then said as it is."""
    return weapon_text(WeaponId(int(value))) if value.isdecimal() else ""


def _day_text(value: str, to: str) -> str:
    """Say a date that the record writes; "" for any other text, which is then said as it is."""
    try:
        return date_text(PartialDate.parse(value), to=to)
    except ValueError:
        return ""


def _place_text(place: str, to: str) -> str:
    """Say where in a file something stands: in a row, in one of several tables of TOML, or in a part with a name."""
    table, _, number = place.rpartition(" ")
    if not number.isdecimal():
        return sentence("wording.place_part", {"part": place}, to=to)
    if not table:
        return sentence("wording.place_row", {"number": number}, to=to)
    return sentence("wording.place_table", {"table": f"[[{table}]]", "number": number}, to=to)


def _grouped(number: int, to: str) -> str:
    return number_text(number, to=to) if abs(number) >= _GROUPED else str(number)


_NUMBERS: Mapping[str, Callable[[int, str], str]] = {
    "": _grouped,
    "digits": lambda number, _: str(number),
}
_WAYS: Mapping[str, Callable[[str, str], str]] = {
    "identity": _weapon_named,
    "day": _day_text,
    "place": _place_text,
}
_DATE = ("y", "MMM y", "d MMM y")
"""How a year, a month and a day are written: day first, as no language takes it for something else."""

_DATES = {"zh-hans": ("y年", "y年M月", "y年M月d日")}
_ISOLATE, _FROM_LEFT, _END = "\u2068", "\u2066", "\u2069"
_DATED = re.compile(r"\d+([-/.:]\d+)+")
"""Digits with marks between have no direction of their own: after Arabic letters a browser would turn a date round."""

_GROUPED = 10_000
_PERSON, _ORGANISATION = "person:", "organisation:"


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code.replace("-", "_"))


@cache
def _catalogue(code: str) -> dict[str, Entry]:
    folder = files("tracemark.wording") / "locale" / code
    found: dict[str, Entry] = {}
    for text in sorted(folder.iterdir(), key=lambda each: each.name) if folder.is_dir() else ():
        if text.name.endswith(".toml"):
            found |= tomllib.loads(text.read_text("utf-8"))
    return found
