from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Protocol

from tracemark.kernel import Finding, Plain, Refused, cite
from tracemark.marking import SERIAL_ALPHABET, Mark, complete_mark, fold_serial, keys_of
from tracemark.tracing.matching import Reading
from tracemark.weapons import Description

MOST_KEYS = 2_048
"""So many keys one question holds: `A?123?5` stands for 1,296."""

QUESTION_SIZES = (64, 512, MOST_KEYS)
"""A question is filled up to the next of these, so that its size tells no more than which of three it is."""

KEYS_PER_DAY = 4 * MOST_KEYS
"""So many keys, filling included, one node may ask another in 24 hours."""

_TRACED = cite("ITI 14")


class QuestionRefused(Refused):
    """A reading cannot be asked privately, or a node asked too much."""


@dataclass(frozen=True, slots=True)
class AskedPrivately:
    """That a node asked: its name, when (RFC 3339, UTC), and for how many keys. For which, nobody here can know."""

    asker: str
    at: str
    keys: int


class QuestionLog(Protocol):
    """Who asked privately, and for how many keys. Append-only."""

    def note(self, asked: AskedPrivately) -> None: ...

    def spent(self, asker: str, since: str) -> int:
        """How many keys a node asked since an instant. Takes the writer's lock when inside a transaction."""
        ...

    def newest(self, count: int) -> list[AskedPrivately]:
        """The last, newest first."""
        ...


def keys_of_marks(marks: Sequence[Mark], description: Description) -> set[str]:
    """Return the keys under which a weapon can be asked for: each numbered mark with its maker, and without.

    The maker is the one that the mark names, and the one that the register knows.
    """
    told = (form for each in marks for form in (each, complete_mark(replace(each, maker=""), description)))
    exact = {keys.exact for each in told if (keys := keys_of(each))}
    return exact | {_nameless(each) for each in exact}


def keys_of_reading(reading: Reading, maker: str = "") -> list[str]:
    """Return the keys of every number that a reading may stand for, in order; with the maker where it is known.

    Raises:
        QuestionRefused: nothing of it can be read, it leaves open how many places there are, or too many numbers.
    """
    if any(each.gap for each in reading.places) or not reading.legible:
        raise _refused("tracing.question_open", reading=reading.raw)
    allowed = [each.allowed or SERIAL_ALPHABET for each in reading.places]
    if (count := prod(map(len, allowed))) > MOST_KEYS:
        raise _refused("tracing.question_large", reading=reading.raw, keys=count, most=MOST_KEYS)
    folded = fold_serial(maker)
    return [f"{folded}:{''.join(each)}" for each in product(*allowed)]


def filled_size(keys: int) -> int:
    """Return up to how many keys a question of so many is filled.

    Raises:
        QuestionRefused: they are too many.
    """
    for size in QUESTION_SIZES:
        if keys <= size:
            return size
    raise _refused("tracing.question_large", reading="", keys=keys, most=MOST_KEYS)


def serial_of(key: str) -> str:
    """Return the folded serial of a key."""
    return key.partition(":")[2]


def require_share(asker: str, keys: int, spent: int) -> None:
    """Let pass a question of a node which asked for `spent` keys in the last 24 hours.

    Raises:
        QuestionRefused: it is too large, or the day's share is spent.
    """
    if keys not in QUESTION_SIZES:
        raise _refused("tracing.question_unfilled", keys=keys, sizes=list(QUESTION_SIZES))
    if spent + keys > KEYS_PER_DAY:
        raise _refused("tracing.question_share_spent", asker=asker, spent=spent, most=KEYS_PER_DAY)


def filling(count: int, draw: Iterator[bytes]) -> list[bytes]:
    """Return inputs that stand for no mark, drawn at random, to fill a question up; none can be a key."""
    return [b"\0" + next(draw) for _ in range(count)]


def _nameless(exact: str) -> str:
    return f":{serial_of(exact)}"


def _refused(code: str, **facts: Plain) -> QuestionRefused:
    return QuestionRefused([Finding(code, _TRACED, facts)])
