from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from babel.numbers import format_decimal, format_percent

from tracemark import wording
from tracemark.node import Node
from tracemark.recordkeeping import WeaponState
from tracemark.tracing import Candidate, Examined, Ranking, Reading, read_mark_text
from tracemark.weapons import WeaponId
from tracemark.web.alignment import Cell, Echo, aligned, distance, echoed
from tracemark.web.said import say, spoken

_LEAST_SHOWN = 0.001
_MOST_SHOWN = 0.9995


@dataclass(frozen=True, slots=True)
class Told:
    """A reason in words, with its weight of evidence in bits as text; `speaks` is for, against or neither."""

    text: str
    bits: str
    speaks: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A reading laid beside the mark on record that is nearest to it."""

    text: str
    serial: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of a ranking. `kind` is candidate, not_here or elsewhere; the last two have no weapon."""

    kind: str
    chance: float
    rank: int = 0
    weapon: WeaponId = WeaponId(0)
    state: WeaponState | None = None
    reasons: tuple[Told, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def percent(self) -> str:
        """The chance as a number, such as 97.3%."""
        return chance_text(self.chance)

    @property
    def value(self) -> str:
        """The chance as HTML takes it, whatever the language."""
        return f"{self.chance:.4f}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading as it was understood; `notes` say what was made of words beside it, once for each text."""

    text: str
    part: str
    reading: Reading
    places: list[Echo]
    notes: tuple[str, ...] = ()


def asked(readings: Sequence[tuple[str, str]]) -> list[Asked]:
    """Return how each text, given with its part, was understood: one or several readings of it."""
    return [each for text, part in readings for each in _asked(read_mark_text(text), part)]


def shown(ranking: Ranking, readings: Sequence[Asked], node: Node, *, without: WeaponId = WeaponId(0)) -> list[Shown]:
    """Return the rows of a ranking, likeliest first, with "not in this register" where its chance puts it."""
    wanted = [each for each in ranking.candidates if each.weapon != without]
    states = node.stores.register.states(WeaponId(each.weapon) for each in wanted)
    rows = [
        _row(rank, each, states[WeaponId(each.weapon)], readings)
        for rank, each in enumerate(wanted, 1)
        if WeaponId(each.weapon) in states
    ]
    rows += [Shown("not_here", ranking.not_here)]
    rows += [Shown("elsewhere", ranking.elsewhere)] if ranking.elsewhere >= _LEAST_SHOWN else []
    return sorted(rows, key=lambda each: -each.chance)


def chance_text(chance: float) -> str:
    """Write a probability as the language does; what is next to nothing or to everything is not written as either."""
    locale = spoken().replace("-", "_")
    if chance >= _MOST_SHOWN:
        return say("web.traces.more_than", chance=format_percent(0.999, "0.0%", locale=locale))
    if chance < _LEAST_SHOWN:
        return say("web.traces.less_than", chance=format_percent(_LEAST_SHOWN, "0.0%", locale=locale))
    return format_percent(chance, "0.0%", locale=locale)


def _asked(examined: Examined, part: str) -> Iterator[Asked]:
    notes = tuple(wording.note_texts(examined, to=spoken()))
    for each in examined.readings:
        reading = replace(each, part=each.part or part)
        yield Asked(each.written or examined.text, reading.part, reading, echoed(reading), notes)
        notes = ()


def _row(rank: int, candidate: Candidate, state: WeaponState, readings: Sequence[Asked]) -> Shown:
    serials = [mark.serial for mark in state.marks if mark.serial]
    return Shown(
        kind="candidate",
        chance=candidate.posterior,
        rank=rank,
        weapon=state.weapon,
        state=state,
        reasons=tuple(_told(candidate)),
        beside=tuple(_beside(each, serials) for each in readings if each.places and serials),
    )


def _told(candidate: Candidate) -> Iterator[Told]:
    locale = spoken().replace("-", "_")
    for reason in candidate.reasons:
        text = wording.reason_text(reason.code, reason.facts, to=spoken())
        bits = format_decimal(round(reason.bits, 1), "+0.0;−0.0", locale=locale) if reason.bits else ""
        yield Told(text, bits, "for" if reason.bits > 0 else "against" if reason.bits < 0 else "neither")


def _beside(asked_for: Asked, serials: Sequence[str]) -> Beside:
    nearest = min(serials, key=lambda each: distance(asked_for.reading, each))
    return Beside(asked_for.text, nearest, aligned(asked_for.reading, nearest))
