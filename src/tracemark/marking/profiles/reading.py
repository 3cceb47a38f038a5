from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NoReturn, TypeVar

from tracemark.kernel import Citation, Finding, NotToml, Plain, Refused, cite, toml_tables
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


class ProfileUnreadable(Refused):
    """A profile cannot be read; the finding names the file, the requirement, the field, and what to do."""


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
        data = toml_tables(text)
    except NotToml as error:
        raise _unreadable("marking.profile_not_toml", {"file": name, **error.facts}) from error
    entries = data.get("requirement")
    if not isinstance(entries, list) or not entries:
        raise _unreadable("marking.profile_no_requirement", {"file": name})
    requirements = tuple(_Entry(name, number, entry).requirement() for number, entry in enumerate(entries, 1))
    return Profile(name, str(data.get("title", name)), str(data.get("state", "")), requirements)


class _Entry:
    """One [[requirement]] of a file, which knows where it stands when something is wrong with it."""

    def __init__(self, file: str, number: int, entry: Mapping[str, object]) -> None:
        self._file = file
        self._entry = entry
        self._where = f"{number}" + (f" ({entry['code']})" if "code" in entry else "")

    def requirement(self) -> Requirement:
        for field in sorted(set(self._entry) - _FIELDS):
            self._wrong("marking.profile_field_unknown", field, known=sorted(_FIELDS))
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
            self._unfit("code", code, '"marking.xt_depth"')
        return code

    def _citation(self) -> Citation:
        text = self._text("citation", needed=True)
        try:
            return cite(text)
        except ValueError:
            self._unfit("citation", text, '"XT/ARMS-ACT 12(3)"')

    def _least_mm(self, criterion: Criterion) -> Decimal | None:
        if criterion not in _SIZES:
            self._refuse("value", criterion)
            return None
        text, unit = self._text("value", needed=True), self._text("unit") or "mm"
        if unit not in _MM:
            self._strange("unit", unit, _MM)
        try:
            value = Decimal(text)
        except InvalidOperation:
            self._unfit("value", text, '"0.0762"')
        if not (value.is_finite() and value > 0):
            self._unfit("value", text, '"0.0762"')
        return value * _MM[unit]

    def _values(self, criterion: Criterion) -> tuple[str, ...]:
        known = _KNOWN_VALUES.get(criterion)
        if known is None:
            self._refuse("values", criterion)
            return ()
        values = self._list("values", needed=True)
        for value in values:
            if value not in known:
                self._strange("values", value, known)
        return values

    def _saying(self) -> str:
        saying = self._text("saying")
        if saying and saying not in SAYABLE:
            self._strange("saying", saying, SAYABLE)
        return saying

    def _confidence(self) -> str:
        confidence = self._text("confidence", needed=True)
        if confidence not in CONFIDENCES:
            self._strange("confidence", confidence, CONFIDENCES)
        return confidence

    def _day(self, field: str) -> date | None:
        day = self._entry.get(field)
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            self._unfit(field, day, "2025-07-23")
        return day

    def _truth(self, field: str) -> bool:
        value = self._entry.get(field, False)
        if not isinstance(value, bool):
            self._unfit(field, value, "true")
        return value

    def _word(self, field: str, kind: type[_Word]) -> _Word:
        return self._one(field, self._text(field, needed=True), kind)

    def _words(self, field: str, kind: type[_Word], *, needed: bool = False) -> tuple[_Word, ...]:
        return tuple(self._one(field, word, kind) for word in self._list(field, needed=needed))

    def _one(self, field: str, word: str, kind: Callable[[str], _Word]) -> _Word:
        try:
            return kind(word)
        except ValueError:
            self._strange(field, word, [each.value for each in kind])  # type: ignore[attr-defined]

    def _list(self, field: str, *, needed: bool = False) -> tuple[str, ...]:
        value = self._entry.get(field, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._unfit(field, value, '["first", "second"]')
        if needed and not value:
            self._wrong("marking.profile_field_missing", field)
        return tuple(value)

    def _text(self, field: str, *, needed: bool = False) -> str:
        value = self._entry.get(field, "")
        if not isinstance(value, str):
            self._unfit(field, value, f'"{value}"')
        if needed and not value:
            self._wrong("marking.profile_field_missing", field)
        return value

    def _refuse(self, field: str, criterion: Criterion) -> None:
        if field in self._entry:
            self._wrong("marking.profile_field_meaningless", field, criterion=criterion.value)

    def _unfit(self, field: str, value: object, example: str) -> NoReturn:
        self._wrong("marking.profile_value_unfit", field, value=str(value), example=example)

    def _strange(self, field: str, value: str, known: Iterable[str]) -> NoReturn:
        self._wrong("marking.profile_value_unknown", field, value=value, known=list(known))

    def _wrong(self, code: str, field: str, **more: Plain) -> NoReturn:
        raise _unreadable(code, {"file": self._file, "requirement": self._where, "field": field, **more})


def _unreadable(code: str, facts: Mapping[str, Plain]) -> ProfileUnreadable:
    return ProfileUnreadable([Finding(code, _CHOICE, facts)])


_CHOICE = cite("ITI 7")
"""The choice of the method of marking is a State's own."""
