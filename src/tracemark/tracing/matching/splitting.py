"""Splitting an examiner's text into what it falls into."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from tracemark.marking import Script, look_alike, script_of
from tracemark.tracing.matching.atoms import Atom, Kind, touches_sign
from tracemark.tracing.matching.brackets import BRACKETS, QUOTES, last_of, partners
from tracemark.tracing.matching.listings import listed
from tracemark.tracing.matching.readings import plain
from tracemark.tracing.matching.settling import judged, least_small, settled
from tracemark.tracing.matching.symbols import find_symbol
from tracemark.tracing.matching.vocabulary import (
    Meaning,
    Sort,
    abbreviations,
    folded_word,
    longest_phrase,
    vocabulary,
)

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
_MOST_OPTIONS = 4
_ORDINAL = "第"


@lru_cache(maxsize=1)
def width(text: str) -> str:
    """Return the text with full-width and Arabic signs as plain ones, each at its own position."""
    return "".join(map(_narrow, text))


def atoms_of(text: str, start: int, end: int, *, words: bool = True, inside: bool = False) -> list[Atom]:
    """Split part of a text. Without `words`, letters are letters; `inside` brackets they are rather a word."""
    raw = list(_raw(text, width(text), start, end, words=words))
    if not words:
        return raw
    known = listed(settled(list(_with_words(text, raw)), text, inside=inside), text)
    least = least_small(known, text)
    return [judged(place, known, text, inside=inside, small=least) for place in range(len(known))]


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
    """Part Chinese from what stands against it: nobody writes spaces there. 第3, the third, stays together."""
    if atom.kind is not Kind.RUN:
        yield atom
        return
    begun = atom.start
    for place in range(atom.start + 1, atom.end):
        apart = (script_of(text[place]) is Script.HAN) != (script_of(text[place - 1]) is Script.HAN)
        if apart and text[place - 1] != _ORDINAL:
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
        if atom.kind is not Kind.RUN or touches_sign(atoms, place + number):
            break
        between = text[atoms[place + number - 1].end : atom.start] if words else ""
        # 2-й is the second, but 2 и begins a list.
        if not _JOINED.fullmatch(between) or (between.isspace() and words[-1].isdigit()):
            break
        words.append(folded_word(text[atom.start : atom.end]))
        meaning = vocabulary().get(tuple(words))
        if meaning:
            best = (number + 1, meaning)
    return best


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
