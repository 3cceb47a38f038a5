"""What an examiner's text falls into: runs of letters and digits, signs, brackets, quotations, words that are known.

Each keeps where it stands in the text, so that nothing can be lost between here and the reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tracemark.tracing.matching.vocabulary import Meaning


class Kind(Enum):
    """What an atom is. `STRANGE` is a run of letters that is rather a word than part of a number, and nobody knows."""

    RUN = auto()
    STRANGE = auto()
    WORD = auto()
    ONE = auto()
    MANY = auto()
    STARS = auto()
    ROUND = auto()
    SQUARE = auto()
    QUOTE = auto()
    STRAY = auto()
    EITHER = auto()
    LEGEND = auto()
    SYMBOL = auto()
    COMMA = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of the text from `start` to `end`, both in characters of the whole text.

    `inner` is what a bracket or quotation holds; `value` the code of a symbol, or the sign a legend explains.
    """

    kind: Kind
    start: int
    end: int
    meaning: Meaning | None = None
    inner: tuple["Atom", ...] = ()
    value: str = ""


UNREAD = (Kind.ONE, Kind.MANY, Kind.STARS)


def atoms_within(atoms: Iterable[Atom]) -> Iterator[Atom]:
    """Yield every atom, with those that brackets hold."""
    for each in atoms:
        yield each
        yield from atoms_within(each.inner)


def is_worded(atom: Atom) -> bool:
    return any(each.kind in {Kind.WORD, Kind.LEGEND} for each in atom.inner)


def touches_sign(atoms: Sequence[Atom], place: int) -> bool:
    """Tell whether a run stands directly against an unreadable place: `?NONE` is a number, and not a word."""
    run = atoms[place]
    signs = (*UNREAD, Kind.SQUARE)
    before = place > 0 and atoms[place - 1].kind in signs and atoms[place - 1].end == run.start
    after = place + 1 < len(atoms) and atoms[place + 1].kind in signs and atoms[place + 1].start == run.end
    return before or after
