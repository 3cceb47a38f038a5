from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tracemark.intake.faults import Severity, severity
from tracemark.intake.grades import Grade
from tracemark.kernel import Actor, Finding, PartialDate, Plain
from tracemark.marking import Mark, look_alike_key
from tracemark.recordkeeping import Event, EventKind, Person, event_kinds
from tracemark.weapons import Description, WeaponId

_OUT_OF_ORDER = "intake.impossible_sequence"
PlainParts = tuple[Mapping[str, Plain], ...]


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """An event as a source tells it, before its weapon has an identity. `authority` is "" for the importer's own."""

    kind: EventKind
    happened: PartialDate
    details: Mapping[str, Plain]
    authority: str = ""
    document: str = ""

    def event(self, weapon: WeaponId, actor: Actor, details: Mapping[str, Plain] | None = None) -> Event:
        """Return the event of a weapon as the actor records it, with other details where they are given."""
        return Event(
            weapon,
            self.kind,
            self.happened,
            self.authority or actor.authority,
            actor.name,
            self.details if details is None else details,
            self.document,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """One weapon as a source tells it, in the plain form the record keeps, with what is wrong with it and its grade.

    `row` is the row as a spreadsheet counts, or the place of the element in a document; `key` names the row in the
    source's own words; `serials` are those of its marks, folded, each once, and `keys` their look-alike
    keys. Events are in the order they happened. `persons` are those its events name, to be kept beside the record.
    `identity` is the SHA-256 of the whole key within the profile's series, "" where the key is not whole; `cells` are
    what the row said, by column, with a person's commitment in the place of personal data.
    A draft whose findings hold an error is not imported.
    """

    row: int
    key: str
    weapon: Mapping[str, Plain]
    components: PlainParts
    marks: PlainParts
    events: tuple[DraftEvent, ...]
    findings: tuple[Finding, ...] = ()
    grade: Grade = Grade.E
    serials: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    identity: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether an error keeps the draft from being imported."""
        return bool(self.findings) and any(severity(finding) is Severity.ERROR for finding in self.findings)

    def with_findings(self, more: Iterable[Finding]) -> "Draft":
        """Return the draft with further findings."""
        return replace(self, findings=(*self.findings, *more))

    def as_continued(self) -> "Draft":
        """Return the draft as it stands where its weapon is on record: its events need not begin a life."""
        return replace(self, findings=tuple(each for each in self.findings if each.code != _OUT_OF_ORDER))

    @property
    def description(self) -> Description:
        """What the weapon is."""
        return Description.of_plain(self.weapon)

    def marks_read(self) -> list[Mark]:
        """Return the marks; what one does not say of maker, model and calibre is taken from the description."""
        return marks_of(self.weapon, self.marks)

    def life(self, weapon: WeaponId, actor: Actor) -> list[Event]:
        """Return the draft's events for a new weapon; the first of them tells what the weapon is and bears."""
        first = self.events[0]
        terms = event_kinds()[first.kind]
        told: dict[str, Plain] = dict(first.details)
        told["weapon"] = self.weapon
        if self.components:
            told["components"] = list(self.components)
        if self.marks:
            told["marks"] = list(self.marks)
        if "grade" in terms.may:
            told["grade"] = self.grade.value
        return [first.event(weapon, actor, told), *[event.event(weapon, actor) for event in self.events[1:]]]

    def plain(self) -> dict[str, Plain]:
        """Return the JSON form kept with a row set aside; findings and persons are kept beside it."""
        return {
            "row": self.row,
            "key": self.key,
            "grade": self.grade.value,
            "weapon": dict(self.weapon),
            "components": list(self.components),
            "marks": list(self.marks),
            "serials": list(self.serials),
            "events": [_event_plain(event) for event in self.events],
            "identity": self.identity,
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Draft":
        """Read the JSON form back."""
        return cls(
            row=plain["row"],
            key=plain["key"],
            weapon=plain["weapon"],
            components=tuple(plain["components"]),
            marks=tuple(plain["marks"]),
            events=tuple(_event_of(event) for event in plain["events"]),
            grade=Grade(plain["grade"]),
            serials=tuple(plain["serials"]),
            keys=look_alike_keys(plain["serials"]),
            identity=plain.get("identity", ""),
        )


def marks_of(weapon: Mapping[str, Plain], marks: PlainParts) -> list[Mark]:
    """Read plain marks, with what each does not say of maker, model and calibre from the plain description."""
    known = {name: weapon[name] for name in ("maker", "model", "calibre") if name in weapon}
    return [Mark.of_plain({**known, **mark}) for mark in marks]


def look_alike_keys(serials: Iterable[str]) -> tuple[str, ...]:
    """Return the look-alike keys of folded serials, each once."""
    return tuple(dict.fromkeys([look_alike_key(serial) for serial in serials]))


def in_order(events: Sequence[DraftEvent]) -> tuple[DraftEvent, ...]:
    """Return events by earliest day; what happened on one day keeps the order of the source."""
    return tuple(sorted(events, key=lambda event: event.happened))


def _event_plain(event: DraftEvent) -> dict[str, Plain]:
    return {
        "kind": event.kind.value,
        "happened": str(event.happened),
        "details": dict(event.details),
        "authority": event.authority,
        "document": event.document,
    }


def _event_of(plain: Mapping[str, Any]) -> DraftEvent:
    return DraftEvent(
        EventKind(plain["kind"]),
        PartialDate.parse(plain["happened"]),
        plain["details"],
        plain["authority"],
        plain["document"],
    )
