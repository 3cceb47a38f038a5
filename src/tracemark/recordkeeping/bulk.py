import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import pairwise
from json.encoder import encode_basestring
from typing import Any

from tracemark.kernel import Clock, Finding, NotCanonical, PartialDate, Plain, canonical_bytes, cite, instant_text
from tracemark.marking import Mark, MarkId, mark_id
from tracemark.recordkeeping.actions import EventRefused, Recorded
from tracemark.recordkeeping.details import unfit_details
from tracemark.recordkeeping.events import VERSION, Event, Sealed
from tracemark.recordkeeping.history import WeaponState, apply, component_of_plain
from tracemark.recordkeeping.kinds import EventKind, KindTerms, Status, event_kinds
from tracemark.recordkeeping.lifecycle import refusals
from tracemark.recordkeeping.ports import RecordkeepingStores
from tracemark.weapons import Component, ComponentId, Description, component_id

_Step = tuple[Status, EventKind, tuple[str, ...]]
_MOVES_PARTS = frozenset({"fitted", "removed", "calibre"})
_REFERRING = frozenset({"mark", "removed"})
_BEARING = ("marks", "components", "fitted")
_MOST_BORN = 255
_MOST_LABELS = 4096
_SMALL = 2**31


class LifeChecker:
    """Checks the first events of new weapons as `append` would, and remembers which steps are sound.

    What refuses an event of a new weapon is what its details hold, its kind and the status before it; a life that
    refers to its own marks or components, or has very many, is followed event by event.
    """

    def __init__(self) -> None:
        self._sound: dict[_Step, Status] = {}

    def refusals(self, life: Sequence[Event]) -> list[Finding]:
        """Return what keeps a new weapon's events, given in the order they happened, from being recorded."""
        if not all(one.happened <= other.happened and one.weapon == other.weapon for one, other in pairwise(life)):
            return [_out_of_order(life)]
        if unfit := [finding for event in life for finding in unfit_details(event)]:
            return unfit
        if any(name in event.details for event in life for name in _REFERRING) or _bears_many(life):
            return _followed(life)
        status = Status.UNRECORDED
        for event in life:
            step = status, event.kind, tuple(event.details)
            after = self._sound.get(step)
            if after is None:
                if event.kind is EventKind.CORRECTED:
                    return [_out_of_order(life)]
                if found := refusals(event, WeaponState(event.weapon, status=status)):
                    return found
                after = self._sound[step] = event_kinds()[event.kind].to or status
            status = after
        return []


def _bears_many(life: Sequence[Event]) -> bool:
    """Whether a life may have more marks or components than can be told apart on one weapon."""
    details: list[Mapping[str, Any]] = [event.details for event in life]
    return sum(len(each[name]) for each in details for name in _BEARING if name in each) > _MOST_BORN


def _followed(life: Sequence[Event]) -> list[Finding]:
    state = WeaponState(life[0].weapon)
    for event in life:
        if found := [_out_of_order(life)] if event.kind is EventKind.CORRECTED else refusals(event, state):
            return found
        state = apply(state, event, -1)
    return []


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Let much be made at once without Python looking through it for cycles, which it has none of, again and again."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@no_search_for_cycles()
def append_new(
    *, lives: Sequence[Sequence[Event]], stores: RecordkeepingStores, clock: Clock, checker: LifeChecker | None = None
) -> Recorded:
    """Seal the first events of many new weapons at once, as `append` would, without reading any history.

    Each life holds all events of one weapon, in the order they happened, under an identity that `next_weapons` gave in
    this transaction and that nothing else has used. Call inside the caller's transaction, after checking permission.

    Raises:
        EventRefused: an event lacks a detail or cannot follow the one before it, or a life is out of order.
        NotCanonical: details hold what has no canonical form.

    Source: ITI 11.
    """
    check = checker or LifeChecker()
    found = [finding for life in lives for finding in check.refusals(life)]
    if found:
        raise EventRefused(found)
    at, position = clock.now(), stores.records.size()
    writer, folder = _Writer(instant_text(at)), _Folder()
    sealed: list[Sealed] = []
    states: list[WeaponState] = []
    for life in lives:
        states.append(folder.life(life, position))
        for event in life:
            sealed.append(Sealed(position, event, at, writer.body(event)))
            position += 1
    stores.records.extend(sealed, stores.signer)
    stores.register.put(states)
    return Recorded(tuple(sealed), tuple(states))


class _Writer:
    """Writes the canonical bytes of events, the same that `seal_event` gives; what lives share is written once."""

    def __init__(self, moment: str) -> None:
        self._moment = encode_basestring(moment)
        self._known: dict[int, tuple[object, str]] = {}

    def body(self, event: Event) -> bytes:
        text = (
            f'{{"at":{self._moment},"authority":{encode_basestring(event.authority)},"by":{encode_basestring(event.by)},'
            f'"details":{self._object(event.details)},"document":{encode_basestring(event.document)},'
            f'"happened":"{event.happened}","kind":"{event.kind.value}","v":{VERSION},"weapon":{event.weapon}}}'
        )
        try:
            return text.encode()
        except UnicodeEncodeError as error:
            raise NotCanonical(str(error)) from error

    def _object(self, value: Mapping[str, Plain]) -> str:
        inner = [
            label + (encode_basestring(told) if type(told := value[name]) is str else self._value(told))
            for name, label in _labels(tuple(value))
        ]
        return f"{{{','.join(inner)}}}"

    def _value(self, value: Plain) -> str:
        kind = type(value)
        if kind is str:
            return encode_basestring(value)  # type: ignore[arg-type]
        if kind is list:
            return f"[{','.join([self._value(each) for each in value])}]"  # type: ignore[union-attr]
        if kind is dict:
            known = self._known.get(id(value))
            if known is None or known[0] is not value:
                known = value, self._object(value)  # type: ignore[arg-type]
                self._known[id(value)] = known
            return known[1]
        if kind is int and -_SMALL < value < _SMALL:  # type: ignore[operator]
            return str(value)
        return canonical_bytes({"": value}).decode()[4:-1]


@lru_cache(_MOST_LABELS)
def _labels(names: tuple[str, ...]) -> Sequence[tuple[str, str]]:
    """Return the names of an object in the order of the canonical form, each also as it is written there."""
    if not all(map(str.isascii, names)):
        raise NotCanonical("a name is not ASCII text")
    return tuple((name, f"{encode_basestring(name)}:") for name in sorted(names))


def _out_of_order(life: Sequence[Event]) -> Finding:
    facts: dict[str, Plain] = {
        "kinds": [event.kind.value for event in life],
        "dates": [str(event.happened) for event in life],
        "weapons": sorted({event.weapon for event in life}),
    }
    return Finding("recordkeeping.impossible_sequence", cite("ITI 5"), facts)


class _Folder:
    """Folds the lives of new weapons; descriptions that several weapons share are read once."""

    def __init__(self) -> None:
        self._descriptions: dict[int, tuple[object, Description]] = {}

    def life(self, life: Sequence[Event], position: int) -> WeaponState:
        """Return what `fold` would, of events at `position` and the places after it."""
        if not all(_MOVES_PARTS.isdisjoint(event.details) for event in life):
            state = WeaponState(life[0].weapon)
            for number, event in enumerate(life, position):
                state = apply(state, event, number)
            return state
        weapon, standing, born = life[0].weapon, _Standing(), 0
        description = Description()
        components: list[Component] = []
        marks: list[Mark] = []
        for event in life:
            details: Mapping[str, Any] = event.details
            standing.move(event, event_kinds()[event.kind])
            if "weapon" in details:
                description = self._description(details["weapon"])
            for plain in details.get("components", ()):
                born += not plain.get("id")
                components.append(component_of_plain(plain, ComponentId(plain.get("id") or component_id(weapon, born))))
            for plain in details.get("marks", ()):
                marks.append(_mark(plain, mark_id(weapon, len(marks) + 1), components))
        return WeaponState(
            weapon,
            description,
            tuple(components),
            tuple(marks),
            born,
            standing.status,
            standing.holder,
            standing.custodian,
            standing.place,
            standing.since,
            position + len(life) - 1,
            len(marks),
        )

    def _description(self, plain: Mapping[str, Plain]) -> Description:
        known = self._descriptions.get(id(plain))
        if known is None or known[0] is not plain:
            known = plain, Description.of_plain(plain)
            self._descriptions[id(plain)] = known
        return known[1]


class _Standing:
    """Status, holder and place of a weapon while its events are followed; as `apply`, changed in place for speed."""

    __slots__ = ("custodian", "holder", "place", "since", "status")

    def __init__(self) -> None:
        self.status = Status.UNRECORDED
        self.holder = self.custodian = self.place = ""
        self.since: PartialDate | None = None

    def move(self, event: Event, terms: KindTerms) -> None:
        details: Mapping[str, Any] = event.details
        if terms.to is not None:
            self.status, self.since, self.custodian = terms.to, event.happened, ""
            if terms.stage == "recovery":
                self.custodian = details.get("custodian", event.authority)
            elif "holder" in details:
                self.holder = details["holder"]
            elif event.kind is EventKind.ISSUED:
                self.custodian = details["to"]
        if "place" in details:
            self.place = details["place"]


def _mark(plain: Mapping[str, Any], born: MarkId, components: Sequence[Component]) -> Mark:
    """Read a mark with its identity, tied to the first component of the part it names."""
    tie = ComponentId(0)
    if "part" in plain and "component" not in plain:
        tie = next((component.id for component in components if component.part == plain["part"]), tie)
    return Mark.of_plain({"id": born, "component": tie, **plain})
