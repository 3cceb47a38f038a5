"""Which words of a text are words and which are letters of a number: LA 4567 is a number, "la carcasse" is not."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracemark.marking import Script, look_alike, script_of
from tracemark.tracing.matching.atoms import UNREAD, Atom, Kind, touches_sign
from tracemark.tracing.matching.vocabulary import Meaning, Sort, abbreviations

_MOST_WEAK = 3
_LONG_RUN = {Script.ARABIC: 3, Script.HAN: 2}
_LONG_OTHERWISE = 5
_LONG_SMALL = 3
_LONG_BESIDE_WORDS = 4
_LONG_INBRACKETS = 2


def settled(atoms: list[Atom], text: str, *, inside: bool) -> list[Atom]:
    """Take short words for what they say only where other words stand beside them: LA 4567 is a number."""
    numbers = any(each.kind in {Kind.RUN, Kind.QUOTE, *UNREAD} for each in atoms)
    alone = inside or not numbers
    certain = [
        each.kind is Kind.WORD and (not _weak(each, text) or (alone and _stands_alone(each, text))) for each in atoms
    ]
    asked = deque(range(len(atoms)))
    while asked:
        place = asked.popleft()
        if atoms[place].kind is Kind.WORD and not certain[place] and _vouched(atoms, certain, place, text):
            certain[place] = True
            asked.extend(near for near in (place - 2, place - 1, place + 1) if 0 <= near < len(atoms))
    return [
        replace(atom, kind=Kind.RUN, meaning=None) if atom.kind is Kind.WORD and not sure else atom
        for atom, sure in zip(atoms, certain, strict=True)
    ]


def _weak(atom: Atom, text: str) -> bool:
    word = text[atom.start : atom.end]
    return (
        word.casefold() not in abbreviations()
        and (_is_figured(word) or (word.isalpha() and len(word) <= _MOST_WEAK))
        and script_of(word) is not Script.HAN
    )


def _is_figured(word: str) -> bool:
    """Tell whether a word holds a figure, as 3rd does: so may a number."""
    return any(map(str.isdigit, word))


def _stands_alone(atom: Atom, text: str) -> bool:
    """Tell whether a short word says something without other words: "nil" does, "O" and "or" do not."""
    word = text[atom.start : atom.end]
    joins = atom.meaning is not None and atom.meaning.sort in {Sort.OR, Sort.AND}
    return not (joins or _is_figured(word) or (len(word) == 1 and word.isupper()))


def _vouched(atoms: Sequence[Atom], certain: Sequence[bool], place: int, text: str) -> bool:
    atom = atoms[place]
    word = text[atom.start : atom.end]
    if atom.meaning and atom.meaning.sort in {Sort.OR, Sort.AND}:
        between = 0 < place < len(atoms) - 1 and not word.isupper()
        return between and text[atom.start - 1].isspace() and text[atom.end].isspace() and _joins(atoms, place, text)
    if _is_figured(word):
        return _of_places(atoms, certain, place)
    if len(word) == 1 and word.isupper():
        return False
    beside = [near for near in (place - 1, place + 1) if 0 <= near < len(atoms) and certain[near]]
    return any(
        word.islower() or text[atoms[near].start : atoms[near].end].isupper() or not word.isupper() for near in beside
    )


def _of_places(atoms: Sequence[Atom], certain: Sequence[bool], place: int) -> bool:
    """Tell whether a word such as 2nd stands before one for a place, or in a list before another such word."""
    following = atoms[place + 1].meaning if place + 1 < len(atoms) else None
    if following and following.sort is Sort.UNIT:
        return True
    joined = place + 1 < len(atoms) and (atoms[place + 1].kind is Kind.COMMA or _is_of(following, Sort.AND))
    last = place + 1 + joined
    return last < len(atoms) and certain[last] and _is_of(atoms[last].meaning, Sort.POSITION)


def _is_of(meaning: Meaning | None, sort: Sort) -> bool:
    return meaning is not None and meaning.sort is sort


def _joins(atoms: Sequence[Atom], place: int, text: str) -> bool:
    """Tell whether "o" or "y" between two runs joins them: single letters must look alike, lest they be spaced out."""
    left, right = atoms[place - 1], atoms[place + 1]
    if left.kind is not Kind.RUN or right.kind is not Kind.RUN:
        return True
    word = text[atoms[place].start : atoms[place].end]
    one, other = text[left.start : left.end], text[right.start : right.end]
    if len(one) == len(other) == 1:
        return len(word) > 1 or look_alike(one, other)
    return len(word) > 1 or min(len(one), len(other)) > 1


def least_small(atoms: Iterable[Atom], text: str) -> int:
    """Return from how many small letters on a run is rather a word: fewer where capitals or known words stand by."""
    written = [(each.kind, text[each.start : each.end]) for each in atoms]
    if any(each.isupper() for kind, word in written if kind is Kind.RUN for each in word):
        return _LONG_SMALL
    worded = any(kind is Kind.WORD and word.islower() for kind, word in written)
    return _LONG_BESIDE_WORDS if worded else _LONG_OTHERWISE


def judged(place: int, atoms: Sequence[Atom], text: str, *, inside: bool, small: int) -> Atom:
    """Return a run that is rather a word as `STRANGE`; `small` is from how many small letters on."""
    atom = atoms[place]
    word = text[atom.start : atom.end]
    if atom.kind is not Kind.RUN or not word.isalpha() or touches_sign(atoms, place):
        return atom
    script = script_of(word)
    length = len(word)
    if script is Script.HAN:
        length = _neighbours(place, atoms, text)
    least = _LONG_RUN.get(script, _LONG_OTHERWISE)
    if word.islower() and script is not Script.HAN:
        least = min(least, small)
    if inside:
        least = min(least, _LONG_INBRACKETS)
    return replace(atom, kind=Kind.STRANGE) if length >= least and script is not Script.NONE else atom


def _neighbours(place: int, atoms: Sequence[Atom], text: str) -> int:
    """Count the Chinese characters without a meaning that stand together, as far as it takes to tell a word."""
    first = last = place
    near = _LONG_OTHERWISE
    while first > max(0, place - near) and _beside(atoms[first - 1], atoms[first], text):
        first -= 1
    while last + 1 < min(len(atoms), place + near) and _beside(atoms[last], atoms[last + 1], text):
        last += 1
    return last - first + 1


def _beside(one: Atom, other: Atom, text: str) -> bool:
    both = (one, other)
    han = all(each.kind is Kind.RUN and script_of(text[each.start]) is Script.HAN for each in both)
    return han and one.end == other.start and not any(text[each.start].isnumeric() for each in both)
