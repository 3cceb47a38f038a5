"""Questions on the signals that were raised, and on the points of diversion that were established."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracemark.authorities import Permission, require
from tracemark.diversion.detections import Stage, Strength
from tracemark.diversion.feedback import Precision
from tracemark.diversion.points import PointOfDiversion, point_of
from tracemark.diversion.triage import RaisedSignal, Standing, corroborated, raised_signal, read_raised
from tracemark.kernel import Actor, Plain
from tracemark.recordkeeping import EventFilter, EventKind, Sealed, current, every_dossier
from tracemark.tracing import TracingStores
from tracemark.weapons import WeaponId

_AT_ONCE = 500
_ORDER = (Strength.STRONG, Strength.MEDIUM, Strength.WEAK)


@dataclass(frozen=True, slots=True)
class SignalFilter:
    """Which signals are looked for; "" asks for nothing, an empty `standings` for all of them."""

    standings: frozenset[Standing] = frozenset({Standing.OPEN, Standing.ESCALATED})
    strength: str = ""
    stage: str = ""
    rule: str = ""
    weapon: WeaponId | None = None

    def fits(self, raised: RaisedSignal) -> bool:
        """Whether a signal is what is looked for."""
        found = raised.signal
        asked = ((self.strength, found.strength), (self.stage, found.stage), (self.rule, found.rule))
        told = all(not wanted or wanted == known for wanted, known in asked)
        return told and (self.weapon is None or self.weapon in found.weapons)


@dataclass(frozen=True, slots=True)
class SignalRecord:
    """A signal with those merged into it, the events it is seen in, and whether it says enough to be confirmed."""

    raised: RaisedSignal
    joined: tuple[RaisedSignal, ...]
    evidence: tuple[Sealed, ...]
    corroborated: bool


def signal_queue(
    *, wanted: SignalFilter, actor: Actor, stores: TracingStores, limit: int = 200, after: str = ""
) -> list[RaisedSignal]:
    """Return the signals that fit, the strongest first, and of equally strong ones the oldest.

    `after` is the name of one: only those that come behind it are returned. What was done to them since they were
    raised is left out but for the standing; `signal_record` tells it.

    Raises:
        NotPermitted: the actor may not see signals.
        KeyError: there is no signal `after`.
    """
    require(actor, Permission.SIGNAL_READ)
    found = [each for each in every_raised(stores, wanted.standings) if wanted.fits(each)]
    if after:
        behind = _turn(read_raised(stores.records.at(stores.dossiers.dossier(after).opened)))
        found = [each for each in found if _turn(each) > behind]
    return sorted(found, key=_turn)[:limit]


def signal_record(*, name: str, actor: Actor, stores: TracingStores) -> SignalRecord:
    """Return all that the record says of a signal.

    Raises:
        NotPermitted: the actor may not see signals.
        KeyError: there is no such signal.
    """
    require(actor, Permission.SIGNAL_READ)
    raised = raised_signal(name, stores.dossiers.events(name))
    joined = tuple(raised_signal(each, stores.dossiers.events(each)) for each in raised.joined)
    evidence = tuple(stores.records.at(each) for each in raised.signal.evidence[:_AT_ONCE])
    return SignalRecord(raised, joined, evidence, corroborated(raised, joined))


def precision_by_rule(*, actor: Actor, stores: TracingStores) -> list[Precision]:
    """Return for each rule that found something how often officers found it right.

    Raises:
        NotPermitted: the actor may not see signals.
    """
    require(actor, Permission.SIGNAL_READ)
    judged = Counter((each.signal.rule, each.standing) for each in every_raised(stores))
    return [
        Precision(
            rule,
            judged[rule, Standing.CONFIRMED],
            judged[rule, Standing.DISMISSED],
            judged[rule, Standing.OPEN] + judged[rule, Standing.ESCALATED],
        )
        for rule in sorted({rule for rule, _ in judged})
    ]


def points_of_diversion(*, since: date, until: date, actor: Actor, stores: TracingStores) -> list[PointOfDiversion]:
    """Return the points of diversion that were established in a period, the last of each weapon, as corrected.

    A weapon whose point was established anew after the period does not count in it.

    Raises:
        NotPermitted: the actor may not see signals.

    Source: SDG 16.4.2.
    """
    require(actor, Permission.SIGNAL_READ)
    weapons = {each.event.weapon for each in _established(stores)}
    found = []
    for told in stores.records.of_weapons(weapons).values():
        points = [point_of(each) for each in current(told) if each.event.kind is EventKind.DIVERSION_ESTABLISHED]
        if points:
            found.append(max(points, key=lambda each: each.position))
    within = [each for each in found if since <= each.decided_on.first and each.decided_on.last <= until]
    return sorted(within, key=lambda each: each.position)


def every_raised(stores: TracingStores, standings: Collection[Standing] = ()) -> Iterator[RaisedSignal]:
    """Yield every signal of some standings, of all where none is named, the newest first, with its standing only."""
    for each in every_dossier("signal", [standing.value for standing in standings] or None, stores):
        yield read_raised(stores.records.at(each.opened)).standing_at(Standing(each.standing))


def _turn(raised: RaisedSignal) -> tuple[int, int]:
    """Where a signal stands in the queue."""
    return _ORDER.index(raised.signal.strength), raised.raised.position


def places_alarmed(found: Collection[RaisedSignal]) -> list[tuple[str, Counter[str]]]:
    """Return how many signals of each strength there are by place, the most first."""
    by_place: dict[str, Counter[str]] = {}
    for each in found:
        by_place.setdefault(each.signal.place, Counter())[each.signal.strength.value] += 1
    return sorted(by_place.items(), key=lambda each: (-each[1].total(), each[0]))


def stages_of(found: Collection[RaisedSignal]) -> dict[Stage, Counter[Standing]]:
    """Return how signals stand, by the stage at which they see a weapon leave lawful hands."""
    by_stage: dict[Stage, Counter[Standing]] = {stage: Counter() for stage in Stage}
    for each in found:
        by_stage[each.signal.stage][each.standing] += 1
    return by_stage


def _established(stores: TracingStores) -> Iterator[Sealed]:
    wanted, end = EventFilter(kind=EventKind.DIVERSION_ESTABLISHED.value), stores.records.size()
    while page := stores.records.matching(wanted, first=0, end=end, limit=_AT_ONCE):
        yield from page
        end = page[-1].position


@dataclass(frozen=True, slots=True)
class Flow:
    """How many events or signals lead from one State to another; `suspected` are those of signals."""

    origin: str
    goal: str
    count: int
    suspected: bool


def flows_between(found: Collection[RaisedSignal], *, state: str, stores: TracingStores) -> list[Flow]:
    """Return what the newest exports and imports of the record say of trade, and what signals say beside it."""
    lawful, suspected = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for kind in (EventKind.EXPORTED, EventKind.IMPORTED):
        wanted = EventFilter(kind=kind.value)
        for each in stores.records.matching(wanted, first=0, end=stores.records.size(), limit=_MOST_TRADE):
            lawful[_between(each.event.details, state)] += 1
    for raised in found:
        told = raised.signal.facts or {}
        if raised.standing not in _LET_GO and _TOLD_STATES & told.keys():
            suspected[_between(told, state)] += 1
    listed = [(lawful, False), (suspected, True)]
    flows = [
        Flow(*pair, count, doubt) for counts, doubt in listed for pair, count in counts.items() if pair[0] != pair[1]
    ]
    return sorted(flows, key=lambda each: (each.suspected, -each.count, each.origin, each.goal))


_MOST_TRADE = 2_000
_LET_GO = frozenset({Standing.DISMISSED, Standing.MERGED})
_TOLD_STATES = frozenset({"from_state", "to_state", "mark_state"})


def _between(told: Mapping[str, Plain], state: str) -> tuple[str, str]:
    origin = told.get("from_state") or told.get("mark_state") or state
    return str(origin), str(told.get("to_state") or state)
