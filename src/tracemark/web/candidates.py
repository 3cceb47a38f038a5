from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from babel.numbers import format_decimal

from tracemark import wording
from tracemark.node import Node
from tracemark.recordkeeping import WeaponState
from tracemark.tracing import Candidate, Examined, Ranking, Reading, read_mark_text
from tracemark.weapons import WeaponId
from tracemark.web.alignment import Beside, Echo, echoed, folded_signs, laid_beside, signs_of_reading
from tracemark.web.said import spoken

_LEAST_SHOWN = 0.001
_COMPARED = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A reason in words, with its weight of evidence in words; `speaks` is for, against or neither."""

    text: str
    bits: str
    speaks: str


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
        return wording.chance_text(self.chance, to=spoken())

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

    @property
    def folded(self) -> list[tuple[str, str]]:
        """The signs that are compared by a Latin one."""
        return folded_signs(signs_of_reading(self.reading))


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


def foremost(rows: Sequence[Shown]) -> tuple[list[Shown], list[Shown]]:
    """Part a ranking into what is compared at a glance and the candidates behind it.

    That it is none of those listed comes before them where it is likelier than the best, and behind them otherwise.
    """
    best = [each for each in rows if 0 < each.rank <= _COMPARED]
    none_of_them = [each for each in rows if not each.rank]
    likelier = not best or max(each.chance for each in none_of_them) > best[0].chance
    compared = [*none_of_them, *best] if likelier else [*best, *none_of_them]
    return compared, [each for each in rows if each.rank > _COMPARED]


def _asked(examined: Examined, part: str) -> Iterator[Asked]:
    notes = tuple(wording.note_texts(examined, to=spoken()))
    for each in examined.readings:
        reading = replace(each, part=each.part or part)
        yield Asked(each.written or examined.text, reading.part, reading, echoed(reading), notes)
        notes = ()


def _row(rank: int, candidate: Candidate, state: WeaponState, readings: Sequence[Asked]) -> Shown:
    return Shown(
        kind="candidate",
        chance=candidate.posterior,
        rank=rank,
        weapon=state.weapon,
        state=state,
        reasons=tuple(_told(candidate)),
        beside=tuple(laid_beside([each.reading for each in readings], candidate, state.marks)),
    )


def _told(candidate: Candidate) -> Iterator[Told]:
    for reason in candidate.reasons:
        text = wording.reason_text(reason.code, reason.facts, to=spoken())
        bits = _bits(round(reason.bits, 1), spoken()) if reason.bits else ""
        yield Told(text, bits, "for" if reason.bits > 0 else "against" if reason.bits < 0 else "neither")


@lru_cache(maxsize=10_000)
def _bits(bits: float, to: str) -> str:
    return wording.sentence(
        "web.traces.bits", {"bits": format_decimal(bits, "+0.0;−0.0", locale=to.replace("-", "_"))}, to=to
    )
