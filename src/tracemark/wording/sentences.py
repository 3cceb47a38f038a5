import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from tracemark.kernel import Finding, PartialDate
from tracemark.wording.languages import language

Entry = str | dict[str, str]


class UnknownSentence(KeyError):
    """No language has a sentence of this code."""


class _Kept(Formatter):
    """Leaves a place open, in braces, where a fact is missing: a sentence must never fail the page it stands on."""

    def get_value(self, key: int | str, _: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "{" + str(key) + "}")


_FORMATTER = _Kept()


def sentence(code: str, facts: Mapping[str, object] | None = None, *, to: str = "en") -> str:
    """Say the sentence of a code in a language, with its facts filled in.

    A fact called `count` chooses the plural form. English serves where the language has no such sentence yet.

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
    return _FORMATTER.vformat(entry, (), {name: _fact(value, chosen) for name, value in given.items()})


def finding_text(finding: Finding, *, to: str = "en") -> str:
    """Say what falls short and which paragraph asks it."""
    return f"{sentence(finding.code, finding.facts, to=to)} ({finding.source})"


def holder_text(holder: str, *, to: str = "en") -> str:
    """Name a holder: an agency by its code, a private person without saying who."""
    if not holder.startswith(_PERSON):
        return holder
    return sentence("recordkeeping.private_person", {"short": holder[len(_PERSON) :][:8]}, to=to)


def has_sentence(code: str, *, to: str = "en") -> bool:
    """Whether the language itself has the sentence, without help from English."""
    return code in _catalogue(language(to).code)


def sentence_codes(to: str = "en") -> Iterator[tuple[str, Entry]]:
    """Yield every code of a language with its sentence, or its sentences by plural form."""
    yield from _catalogue(language(to).code).items()


def number_text(number: int, *, to: str = "en") -> str:
    """Write a whole number as the language groups its digits."""
    return format_decimal(number, locale=_locale(language(to).code))


def date_text(when: PartialDate | date, *, to: str = "en") -> str:
    """Write a date as the language does, to the part that is known."""
    if isinstance(when, date):
        return format_date(when, "d MMM y", locale=_locale(language(to).code))
    pattern = "d MMM y" if when.day else "MMM y" if when.month else "y"
    return format_date(when.first, pattern, locale=_locale(language(to).code))


def _fact(value: object, to: str) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
    return number_text(value, to=to) if abs(value) >= _GROUPED else str(value)


_GROUPED = 10_000
_PERSON = "person:"


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
