from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from tracemark.authorities import Agency
from tracemark.intake.cells import Cells, cell_reader, group_readers
from tracemark.intake.descriptions import Note
from tracemark.intake.sources import HolderKind, HolderSource
from tracemark.kernel import Plain, folded_word
from tracemark.recordkeeping import (
    PRIVATE,
    Person,
    draw_person,
    is_known_holder,
    organisation_holder,
    person_commitment,
)

_REMEMBERED = 65_536
_NEAREST = 3
"""How many agencies are named to who named none."""


class ListedAgencies:
    """The agencies of this node, to be found by code or by name; a name that two bear finds neither.

    A name is the same without its accents and in capitals. `own` is the code of the agency that brings the file, which
    may be on no list yet.
    """

    def __init__(self, agencies: Iterable[Agency] = (), own: str = "") -> None:
        self.codes: dict[str, str] = {}
        self._own = own
        self._named: dict[str, set[str]] = {}
        for each in agencies:
            self.codes[each.code] = each.code
            self._named.setdefault(folded_word(each.name), set()).add(each.code)
        self._known = {name: min(codes) for name, codes in self._named.items() if len(codes) == 1}
        self._known |= {folded_word(code): code for code in self.codes}
        self._found: dict[str, str] = {}

    def code(self, text: str) -> str:
        """Return the code of the agency that a text names, or of a unit of one (`CODE/...`); "" for none."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._known.get(folded_word(text), "")
            found = self._found[text] = found or (text if text.partition("/")[0] in self.codes else "")
        return found

    def authority(self, text: str) -> str:
        """Return the code of the agency that acted, as `code` finds it, or the own one; "" where none is meant."""
        return self.code(text) or (self._own if text == self._own else "")

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return the codes of the agencies whose name or code is nearest to a text, or that bear it alike."""
        folded = folded_word(text)
        several = self._named.get(folded, ())
        known = self._known | {name: min(codes) for name, codes in self._named.items()}
        near = (known[name] for name in get_close_matches(folded, known, _NEAREST))
        return tuple(sorted(several)) or tuple(dict.fromkeys(near))


class RowPersons:
    """The persons one row names, each kept once under a fresh commitment, and what its holder columns came to."""

    def __init__(self) -> None:
        self._drawn: dict[str, Person] = {}
        self.told: dict[str, str] = {}

    def holder(self, name: str, about: Mapping[str, str]) -> str:
        """Return the text that stands for a person; the same name in one row is the same person."""
        known = name or " ".join(about.values())
        person = self._drawn.get(known)
        if person is None:
            data: dict[str, Plain] = {"name": name, **about} if name else dict(about)
            person = self._drawn[known] = draw_person(data)
        return person.holder

    @property
    def drawn(self) -> tuple[Person, ...]:
        """Every person, in the order in which the row names them."""
        return tuple(self._drawn.values())


class HolderReader:
    """Reads one holder of rows into the text that the record may keep.

    A listed agency by its code, another organisation named as such, a person by commitment. Who is not declared to be
    an agency or an organisation is taken for a person, unless the cell is just a listed agency's code.
    """

    def __init__(self, field: str, source: HolderSource, places: Mapping[str, int], listed: ListedAgencies) -> None:
        self._column = (source.source.columns or (field,))[0]
        self._kind_column = (source.kind.columns or ("names",))[0]
        self._text, self._kind = cell_reader(source.source, places), cell_reader(source.kind, places)
        constants, self._about = group_readers(source.person, places)
        self._constants = dict(constants)
        self._listed = listed
        self._personal = source.may_name_persons

    def read(self, cells: Cells, notes: list[Note], persons: RowPersons) -> str:
        """Return the holder, "" where the row names none; whom the record may not name stands as `private`."""
        found = self._read(cells, notes, persons)
        if self._personal and found:
            persons.told[self._column] = found
        return found

    def _read(self, cells: Cells, notes: list[Note], persons: RowPersons) -> str:
        text, kind = self._text(cells), self._kind(cells).casefold()
        if text.casefold() == PRIVATE or person_commitment(text):
            return text if person_commitment(text) else PRIVATE
        if kind == HolderKind.ORGANISATION:
            return self._organisation(text, notes)
        if kind == HolderKind.AGENCY:
            return self._agency(text, notes)
        if text in self._listed.codes:
            return text
        if kind and kind != HolderKind.PERSON:
            notes.append(("intake.holder_kind_unknown", self._kind_column, kind, ", ".join(HolderKind)))
        about = self._constants | {name: said for name, reader in self._about if (said := reader(cells))}
        return persons.holder(text, about) if text or about else ""

    def _agency(self, text: str, notes: list[Note]) -> str:
        code = self._listed.code(text)
        if text and not code:
            # What stands there may be a person's name after all, so it is not repeated.
            notes.append(("intake.agency_unknown", self._column, "", ""))
        return code or (PRIVATE if text else "")

    def _organisation(self, text: str, notes: list[Note]) -> str:
        found = text and (self._listed.code(text) or organisation_holder(text))
        if not found or is_known_holder(found, self._listed.codes):
            return found
        notes.append(("intake.organisation_unread", self._column, "", ""))
        return PRIVATE
