"""A weapon's way over States as one drawing: a lane for each State, days from left to right, the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracemark import diversion, recordkeeping, tracing
from tracemark.diversion import Moment, Station
from tracemark.kernel import PartialDate, Refused
from tracemark.recordkeeping import RECOVERIES
from tracemark.tracing import Purpose, StateAnswer, StateRequest
from tracemark.web.access import Desk

_LEFT, _WIDTH, _LANE, _TOP = 160, 800, 46, 34


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a station is drawn."""

    x: int
    y: int
    moment: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A State's lane, by the height of its line."""

    state: str
    y: int


@dataclass(frozen=True, slots=True)
class Journey:
    """What is drawn and what the table says: `band` is where the diversion lies, from and how wide; None if unknown.

    `first` and `last` are the years at its ends.
    """

    stations: Sequence[Station]
    lanes: tuple[Lane, ...]
    spots: tuple[Spot, ...]
    path: str
    band: tuple[int, int] | None
    height: int
    first: str
    last: str


def journey_shown(desk: Desk, hops: Sequence[StateRequest], purpose: Purpose) -> Journey | None:
    """Open every answer about a weapon for one purpose and lay out its way; None where nothing was answered."""
    told = [(hop.to_state, answer) for hop in hops if (answer := _answer(desk, hop, purpose)) is not None]
    weapon = desk.node.stores.cases.get(hops[0].case).request.recovered
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    recovered = next(each.sealed.event for each in record.steps if each.sealed.event.kind in RECOVERIES)
    point = diversion.point_in(record)
    stations = diversion.journey_of(told, desk.node.state, str(recovered.happened), point)
    return laid_out(stations) if told and len(stations) > 1 else None


def laid_out(stations: Sequence[Station]) -> Journey:
    """Return where each station, lane and line is drawn, in units of the drawing."""
    states = list(dict.fromkeys(name for each in stations for name in (each.state, each.to_state) if name))
    lanes = {state: _TOP + _LANE * at for at, state in enumerate(states)}
    days = [PartialDate.parse(text) for each in stations for text in (each.on, each.until) if text]
    first, last = min(each.first for each in days), max(each.last for each in days)
    span = max(1, (last - first).days)

    def x(text: str) -> int:
        if not text:
            return _LEFT
        day = PartialDate.parse(text)
        return _LEFT + 30 + (_WIDTH - 60) * ((day.first - first).days + (day.last - day.first).days // 2) // span

    drawn = [each for each in stations if each.moment is not Moment.DIVERTED]
    spots = tuple(Spot(x(each.on), lanes[each.state], each.moment.value) for each in drawn)
    band = next(
        ((x(each.on), max(6, x(each.until or each.on) - x(each.on))) for each in stations if not each.state), None
    )
    return Journey(
        stations,
        tuple(Lane(state, y) for state, y in lanes.items()),
        spots,
        " ".join(f"{x(each.on)},{lanes[each.state]}" + _arrival(each, x(each.on), lanes) for each in drawn),
        band,
        _TOP + _LANE * len(lanes),
        str(first.year),
        str(last.year),
    )


def _arrival(station: Station, x: int, lanes: dict[str, int]) -> str:
    return f" {x + 14},{lanes[station.to_state]}" if station.to_state else ""


def _answer(desk: Desk, hop: StateRequest, purpose: Purpose) -> StateAnswer | None:
    try:
        shown = tracing.answer_shown(request=hop.name, purpose=purpose, actor=desk.actor, bureau=desk.node.bureau)
    except (Refused, KeyError):
        return None
    return shown.answer if shown else None
