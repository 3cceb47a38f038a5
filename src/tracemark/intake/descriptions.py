from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracemark.intake.cells import Cells, cell_reader
from tracemark.intake.dates import FIRST_YEAR
from tracemark.intake.grades import Lack, Shortcoming
from tracemark.intake.names import Names
from tracemark.intake.profiles import WEAPON_FIELDS
from tracemark.intake.sources import Mapped
from tracemark.kernel import Plain
from tracemark.weapons import Origin

Note = tuple[str, str, str, str]
"""A finding without its row: code, field of the file, value, suggestion."""

_RESOLVED = ("kind", "maker", "model", "calibre", "country")
_REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class Described:
    """What a row says the weapon is, in the record's form, with what is wrong with it."""

    plain: Mapping[str, Plain]
    notes: tuple[Note, ...]
    shortcomings: frozenset[Shortcoming]


class DescriptionReader:
    """Reads what the weapon is. Rows that say the same share one description, which is worked out once."""

    def __init__(self, weapon: Mapped, places: Mapping[str, int], names: Names, today: date) -> None:
        self._readers = [(name, cell_reader(weapon[name], places)) for name in WEAPON_FIELDS if name in weapon]
        self._fields = {name: (source.columns or (name,))[0] for name, source in weapon.items()}
        self._names = names
        self._last_year = today.year + 1
        self._known: dict[tuple[str, ...], Described] = {}

    def read(self, cells: Cells) -> Described:
        """Return what the row's cells say of the weapon."""
        said = tuple([reader(cells) for _, reader in self._readers])
        known = self._known.get(said)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[said] = self._described(
                {name: text for (name, _), text in zip(self._readers, said, strict=True)}
            )
        return known

    def _described(self, said: Mapping[str, str]) -> Described:
        plain: dict[str, Plain] = {}
        as_written: dict[str, Plain] = {}
        notes: list[Note] = []
        lacks: set[Shortcoming] = set()
        for name in _RESOLVED:
            text = said.get(name, "")
            if not text:
                lacks.add((name, Lack.MISSING))
                continue
            named = self._names.named(name, text, maker=str(plain.get("maker", "")))
            if named.code:
                plain[name] = named.code
            else:
                as_written[name] = text
                lacks.add((name, Lack.UNRESOLVED))
                code = "intake.name_uncertain" if named.uncertain else f"intake.{name}_unknown"
                notes.append((code, self._fields[name], text, named.suggestion))
        self._year(said.get("year", ""), plain, as_written, notes, lacks)
        self._origin(said, plain, as_written, notes)
        if as_written:
            plain["as_written"] = as_written
        return Described(plain, tuple(notes), frozenset(lacks))

    def _year(
        self,
        text: str,
        plain: dict[str, Plain],
        as_written: dict[str, Plain],
        notes: list[Note],
        lacks: set[Shortcoming],
    ) -> None:
        if not text:
            lacks.add(("year", Lack.MISSING))
        elif not text.removesuffix(".0").isdecimal():
            notes.append(("intake.year_unread", self._fields["year"], text, ""))
        elif not FIRST_YEAR <= int(text.removesuffix(".0")) <= self._last_year:
            notes.append(("intake.year_impossible", self._fields["year"], text, ""))
        else:
            plain["year"] = int(text.removesuffix(".0"))
        if text and "year" not in plain:
            as_written["year"] = text
            lacks.add(("year", Lack.DOUBTFUL))

    def _origin(
        self, said: Mapping[str, str], plain: dict[str, Plain], as_written: dict[str, Plain], notes: list[Note]
    ) -> None:
        origin = said.get("origin", "").casefold().replace(" ", "_").replace("-", "_")
        if origin in set(Origin):
            if origin != Origin.UNKNOWN:
                plain["origin"] = origin
        elif origin:
            as_written["origin"] = said["origin"]
            notes.append(("intake.value_unknown", self._fields["origin"], said["origin"], ""))
        if said.get("unmarked_because"):
            plain["unmarked_because"] = said["unmarked_because"]
