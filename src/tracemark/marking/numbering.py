import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracemark.kernel import Finding, Plain, Refused, cite
from tracemark.marking.checks import CheckSystem, check_characters

_UNIQUE = cite("ITI 8(a)")


class NumbersRefused(Refused):
    """Numbers overlap, were used before, lie outside their block, or are too few. Source: ITI 8(a)."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """How numbers are written: prefix, digits padded with zeros, check characters after a hyphen: `XT26-0001234-K`.

    Raises:
        ValueError: there are no digits, or the check does not cover the prefix.
    """

    prefix: str = ""
    digits: int = 7
    check: CheckSystem = CheckSystem.NONE

    def __post_init__(self) -> None:
        if self.digits < 1:
            raise ValueError(f"a number needs at least one digit, not {self.digits}")
        check_characters(self.check, self._bare(0))

    def write(self, number: int) -> str:
        """Write a number as it is stamped.

        Raises:
            ValueError: the number is negative or has more digits than the scheme.
        """
        if not 0 <= number < self._past:
            raise ValueError(f"number {number} does not fit into {self.digits} digits")
        check = check_characters(self.check, self._bare(number))
        return f"{self.prefix}{number:0{self.digits}d}" + (f"-{check}" if check else "")

    def read(self, text: str) -> int:
        """Read what `write` wrote.

        Raises:
            ValueError: the prefix, the number of digits or the check characters are not those of the scheme.
        """
        written = text.strip().upper() if self.prefix == self.prefix.upper() else text.strip()
        found = re.fullmatch(rf"{re.escape(self.prefix.lstrip())}([0-9]{{{self.digits}}})(?:-[0-9A-Z]+)?", written)
        if not found:
            raise ValueError(f"{text!r} is not written as {self.write(0)!r}")
        number = int(found[1])
        if written != self.write(number).lstrip():
            raise ValueError(f"the check characters of {text!r} are wrong: a character was misread or miswritten")
        return number

    @property
    def stem(self) -> tuple[str, int]:
        """What keeps two schemes apart: the prefix without separators and final digits, and the digits in all.

        `XT2` with 8 digits and `XT26-` with 7 write the same numbers, so they have the same stem.
        """
        bare = _separators_out(self.prefix)
        letters = bare.rstrip("0123456789")
        return letters, len(bare) - len(letters) + self.digits

    @property
    def offset(self) -> int:
        """What the final digits of the prefix add to a number, counted within the stem."""
        bare = _separators_out(self.prefix)
        return int(bare[len(bare.rstrip("0123456789")) :] or 0) * self._past

    @property
    def _past(self) -> int:
        return int(10**self.digits)

    def _bare(self, number: int) -> str:
        return f"{_separators_out(self.prefix)}{number:0{self.digits}d}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The numbers from `first` to `last`, both included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"no span of numbers: {self.first} to {self.last}")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers allocated to a maker or a national marking office.

    Raises:
        ValueError: first and last are in the wrong order or do not fit the scheme.
    """

    holder: str
    scheme: Scheme
    first: int
    last: int
    allocated_on: date
    purpose: str = ""

    def __post_init__(self) -> None:
        self.scheme.write(self.span.last)

    @property
    def span(self) -> Span:
        return Span(self.first, self.last)

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last


def allocate(block: Block, allocated: Iterable[Block]) -> Block:
    """Return the block, once it is certain that no number of it is another's.

    Raises:
        NumbersRefused: `marking.numbers_overlap`, one finding for each block it runs into.
    """
    if found := overlaps(block, allocated):
        raise NumbersRefused(found)
    return block


def overlaps(block: Block, allocated: Iterable[Block]) -> list[Finding]:
    """Return `marking.numbers_overlap` for each of the allocated blocks that the block runs into."""
    return [finding for other in allocated for finding in _overlap(block, other)]


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same numbers as spans in order that neither overlap nor touch."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.first <= merged[-1].last + 1:
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return tuple(merged)


def gaps(block: Block, used: Sequence[Span]) -> tuple[Span, ...]:
    """Return the numbers of the block that are not used. `used` is in order, as `merge_spans` gives it."""
    free: list[Span] = []
    start = block.first
    for span in used:
        if span.last < block.first or span.first > block.last:
            continue
        if span.first > start:
            free.append(Span(start, span.first - 1))
        start = max(start, span.last + 1)
    return (*free, Span(start, block.last)) if start <= block.last else tuple(free)


def skipped(block: Block, used: Sequence[Span]) -> tuple[Span, ...]:
    """Return the gaps below the highest used number: numbers that were passed over, or stamped and not recorded."""
    following = next_number(block, used)
    return tuple(gap for gap in gaps(block, used) if gap.last < following)


def next_number(block: Block, used: Sequence[Span]) -> int:
    """Return the number after the highest used one; `last` + 1 where the block is used up.

    A gap is never filled: nobody knows that its numbers stand on no weapon.
    """
    within = [span.last for span in used if span.first <= block.last and span.last >= block.first]
    return min(max(within, default=block.first - 1), block.last) + 1


def take_numbers(block: Block, used: Sequence[Span], count: int) -> Span:
    """Return the next `count` numbers of the block, without marking them used: `use_numbers` does that.

    Raises:
        NumbersRefused: `marking.block_exhausted`, too few are left.
        ValueError: `count` is not at least 1.
    """
    first = next_number(block, used)
    left = block.last - first + 1
    if count > left:
        raise _refused("marking.block_exhausted", {"holder": block.holder, "asked": count, "left": left})
    return Span(first, first + count - 1)


def use_numbers(block: Block, used: Sequence[Span], span: Span) -> tuple[Span, ...]:
    """Return the used numbers with `span` added.

    Raises:
        NumbersRefused: `marking.number_outside_block` or `marking.number_reused`.
    """
    if span.first not in block or span.last not in block:
        outside: dict[str, Plain] = {"holder": block.holder, "first": span.first, "last": span.last}
        raise _refused("marking.number_outside_block", outside)
    place = bisect_right(used, span)
    beside = used[max(place - 1, 0) : place + 1]
    again = [_shared(span, other) for other in beside if span.first <= other.last and other.first <= span.last]
    if again:
        raise NumbersRefused([Finding("marking.number_reused", _UNIQUE, _written(block, each)) for each in again])
    return merge_spans((*used, span))


def _overlap(block: Block, other: Block) -> list[Finding]:
    if block.scheme.stem != other.scheme.stem:
        return []
    left, right = block.scheme.offset, other.scheme.offset
    first = max(block.first + left, other.first + right)
    last = min(block.last + left, other.last + right)
    if first > last:
        return []
    shared = _written(block, Span(first - left, last - left))
    return [Finding("marking.numbers_overlap", _UNIQUE, {"holder": block.holder, "held_by": other.holder, **shared})]


def _refused(code: str, facts: Mapping[str, Plain]) -> NumbersRefused:
    return NumbersRefused([Finding(code, _UNIQUE, facts)])


def _shared(left: Span, right: Span) -> Span:
    return Span(max(left.first, right.first), min(left.last, right.last))


def _written(block: Block, span: Span) -> dict[str, Plain]:
    return {"first": block.scheme.write(span.first), "last": block.scheme.write(span.last)}


def _separators_out(prefix: str) -> str:
    return "".join(character for character in prefix if character.isalnum())
