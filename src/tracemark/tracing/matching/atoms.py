"""What an examiner's text falls into: runs of letters and digits, signs, brackets, quotations, words that are known.

Each keeps where it stands in the text, so that nothing can be lost between here and the reading.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache, lru_cache

from tracemark.marking import Script, look_alike, script_of
from tracemark.tracing.matching.brackets import BRACKETS, QUOTES, last_of, partners
from tracemark.tracing.matching.readings import plain
from tracemark.tracing.matching.symbols import find_symbol
from tracemark.tracing.matching.vocabulary import (
    Meaning,
    Sort,
    abbreviations,
    folded_word,
    longest_phrase,
    vocabulary,
)


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

_SEPARATORS = {"،": ",", "、": ",", "؛": ";", "。": ";", "؟": "?", "٭": "*", "_": "_"}
_CLUSTER = r"[^\W_](?:[\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d])*"
_TOKENS = re.compile(
    rf"""(?P<either>(?<![^\W_])[^\W_][/|][^\W_](?![^\W_]))
    |(?P<run>(?:{_CLUSTER})+)
    |(?P<one>[?_□▢☐■◻●○◯]|(?<=[^\W_])\#|\#(?!\s*[^\W_]))
    |(?P<stars>\*(?:[ ]?\*)*)
    |(?P<many>…|\.{{2,}}|[-–—]{{2,}})
    |(?P<comma>,(?=\s|$))
    |(?P<break>[;\n\r])""",
    re.VERBOSE,
)
_LEGEND = re.compile(r"(?<![^\W_])(?P<sign>[^\W_]|[#\-.~])\s?=\s?(?P<words>[^;,\n()\[\]=]+)")
_HEAD = re.compile(r"(?P<word>[^\W_][^:=;,\n()\[\]]{0,24}?)\s{0,4}[:=]")
_NAME = re.compile(r"\s*(?P<name>[^;,\n()\[\]]+)")
_JOINED = re.compile(r"[ \t\-/'’.]{0,3}")
_MOST_WEAK = 3
_MOST_OPTIONS = 4
_LONG_RUN = {Script.ARABIC: 3, Script.HAN: 2}
_LONG_OTHERWISE = 5
_LONG_SMALL = 3
_LONG_BESIDE_WORDS = 4
_LONG_INBRACKETS = 2


@lru_cache(maxsize=1)
def width(text: str) -> str:
    """Return the text with full-width and Arabic signs as plain ones, each at its own position."""
    return "".join(map(_narrow, text))


def atoms_of(text: str, start: int, end: int, *, words: bool = True, inside: bool = False) -> list[Atom]:
    """Split part of a text. Without `words`, letters are letters; `inside` brackets they are rather a word."""
    raw = list(_raw(text, width(text), start, end, words=words))
    if not words:
        return raw
    known = _settled(list(_with_words(text, raw)), text, inside=inside)
    least = _least_small(known, text)
    return [_judged(place, known, text, inside=inside, small=least) for place in range(len(known))]


def atoms_within(atoms: Iterable[Atom]) -> Iterator[Atom]:
    """Yield every atom, with those that brackets hold."""
    for each in atoms:
        yield each
        yield from atoms_within(each.inner)


def is_worded(atom: Atom) -> bool:
    return any(each.kind in {Kind.WORD, Kind.LEGEND} for each in atom.inner)


def _narrow(character: str) -> str:
    if character in _SEPARATORS:
        return _SEPARATORS[character]
    single = plain(character)
    if len(single) != 1 or single.isalnum() or character.isalnum():
        return character
    return single


def _raw(text: str, flat: str, start: int, end: int, *, words: bool) -> Iterator[Atom]:
    position = start
    while position < end:
        atom = _next(text, flat, position, end, words=words)
        if atom is None:
            position += 1
            continue
        yield from _split(atom, text)
        position = max(atom.end, position + 1)


def _next(text: str, flat: str, position: int, end: int, *, words: bool) -> Atom | None:
    if words and (found := _named(text, flat, position, end) or _abbreviation(flat, position, end)):
        return found
    sign = flat[position]
    if sign in BRACKETS:
        return _bracket(text, flat, position, end, words=words)
    if words and sign in QUOTES:
        return _quotation(text, flat, position, end)
    if sign in BRACKETS.values():
        return Atom(Kind.STRAY, position, position + 1)
    if text[position] in "،、，":
        return Atom(Kind.COMMA, position, position + 1)
    token = _TOKENS.match(flat, position, end)
    return _token(text, token) if token else None


def _token(text: str, found: re.Match[str]) -> Atom:
    group = found.lastgroup or ""
    start, end = found.span()
    if group == "either" and not look_alike(text[start], text[end - 1]):
        return Atom(Kind.RUN, start, start + 1)
    if group == "stars":
        return Atom(Kind.STARS if found[0].count("*") > 1 else Kind.MANY, start, end)
    return Atom(Kind[group.upper()], start, end)


def _named(text: str, flat: str, position: int, end: int) -> Atom | None:
    """Return a legend such as `x = illegible`, or a sign that is named, such as `logo: star`."""
    found = _LEGEND.match(flat, position, end)
    if found:
        inner = atoms_of(text, found.start("words"), found.end("words"))
        if inner and all(each.kind is Kind.WORD for each in inner):
            return Atom(Kind.LEGEND, position, found.end("words"), inner=tuple(inner), value=text[position])
    return _symbol(flat, position, end)


def _symbol(flat: str, position: int, end: int) -> Atom | None:
    if position and flat[position - 1].isalnum():
        return None
    head = _HEAD.match(flat, position, end)
    if head is None or _meaning_of(head["word"]) != Meaning(Sort.LOGO):
        return None
    named = _NAME.match(flat, head.end(), end)
    if named is None:
        return None
    symbol = find_symbol(named["name"])
    return Atom(Kind.SYMBOL, position, named.end(), value=symbol.code if symbol else "")


def _meaning_of(words: str) -> Meaning | None:
    return vocabulary().get(tuple(filter(None, map(folded_word, re.split(r"[\s\-'’]+", words)))))


def _abbreviation(flat: str, position: int, end: int) -> Atom | None:
    if position and flat[position - 1].isalnum():
        return None
    for written, sort in abbreviations().items():
        after = position + len(written)
        whole = not written[-1].isalnum() or after >= end or not flat[after].isalnum()
        if after <= end and whole and flat[position:after].casefold() == written:
            return Atom(Kind.WORD, position, after, Meaning(sort))
    return None


def _bracket(text: str, flat: str, position: int, end: int, *, words: bool) -> Atom:
    place = partners(flat).get(position, end)
    if place >= end:
        return _unclosed(text, flat, position, end)
    kind = Kind.SQUARE if flat[position] == "[" else Kind.ROUND
    inner = atoms_of(text, position + 1, place, words=words, inside=True)
    return Atom(kind, position, place + 1, inner=tuple(inner), value=flat[position + 1 : place].strip())


def _unclosed(text: str, flat: str, position: int, end: int) -> Atom:
    """Return a bracket without a partner; a few characters against a square one were meant to stand in it."""
    run = _TOKENS.match(flat, position + 1, end)
    if flat[position] != "[" or run is None or run.lastgroup != "run" or len(run[0]) > _MOST_OPTIONS:
        return Atom(Kind.STRAY, position, position + 1)
    inner = atoms_of(text, *run.span(), words=False)
    return Atom(Kind.SQUARE, position, run.end(), inner=tuple(inner))


def _quotation(text: str, flat: str, position: int, end: int) -> Atom:
    closing = QUOTES[flat[position]]
    last = min(end, 1 + max(last_of(flat, each) for each in closing))
    for place in range(position + 1, last):
        if flat[place] in closing:
            inner = atoms_of(text, position + 1, place, words=False)
            return Atom(Kind.QUOTE, position, place + 1, inner=tuple(inner))
    return Atom(Kind.STRAY, position, position + 1)


def _split(atom: Atom, text: str) -> Iterator[Atom]:
    """Part Chinese from what stands against it: nobody writes spaces there."""
    if atom.kind is not Kind.RUN:
        yield atom
        return
    begun = atom.start
    for place in range(atom.start + 1, atom.end):
        if (script_of(text[place]) is Script.HAN) != (script_of(text[place - 1]) is Script.HAN):
            yield replace(atom, start=begun, end=place)
            begun = place
    yield replace(atom, start=begun)


def _with_words(text: str, atoms: Sequence[Atom]) -> Iterator[Atom]:
    place = 0
    while place < len(atoms):
        atom = atoms[place]
        if atom.kind is Kind.RUN and script_of(text[atom.start]) is Script.HAN:
            yield from _chinese(text, atom)
            place += 1
            continue
        length, meaning = _phrase(text, atoms, place)
        yield replace(atom, kind=Kind.WORD, end=atoms[place + length - 1].end, meaning=meaning) if meaning else atom
        place += max(length, 1)


def _phrase(text: str, atoms: Sequence[Atom], place: int) -> tuple[int, Meaning | None]:
    """Return the longest phrase that begins at an atom: of how many atoms, and what it means."""
    words: list[str] = []
    best: tuple[int, Meaning | None] = (0, None)
    for number, atom in enumerate(atoms[place : place + longest_phrase()]):
        if atom.kind is not Kind.RUN or _touches_sign(atoms, place + number):
            break
        if words and not _JOINED.fullmatch(text[atoms[place + number - 1].end : atom.start]):
            break
        words.append(folded_word(text[atom.start : atom.end]))
        meaning = vocabulary().get(tuple(words))
        if meaning:
            best = (number + 1, meaning)
    return best


def _touches_sign(atoms: Sequence[Atom], place: int) -> bool:
    """Tell whether a run stands directly against an unreadable place: `?NONE` is a number, and not a word."""
    run = atoms[place]
    signs = (*UNREAD, Kind.SQUARE)
    before = place > 0 and atoms[place - 1].kind in signs and atoms[place - 1].end == run.start
    after = place + 1 < len(atoms) and atoms[place + 1].kind in signs and atoms[place + 1].start == run.end
    return before or after


def _chinese(text: str, atom: Atom) -> Iterator[Atom]:
    place = atom.start
    while place < atom.end:
        for end in range(min(atom.end, place + _longest_chinese()), place, -1):
            meaning = vocabulary().get((folded_word(text[place:end]),))
            if meaning:
                yield Atom(Kind.WORD, place, end, meaning)
                break
        else:
            end = place + 1
            yield Atom(Kind.RUN, place, end)
        place = end


@cache
def _longest_chinese() -> int:
    return max(len(words[0]) for words in vocabulary() if script_of(words[0]) is Script.HAN)


def _settled(atoms: list[Atom], text: str, *, inside: bool) -> list[Atom]:
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
            asked.extend(near for near in (place - 1, place + 1) if 0 <= near < len(atoms))
    return [
        replace(atom, kind=Kind.RUN, meaning=None) if atom.kind is Kind.WORD and not sure else atom
        for atom, sure in zip(atoms, certain, strict=True)
    ]


def _weak(atom: Atom, text: str) -> bool:
    word = text[atom.start : atom.end]
    return (
        word.casefold() not in abbreviations()
        and word.isalpha()
        and len(word) <= _MOST_WEAK
        and script_of(word) is not Script.HAN
    )


def _stands_alone(atom: Atom, text: str) -> bool:
    """Tell whether a short word says something without other words: "nil" does, "O" and "or" do not."""
    joins = atom.meaning is not None and atom.meaning.sort in {Sort.OR, Sort.AND}
    return not joins and not (atom.end - atom.start == 1 and text[atom.start].isupper())


def _vouched(atoms: Sequence[Atom], certain: Sequence[bool], place: int, text: str) -> bool:
    atom = atoms[place]
    word = text[atom.start : atom.end]
    if atom.meaning and atom.meaning.sort in {Sort.OR, Sort.AND}:
        between = 0 < place < len(atoms) - 1 and not word.isupper()
        return between and text[atom.start - 1].isspace() and text[atom.end].isspace() and _joins(atoms, place, text)
    if len(word) == 1 and word.isupper():
        return False
    beside = [near for near in (place - 1, place + 1) if 0 <= near < len(atoms) and certain[near]]
    return any(
        word.islower() or text[atoms[near].start : atoms[near].end].isupper() or not word.isupper() for near in beside
    )


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


def _least_small(atoms: Iterable[Atom], text: str) -> int:
    """Return from how many small letters on a run is rather a word: fewer where capitals or known words stand by."""
    written = [(each.kind, text[each.start : each.end]) for each in atoms]
    if any(each.isupper() for kind, word in written if kind is Kind.RUN for each in word):
        return _LONG_SMALL
    worded = any(kind is Kind.WORD and word.islower() for kind, word in written)
    return _LONG_BESIDE_WORDS if worded else _LONG_OTHERWISE


def _judged(place: int, atoms: Sequence[Atom], text: str, *, inside: bool, small: int) -> Atom:
    """Return a run that is rather a word as `STRANGE`; `small` is from how many small letters on."""
    atom = atoms[place]
    word = text[atom.start : atom.end]
    if atom.kind is not Kind.RUN or not word.isalpha() or _touches_sign(atoms, place):
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
