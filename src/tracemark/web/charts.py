"""Drawings of signals as plain shapes, placed on the server: no script, and each beside a table that says the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracemark.diversion import Flow, RaisedSignal, Stage, Standing, Strength
from tracemark.recordkeeping import Sealed, WeaponState
from tracemark.weapons import WeaponId, weapon_text
from tracemark.web.naming import name_of
from tracemark.web.said import say, term

WIDTH = 720
_MARGIN, _COLUMN, _GAP, _NODE = 180, 14, 16, 22
_BANDS = 300
_MOST = 12
_WHOLE = 24

BAR, ABOVE, ACROSS = 18, 16, 90
"""A bar with its title above it: how high the bar is, the room for the title, and how many letters that has."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a class; `place` and `size` are x, y and width, height."""

    place: tuple[float, float]
    size: tuple[float, float]
    look: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place, which they begin, end or stand about (`anchor`)."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    look: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A line or a band of a class."""

    shape: str
    look: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing in a space of `WIDTH` by `height`, and the rows of the table that says the same."""

    height: float
    rows: tuple[tuple[object, ...], ...]
    paths: tuple[Path, ...] = ()
    boxes: tuple[Box, ...] = ()
    labels: tuple[Label, ...] = ()
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Stream:
    """So many things that go from a node to another, drawn as a band of a class."""

    origin: str
    goal: str
    count: int
    look: str


def life_flow(stages: Mapping[Stage, Counter[Standing]], *, mirrored: bool) -> Chart:
    """Draw at which stage of the life-cycle signals arose, and what became of them."""
    streams = [
        Stream(
            term(stage, "diversion.stage"), term(standing, "recordkeeping.standing"), counts[standing], _look(standing)
        )
        for stage, counts in stages.items()
        for standing in Standing
        if counts[standing]
    ]
    rows = tuple((each.origin, each.goal, each.count) for each in streams)
    return _streams(streams, rows, mirrored=mirrored)


def state_flow(flows: Sequence[Flow], *, mirrored: bool) -> Chart:
    """Draw what went lawfully from State to State, and what signals say beside it."""
    shown = [each for doubt in (False, True) for each in [flow for flow in flows if flow.suspected is doubt][:_MOST]]
    told = [
        Stream(
            name_of("country", each.origin),
            name_of("country", each.goal),
            each.count,
            "suspected" if each.suspected else "lawful",
        )
        for each in shown
    ]
    rows = tuple((each.origin, each.goal, say(f"web.signals.flow_{each.look}"), each.count) for each in told)
    return _streams(told, rows, mirrored=mirrored)


def alarms_chart(places: Sequence[tuple[str, Counter[str]]], *, mirrored: bool) -> Chart:
    """Draw how many signals of each strength wait by place."""
    shown = places[:_MOST]
    most = max((counts.total() for _, counts in shown), default=1)
    boxes, labels, room = list[Box](), list[Label](), WIDTH - _MARGIN - 60
    for row, (place, counts) in enumerate(shown):
        x, y = float(_MARGIN), 8 + row * 30
        labels.append(Label(_MARGIN - 10, y + 15, short(place or say("web.words.unknown")), "end"))
        for strength in (Strength.STRONG, Strength.MEDIUM, Strength.WEAK):
            width = room * counts[strength] / most
            boxes.append(Box((x, y), (width, 20), strength.value))
            x += width
        labels.append(Label(x + 8, y + 15, str(counts.total())))
    rows = tuple((place, *(counts[each] for each in reversed(Strength)), counts.total()) for place, counts in places)
    return drawn(16 + len(shown) * 30, rows, (), boxes, labels, mirrored=mirrored)


def case_network(raised: RaisedSignal, bearers: Mapping[WeaponId, WeaponState], *, mirrored: bool) -> Chart:
    """Draw a signal with the dossiers it names, its weapons and who is on record as their holder."""
    linked = dict.fromkeys(name for step in raised.steps for name in (step.case, step.investigation, step.into) if name)
    left = [raised.name, *linked, *raised.joined]
    weapons = dict(list(bearers.items())[:_MOST])
    holders = list(dict.fromkeys(_holder(each) for each in weapons.values()))
    columns = [left, [weapon_text(each) for each in weapons], holders]
    height = 24 + 34 * max(map(len, columns))
    at = {
        (column, name): (_X[column], height * (turn + 0.5) / len(names))
        for column, names in enumerate(columns)
        for turn, name in enumerate(names)
    }
    hub = at[0, raised.name]
    paths = [_line(hub, at[0, name], "suspected") for name in left[1:]]
    for weapon, state in weapons.items():
        place = at[1, weapon_text(weapon)]
        paths += [_line(hub, place, "suspected"), _line(place, at[2, _holder(state)], "lawful")]
    boxes = [
        Box((x - 75, y - 13), (150, 26), ("dossier", "weapon", "holder")[column]) for (column, _), (x, y) in at.items()
    ]
    labels = [Label(x, y + 5, short(name), "middle") for (_, name), (x, y) in at.items()]
    rows = tuple((weapon_text(each), _holder(state)) for each, state in bearers.items())
    return drawn(height, rows, paths, boxes, labels, mirrored=mirrored)


_X = (90, 360, 630)


def timeline_chart(lives: Mapping[WeaponId, Sequence[Sealed]], evidence: frozenset[int], *, mirrored: bool) -> Chart:
    """Draw the lives of a batch along one line of time, and in them the events in which a signal is seen."""
    shown = dict(list(lives.items())[:_MOST])
    days = [each.event.happened.first for events in shown.values() for each in events]
    first, last = min(days, default=date.min), max(days, default=date.min)
    span = max((last - first).days, 1)
    room, height = WIDTH - 130 - 30, 44 + 30 * len(shown)
    paths, boxes, labels = list[Path](), list[Box](), list[Label]()
    for row, (weapon, events) in enumerate(shown.items()):
        y = 20 + row * 30
        labels.append(Label(110, y + 5, weapon_text(weapon), "end", "code"))
        paths.append(Path(f"M130 {y}H{WIDTH - 20}", "axis"))
        for each in events:
            x = 130 + room * (each.event.happened.first - first).days / span
            doubt = each.position in evidence
            boxes.append(Box((x, y - 7), (9, 14), "suspected") if doubt else Box((x + 2, y - 4), (5, 8), "lawful"))
    if shown:
        labels += [Label(130, height - 8, str(first.year)), Label(WIDTH - 20, height - 8, str(last.year), "end")]
    rows = tuple(
        (str(each.event.happened), weapon_text(weapon), term(each.event.kind, "recordkeeping.kind"),
         say("web.signals.is_evidence") if each.position in evidence else "")
        for weapon, events in shown.items()
        for each in events
    )  # fmt: skip
    return drawn(height, tuple(sorted(rows)), paths, boxes, labels, mirrored=mirrored)


def _streams(streams: Sequence[Stream], rows: tuple[tuple[object, ...], ...], *, mirrored: bool) -> Chart:
    """Draw bands between two columns of nodes, as thick as what goes in them."""
    total = sum(each.count for each in streams) or 1
    unit = _BANDS / total
    starts, ends = (_column((getattr(each, end), each.count) for each in streams) for end in ("origin", "goal"))
    boxes, labels, paths = list[Box](), list[Label](), list[Path]()
    tops, right = dict[tuple[int, str], float](), WIDTH - _MARGIN
    deepest = 0.0
    for side, (counts, x, anchor) in enumerate(((starts, _MARGIN, "end"), (ends, right, "start"))):
        y = 10.0
        for name, count in counts.items():
            size = max(count * unit, 2)
            tops[side, name] = y
            boxes.append(Box((x - (_COLUMN if side == 0 else 0), y), (_COLUMN, size), "node"))
            beside = x - _COLUMN - 8 if side == 0 else x + _COLUMN + 8
            labels.append(Label(beside, y + size / 2 + 5, f"{short(name)} {count}", anchor))
            y += max(size, _NODE) + _GAP
        deepest = max(deepest, y)
    for each in streams:
        size, bend = max(each.count * unit, 1.5), (_MARGIN + right) / 2
        a, b = tops[0, each.origin], tops[1, each.goal]
        tops[0, each.origin], tops[1, each.goal] = a + each.count * unit, b + each.count * unit
        over = f"M{_MARGIN} {a:.1f}C{bend} {a:.1f} {bend} {b:.1f} {right} {b:.1f}V{b + size:.1f}"
        paths.append(Path(f"{over}C{bend} {b + size:.1f} {bend} {a + size:.1f} {_MARGIN} {a + size:.1f}Z", each.look))
    return drawn(deepest, rows, paths, boxes, labels, mirrored=mirrored)


def _column(counted: Iterable[tuple[str, int]]) -> dict[str, int]:
    found = Counter[str]()
    for name, count in counted:
        found[name] += count
    return dict(found)


def drawn(
    height: float,
    rows: tuple[tuple[object, ...], ...],
    paths: Iterable[Path],
    boxes: Iterable[Box],
    labels: Iterable[Label],
    *,
    mirrored: bool,
) -> Chart:
    """Return a chart; for languages written from right to left words change sides here, and shapes in the template."""
    if mirrored:
        labels = [Label(WIDTH - each.x, each.y, each.text, _OTHER[each.anchor], each.look) for each in labels]
    return Chart(height, rows, tuple(paths), tuple(boxes), tuple(labels))


_OTHER = {"start": "end", "end": "start", "middle": "middle"}


def _line(start: tuple[float, float], end: tuple[float, float], look: str) -> Path:
    return Path(f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}", f"link {look}")


def _look(standing: Standing) -> str:
    return "lawful" if standing in (Standing.DISMISSED, Standing.MERGED) else "suspected"


def _holder(state: WeaponState) -> str:
    """Name a holder by code; who is a person is not told."""
    return (
        say("web.words.private_person")
        if state.holder.startswith("person:")
        else state.holder or say("web.words.unknown")
    )


def short(text: str, most: int = _WHOLE) -> str:
    """Return a text that fits beside a drawing, or in so many letters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
