"""Reading one row of a plan that somebody wrote: each field as what it should be, and every fault with its place."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from tracemark.instruments import shipped
from tracemark.kernel import Citation, Finding, Plain, cite

Word = TypeVar("Word", bound=StrEnum)

PLANS = cite("BMS7 MEAS.2")
_LONGEST = 500


class Row:
    """A row of a file or of a body, and what is wrong with it.

    `place` names it as its writer finds it: by its number, by its table and its number in order (`activity 3`), or by a
    word for what is there once.
    """

    def __init__(self, told: Mapping[str, object], file: str, place: str, faults: list[Finding]) -> None:
        self._told, self.file, self.place, self._faults = told, file, place, faults

    def fault(self, code: str, field: str, /, **facts: Plain) -> None:
        """Note that a field of this row is not as it should be."""
        self._faults.append(Finding(code, PLANS, {"file": self.file, "row": self.place, "field": field, **facts}))

    def allow(self, names: Collection[str]) -> None:
        """Note every field that is none of these."""
        for name in self._told:
            if name not in names:
                self.fault("targets.field_unknown", name, known=", ".join(sorted(names)))

    def tells(self, field: str) -> bool:
        """Whether the row says anything in a field."""
        return self._told.get(field) not in (None, "")

    def text(self, field: str, *, needed: bool = False) -> str:
        """Return a text, "" where there is none."""
        value = self._told.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value in (None, ""):
            if needed:
                self.fault("targets.field_missing", field)
            return ""
        if not isinstance(value, str) or len(value) > _LONGEST or "\0" in value:
            self._unfit(field, value, "abc")
            return ""
        return value.strip()

    def day(self, field: str) -> date:
        """Return a day; today is never meant, so what is missing is a fault."""
        value = self._told.get(field)
        if type(value) is date:
            return value
        if text := self.text(field, needed=True):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._unfit(field, text, "2026-05-31")
        return date.min

    def amount(self, field: str) -> Decimal | None:
        """Return an amount of at least zero, None where there is none."""
        value = self._told.get(field)
        if value in (None, ""):
            return None
        found = number_of(value)
        if found is None or found < 0:
            self._unfit(field, value, "1200.50")
            return None
        return found

    def flag(self, field: str) -> bool:
        """Return whether something is so; false where nothing is said."""
        value = self._told.get(field, False)
        if not isinstance(value, bool):
            self._unfit(field, value, "true")
        return value is True

    def word(self, field: str, words: type[Word], default: Word | None = None) -> Word | None:
        """Return one of some words, or the default where there is none."""
        text = self.text(field, needed=default is None)
        if text and text not in {each.value for each in words}:
            self._unfit(field, text, ", ".join(each.value for each in words))
            return default
        return words(text) if text else default

    def words(self, field: str) -> tuple[str, ...]:
        """Return a list of texts; in a table they stand in one cell, with semicolons between."""
        value = self._told.get(field)
        if isinstance(value, str):
            value = value.split(";")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str | int) for each in value):
            self._unfit(field, value, '["a", "b"]')
            return ()
        return tuple(text for each in value if (text := str(each).strip()))

    def citations(self, field: str) -> tuple[Citation, ...]:
        """Return paragraphs that the library of instruments holds."""
        return tuple(found for text in self.words(field) if (found := self._citation(field, text)) is not None)

    def _citation(self, field: str, text: str) -> Citation | None:
        found = held_citation(text)
        if found is None:
            self.fault("targets.field_citation", field, value=text)
        return found

    def _unfit(self, field: str, value: object, like: str) -> None:
        self.fault("targets.field_unfit", field, value=str(value)[:60], like=like)


def held_citation(text: str) -> Citation | None:
    """Return a paragraph that the library of instruments holds, None where a text names none."""
    try:
        found = cite(text)
    except ValueError:
        return None
    return found if found in shipped().versions else None


def number_of(value: object) -> Decimal | None:
    """Return a finite number that a text or a number says, None where it says none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < _LARGEST else None


_LARGEST = Decimal(10) ** 18
