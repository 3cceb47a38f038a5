import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NoReturn, TypeVar

from tracemark.kernel import Citation, cite
from tracemark.marking.circumstances import IDENTIFYING, SAYABLE, Circumstance
from tracemark.marking.marks import MarkKind, Method
from tracemark.marking.profiles.requirements import MM_PER_INCH, Criterion, Profile, Requirement
from tracemark.marking.rules import Grade
from tracemark.marking.scripts import Script
from tracemark.weapons import Part

_Word = TypeVar("_Word", bound=StrEnum)

CONFIDENCES = ("read", "paraphrased in a source", "from memory")
"""How sure we are of a requirement, in the words of `tracemark.instruments`."""

_MM = {"mm": Decimal(1), "inch": MM_PER_INCH}
_SIZES = frozenset({Criterion.MIN_HEIGHT_MM, Criterion.MIN_DEPTH_MM})
_KNOWN_VALUES: Mapping[Criterion, Sequence[str]] = {
    Criterion.SCRIPTS: tuple(script.value for script in Script if script not in {Script.MIXED, Script.NONE}),
    Criterion.NUMERALS: ("arabic", "roman", "arabic_indic", "han"),
    Criterion.MUST_SAY: SAYABLE,
}
_FIELDS = frozenset(
    (
        *("code", "citation", "criterion", "value", "unit", "values", "circumstances", "from", "until"),
        *("marks", "saying", "parts", "except_parts", "methods", "if_described", "grade", "confidence", "note"),
    )
)


class ProfileUnreadable(ValueError):
    """A profile cannot be read; the message names the file, the requirement, the field, and what to do."""


@cache
def shipped_profiles() -> Mapping[str, Profile]:
    """The profiles that come with the project, by name: `eu`, `us`."""
    folder = files("tracemark.marking") / "profiles"
    texts = {entry.name: entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
    return {
        name.removesuffix(".toml"): profile_of(texts[name].read_text("utf-8"), name.removesuffix(".toml"))
        for name in sorted(texts)
    }


def shipped_profile(name: str) -> Profile:
    """Return a profile that comes with the project.

    Raises:
        KeyError: there is none of this name.
    """
    return shipped_profiles()[name]


def profile_of(text: str, name: str) -> Profile:
    """Read a profile from TOML. `name` is the file's, for messages and findings.

    Raises:
        ProfileUnreadable: the text is no TOML, or a field is missing, unknown or wrong.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileUnreadable(f"{name}: not TOML ({error}): mend that line") from error
    entries = data.get("requirement")
    if not isinstance(entries, list) or not entries:
        raise ProfileUnreadable(f"{name}: no requirement: write each under a line [[requirement]]")
    requirements = tuple(_Entry(name, number, entry).requirement() for number, entry in enumerate(entries, 1))
    return Profile(name, str(data.get("title", name)), str(data.get("state", "")), requirements)


class _Entry:
    """One [[requirement]] of a file, which knows where it stands when something is wrong with it."""

    def __init__(self, file: str, number: int, entry: Mapping[str, object]) -> None:
        self._file = file
        self._entry = entry
        self._where = f"requirement {number}" + (f" ({entry['code']})" if "code" in entry else "")

    def requirement(self) -> Requirement:
        for field in sorted(set(self._entry) - _FIELDS):
            self._wrong(field, f"is not known: use one of {', '.join(sorted(_FIELDS))}")
        criterion = self._word("criterion", Criterion)
        return Requirement(
            code=self._code(),
            source=self._citation(),
            criterion=criterion,
            circumstances=frozenset(self._words("circumstances", Circumstance, needed=True)),
            least_mm=self._least_mm(criterion),
            values=self._values(criterion),
            marks=self._words("marks", MarkKind) or IDENTIFYING,
            saying=self._saying(),
            parts=frozenset(self._words("parts", Part, needed=criterion is Criterion.COMPONENT)),
            except_parts=frozenset(self._words("except_parts", Part)),
            methods=frozenset(self._words("methods", Method)),
            if_described=self._truth("if_described"),
            first_on=self._day("from"),
            last_on=self._day("until"),
            grade=self._word("grade", Grade) if "grade" in self._entry else Grade.REQUIRED,
            confidence=self._confidence(),
            note=self._text("note"),
        )

    def _code(self) -> str:
        code = self._text("code", needed=True)
        if not code.startswith("marking."):
            self._wrong("code", f"{code!r} has no room: begin it with marking.")
        return code

    def _citation(self) -> Citation:
        text = self._text("citation", needed=True)
        try:
            return cite(text)
        except ValueError:
            self._wrong("citation", f"{text!r} names no paragraph: write it like XT/ARMS-ACT 12(3)")

    def _least_mm(self, criterion: Criterion) -> Decimal | None:
        if criterion not in _SIZES:
            self._refuse("value", criterion)
            return None
        text, unit = self._text("value", needed=True), self._text("unit") or "mm"
        if unit not in _MM:
            self._wrong("unit", f"{unit!r} is not known: use mm or inch")
        try:
            value = Decimal(text)
        except InvalidOperation:
            self._wrong("value", f'{text!r} is no decimal number: write it like "0.0762"')
        if not (value.is_finite() and value > 0):
            self._wrong("value", f"{text!r} is no measure: write a number above zero")
        return value * _MM[unit]

    def _values(self, criterion: Criterion) -> tuple[str, ...]:
        known = _KNOWN_VALUES.get(criterion)
        if known is None:
            self._refuse("values", criterion)
            return ()
        values = self._list("values", needed=True)
        for value in values:
            if value not in known:
                self._wrong("values", f"{value!r} is not known: use one of {', '.join(known)}")
        return values

    def _saying(self) -> str:
        saying = self._text("saying")
        if saying and saying not in SAYABLE:
            self._wrong("saying", f"{saying!r} is not known: use one of {', '.join(SAYABLE)}")
        return saying

    def _confidence(self) -> str:
        confidence = self._text("confidence", needed=True)
        if confidence not in CONFIDENCES:
            self._wrong("confidence", f"{confidence!r} is not known: use one of {', '.join(CONFIDENCES)}")
        return confidence

    def _day(self, field: str) -> date | None:
        day = self._entry.get(field)
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            self._wrong(field, f"{day!r} is no date: write it like 2025-07-23, without quotation marks")
        return day

    def _truth(self, field: str) -> bool:
        value = self._entry.get(field, False)
        if not isinstance(value, bool):
            self._wrong(field, f"{value!r} is neither: write true or false")
        return value

    def _word(self, field: str, kind: type[_Word]) -> _Word:
        return self._one(field, self._text(field, needed=True), kind)

    def _words(self, field: str, kind: type[_Word], *, needed: bool = False) -> tuple[_Word, ...]:
        return tuple(self._one(field, word, kind) for word in self._list(field, needed=needed))

    def _one(self, field: str, word: str, kind: Callable[[str], _Word]) -> _Word:
        try:
            return kind(word)
        except ValueError:
            known = ", ".join(each.value for each in kind)  # type: ignore[attr-defined]
            self._wrong(field, f"{word!r} is not known: use one of {known}")

    def _list(self, field: str, *, needed: bool = False) -> tuple[str, ...]:
        value = self._entry.get(field, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._wrong(field, 'is no list of words: write it like ["first", "second"]')
        if needed and not value:
            self._wrong(field, "is missing: name at least one")
        return tuple(value)

    def _text(self, field: str, *, needed: bool = False) -> str:
        value = self._entry.get(field, "")
        if not isinstance(value, str):
            self._wrong(field, f"{value!r} is no text: write it in quotation marks")
        if needed and not value:
            self._wrong(field, "is missing: add it")
        return value

    def _refuse(self, field: str, criterion: Criterion) -> None:
        if field in self._entry:
            self._wrong(field, f"has no meaning for the criterion {criterion.value}: leave it out")

    def _wrong(self, field: str, what: str) -> NoReturn:
        raise ProfileUnreadable(f"{self._file}: {self._where}, field {field}: {what}")
