import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracemark.tracing.linking.rows import UNHEARD_OF, ListRow
from tracemark.tracing.matching import (
    COLUMNS,
    NOBODY,
    Candidate,
    MarkIndex,
    Query,
    Ranking,
    Reading,
    Segment,
    UnreadableReading,
    Weights,
    find_candidates,
    parse_reading,
    read_mark_text,
)

Cell = str | int | float | bool | None

_PLAIN = re.compile(r"(?=(?:[^0-9]*[0-9]){3})(?!(.)\1*$)[0-9A-Z?]{4,20}")
"""What most lists hold: one number in which no word can be looked for, and which no placeholder is."""

_WEIGHED = ("serial", *COLUMNS)

LINK_COLUMNS = {
    "row": "BIGINT",
    "id": "VARCHAR",
    "reading": "VARCHAR",
    "reason": "VARCHAR",
    "unknown": "VARCHAR",
    "rank": "INTEGER",
    "weapon": "BIGINT",
    "mark": "VARCHAR",
    "posterior": "DOUBLE",
    "not_here": "DOUBLE",
    "elsewhere": "DOUBLE",
    "fitting": "BIGINT",
    "complete": "BOOLEAN",
    "weights": "VARCHAR",
    **{f"bits_{name}": "DOUBLE" for name in _WEIGHED},
}
"""The columns of an answer, in their order, with their types as SQL writes them."""

TWIN_ABSENT = 0.99
"""How probable it is, before anything is compared, that a weapon stands only once in a register."""


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """What is listed of each row: at most `limit` weapons, none less probable than `least`.

    `absent` is the probability, before anything is compared, that a row is not in the other side; None leaves it to the
    weights.
    """

    limit: int = 10
    least: float = 0.01
    absent: float | None = None


def link_rows(rows: Iterable[ListRow], index: MarkIndex, weights: Weights, terms: LinkTerms) -> dict[str, list[Cell]]:
    """Search for each row, and return what was found as columns: one line a candidate, at least one line a row.

    A posterior is what `find_candidates` says of one weapon found: the probability that the row is this weapon and no
    other of the register, nor one from outside. Rows are judged one by one: two rows may each be given the same weapon.

    Where the row is itself a weapon of the register (`left_out`), its own marks are not found, and the posterior is the
    probability that the other record is a second one of the same weapon; `not_here` that it has none. What a chance
    likeness would be is predicted from the register without the weapon, but for how often makers number so and
    attributes occur, which is counted in the whole.
    """
    lines: list[tuple[Cell, ...]] = []
    segments = index.segments()
    for row in rows:
        lines += _answer(row, _Side(segments), weights, terms)
    columns = zip(*lines, strict=True) if lines else ([] for _ in LINK_COLUMNS)
    return {name: list(values) for name, values in zip(LINK_COLUMNS, columns, strict=True)}


class _Side:
    """The other side as rows speak of it: their codes are its numbers already."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def segments(self) -> Sequence[Segment]:
        return self._segments

    def without(self, weapon: int) -> "_Side":
        return self if weapon == NOBODY else _Side([each.but_for(weapon) for each in self._segments])

    def code(self, _column: str, value: str) -> int:
        return int(value)


def _answer(row: ListRow, side: _Side, weights: Weights, terms: LinkTerms) -> list[tuple[Cell, ...]]:
    """Return the lines of one row."""
    reason, readings = row.reason, tuple[Reading, ...]()
    if not reason:
        try:
            readings = _readings(row)
        except UnreadableReading as error:
            reason = error.code
    if reason:
        return [_line(row, reason, None, weights)]
    ranking = find_candidates(_query(row, readings, terms), side.without(row.left_out), weights, terms.limit)
    listed = [each for each in ranking.candidates if each.posterior >= terms.least]
    if not listed:
        return [_line(row, _why_none(readings, ranking), ranking, weights)]
    return [_line(row, "", ranking, weights, place, each) for place, each in enumerate(listed, 1)]


def _readings(row: ListRow) -> tuple[Reading, ...]:
    if row.recorded:
        return tuple(map(parse_reading, row.text.split()))
    if _PLAIN.fullmatch(row.text):
        return (parse_reading(row.text),)
    return read_mark_text(row.text).settled().readings


def _query(row: ListRow, readings: tuple[Reading, ...], terms: LinkTerms) -> Query:
    stated = dict(zip(COLUMNS, row.stated, strict=True))
    year = stated.pop("year")
    codes = {name: str(number) for name, number in stated.items() if number >= 0 or number == UNHEARD_OF}
    return Query(readings, year=year if year >= 0 else None, absent_prior=terms.absent, **codes)


def _why_none(readings: tuple[Reading, ...], ranking: Ranking) -> str:
    if not any(reading.places for reading in readings):
        return "tracing.list_nothing_legible"
    return "tracing.list_too_many_fit" if not ranking.complete and not ranking.candidates else ""


def _line(
    row: ListRow,
    reason: str,
    ranking: Ranking | None,
    weights: Weights,
    rank: int | None = None,
    candidate: Candidate | None = None,
) -> tuple[Cell, ...]:
    bits = candidate.grounds.bits() if candidate else {}
    return (
        row.number,
        row.id or None,
        row.text,
        reason or None,
        ",".join(row.unknown) or None,
        rank,
        candidate.weapon if candidate else None,
        candidate.grounds.serial if candidate else None,
        candidate.posterior if candidate else None,
        ranking.not_here if ranking else None,
        ranking.elsewhere if ranking else None,
        ranking.fitting if ranking else None,
        ranking.complete if ranking else None,
        weights.version,
        *(bits.get(name) for name in _WEIGHED),
    )
