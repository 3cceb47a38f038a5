import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracemark.intake.cells import Cells
from tracemark.intake.descriptions import Note
from tracemark.intake.drafts import DraftEvent
from tracemark.intake.holders import HolderReader, ListedAgencies, RowPersons
from tracemark.intake.profiles import MARK_FIELDS
from tracemark.intake.sources import CellSource, HolderKind, HolderSource
from tracemark.kernel import PartialDate, Plain
from tracemark.marking import Mark
from tracemark.recordkeeping import HOLDER_DETAILS, PRIVATE, EventKind, event_kinds, person_commitment

_FROM_ROW = frozenset({"weapon", "marks", "components"})
_URIS = ("urn:", "https://", "http://")
_ORGANISATION = "organisation:"


class LifeReader:
    """Reads the whole life of a thing from one cell: a JSON list of events, as readers of event documents lay it out.

    Each event has `kind`, `happened`, `details`, `document` and `step`; `kind` is "" where its `step` means nothing in
    a weapon's life. A party under a URI is an organisation; any other is a person unless it is a listed agency's code,
    and a commitment of another register opens nothing here, so that it is `private`.
    """

    def __init__(self, column: str, places: Mapping[str, int], listed: ListedAgencies, today: date) -> None:
        self._column, self._place, self._today = column, places.get(column), PartialDate.of(today)
        self._readers = {
            kind: HolderReader(
                column, HolderSource(_CELL, CellSource(constant=kind), {}, declared=True), {"": 0}, listed
            )
            for kind in (HolderKind.ORGANISATION, HolderKind.PERSON)
        }

    def read(self, cells: Cells, notes: list[Note], persons: RowPersons) -> list[DraftEvent]:
        """Return the events that mean something, in the order of the cell; what is wrong is added to `notes`."""
        found = []
        for number, told in enumerate(self._listed(cells, notes), 1):
            if told["kind"] not in _PLAIN_KINDS:
                notes.append(("intake.event_meaningless", self._column, str(told["step"]), ""))
                continue
            event = self._event(told, notes, persons)
            said = {"": str(event.happened), **{f" {name}": str(value) for name, value in event.details.items()}}
            persons.told |= {f"{number}. {event.kind.value}{name}": text for name, text in said.items()}
            found.append(event)
        return found

    def _listed(self, cells: Cells, notes: list[Note]) -> list[Mapping[str, Any]]:
        if self._place is None or not cells[self._place]:
            return []
        try:
            listed = json.loads(cells[self._place])
            for each in listed:
                PartialDate.parse(each["happened"])
                _ = each["kind"], each["step"], each["document"], each["details"].items()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            notes.append(("intake.event_meaningless", self._column, "…", ""))
            return []
        return list(listed)

    def _event(self, told: Mapping[str, Any], notes: list[Note], persons: RowPersons) -> DraftEvent:
        kind, happened = EventKind(told["kind"]), PartialDate.parse(told["happened"])
        if happened > self._today:
            notes.append(("intake.date_future", self._column, str(happened), ""))
        terms, details = event_kinds()[kind], dict[str, Plain]()
        for name in sorted((terms.requires | terms.may) - _FROM_ROW):
            value = told["details"].get(name, "")
            if value and name in HOLDER_DETAILS:
                value = self._holder(str(value), notes, persons)
            if value != "":
                details[name] = value
            elif name in terms.requires:
                notes.append(("intake.detail_empty", f"{self._column}.{name}", "", kind.value))
        if "marks" in terms.requires:
            details["marks"] = self._marks(told["details"].get("marks"), notes)
        return DraftEvent(kind, happened, details, document=str(told["document"]))

    def _marks(self, told: object, notes: list[Note]) -> list[Plain]:
        """Return the marks an event made, as far as they are in the record's form; others' identities are left out."""
        listed = told if isinstance(told, list) else []
        found: list[Plain] = []
        for each in listed:
            known = {name: each[name] for name in MARK_FIELDS if name in each} if isinstance(each, Mapping) else {}
            try:
                Mark.of_plain(known)
            except (ValueError, TypeError, KeyError, ArithmeticError):
                known = {}
            found += [known] if known else []
        if not found or len(found) < len(listed):
            notes.append(("intake.detail_empty", f"{self._column}.marks", "", EventKind.MARKED.value))
        return found

    def _holder(self, text: str, notes: list[Note], persons: RowPersons) -> str:
        if person_commitment(text):
            return PRIVATE
        named = text.startswith((*_URIS, _ORGANISATION))
        reader = self._readers[HolderKind.ORGANISATION if named else HolderKind.PERSON]
        found = reader.read((text.removeprefix(_ORGANISATION),), notes, persons)
        persons.told.pop("", None)
        return found


_CELL = CellSource(("",))
_PLAIN_KINDS: Sequence[str] = [
    kind.value for kind, terms in event_kinds().items() if not (terms.own_action or terms.concerns_no_weapon)
]


def life_permissions() -> frozenset[str]:
    """Return the permissions that writing any kind of event of a life asks for."""
    return frozenset(event_kinds()[EventKind(kind)].permission for kind in _PLAIN_KINDS)
