import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from tracemark.intake.cells import Cells, group_readers
from tracemark.intake.descriptions import Note
from tracemark.intake.names import Names
from tracemark.intake.profiles import ENUMERATIONS
from tracemark.intake.sources import Mapped
from tracemark.kernel import Plain

_TRUTH = {"true": True, "yes": True, "1": True, "y": True, "false": False, "no": False, "0": False, "n": False}
_REMEMBERED = 65_536


class PartReader:
    """Reads one mark or one component of a row into the form the record keeps.

    What is a number, a State or a word of a closed list is converted once for each text; texts pass as they are.
    """

    def __init__(self, group: str, mapped: Mapped, places: Mapping[str, int], names: Names) -> None:
        self._group, self._names = group, names
        self._columns = {name: (source.columns or (name,))[0] for name, source in mapped.items()}
        self._when = next((reader for name, reader in group_readers(mapped, places)[1] if name == "when"), None)
        constants, readers = group_readers({n: s for n, s in mapped.items() if n != "when"}, places)
        self._converted: dict[tuple[str, str], tuple[Plain, Note | None]] = {}
        self._constants = {name: self._convert(name, text)[0] for name, text in constants.items()}
        self._texts = [(name, reader) for name, reader in readers if not self._is_converted(name)]
        self._others = [(name, reader) for name, reader in readers if self._is_converted(name)]
        self._conditional = "when" in mapped

    def read(self, cells: Cells, notes: list[Note]) -> dict[str, Plain]:
        """Return what the cells say of the part; what is wrong is added to `notes`. Rows may share it."""
        if not self._texts and not self._others:
            return self._constants
        found = dict(self._constants)
        for name, reader in self._texts:
            if text := reader(cells):
                found[name] = text
        for name, reader in self._others:
            if text := reader(cells):
                value, note = self._convert(name, text)
                if note:
                    notes.append(note)
                if value is not None:
                    found[name] = value
        return found

    def is_there(self, cells: Cells) -> bool:
        """Whether the row has the part at all, where the profile says on which column that hangs."""
        return not self._conditional or bool(self._when and self._when(cells))

    def column(self, name: str) -> str:
        """Return the column a field comes from, for messages."""
        return self._columns.get(name, name)

    def _is_converted(self, name: str) -> bool:
        return name in _NUMBERS or name in _TRUTHS or name == "state" or f"{self._group}.{name}" in ENUMERATIONS

    def _convert(self, name: str, text: str) -> tuple[Plain, Note | None]:
        known = self._converted.get((name, text))
        if known is None:
            if len(self._converted) >= _REMEMBERED:
                self._converted.clear()
            known = self._converted[name, text] = self._fresh(name, text)
        return known

    def _fresh(self, name: str, text: str) -> tuple[Plain, Note | None]:
        column = self._columns[name]
        if name in _NUMBERS:
            value = _number(name, text)
            return value, None if value is not None else ("intake.number_unread", column, text, "")
        if name == "state":
            named = self._names.named("country", text)
            return named.code or None, None if named.code else (
                "intake.country_unknown",
                column,
                text,
                named.suggestion,
            )
        if name in _TRUTHS:
            truth = _TRUTH.get(text.casefold())
            return truth, None if truth is not None else ("intake.value_unknown", column, text, "true or false")
        allowed = ENUMERATIONS.get(f"{self._group}.{name}")
        if allowed is None:
            return text, None
        word = text.casefold().replace(" ", "_").replace("-", "_")
        if word in allowed:
            return word, None
        nearest = get_close_matches(word, sorted(allowed), 1)
        return None, ("intake.value_unknown", column, text, nearest[0] if nearest else "")


_NUMBERS = frozenset({"year", "depth_mm", "height_mm"})
_TRUTHS = frozenset({"control", "metal_plate"})


def _number(name: str, text: str) -> Plain:
    """Return a whole year, or a measure as decimal text; None where the text is neither."""
    if name == "year":
        return int(text) if re.fullmatch(r"1[5-9]\d\d|20\d\d", text) else None
    try:
        measure = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return str(measure) if measure.is_finite() and measure >= 0 else None
