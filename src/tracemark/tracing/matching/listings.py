"""Figures that name places, "digits 2 and 4", and places counted behind a number, "then 4 digits"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tracemark.tracing.matching.annotations import colon_behind, counted
from tracemark.tracing.matching.atoms import Atom, Kind, touches_sign
from tracemark.tracing.matching.vocabulary import Meaning, Sort, folded_word, vocabulary

_FIRST = 1
_SEVERAL = 2
_ARABIC_AND = "و"
_JOINING = "&+"


def listed(atoms: Sequence[Atom], text: str) -> list[Atom]:
    """Take figures in a list for the places they name, and "then" for "followed by" where places are counted."""
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        several = _places(atoms, place, text) if _begins(atoms, place, found) else []
        if several:
            found += several
            place = next(at for at, atom in enumerate(atoms) if atom.end == several[-1].end) + 1
            continue
        found.append(_then(atoms, place, text))
        place += 1
    return found


def _begins(atoms: Sequence[Atom], place: int, before: Sequence[Atom]) -> bool:
    """Tell whether a list of places may begin at an atom: behind "digits", no count of them, or with 第2."""
    if _is_place(atoms[place]):
        return True
    counted_before = len(before) >= _SEVERAL and (
        before[-2].kind is Kind.RUN or _sort(before[-2]) in {Sort.POSITION, Sort.NUMBER, Sort.AROUND}
    )
    return bool(before) and _sort(before[-1]) is Sort.UNIT and not counted_before


def _places(atoms: Sequence[Atom], place: int, text: str) -> list[Atom]:
    """Return a list of places that begins at an atom, each figure as the place it names; nothing where it is none."""
    found = list(_list(atoms, place, text))
    named = [_ordinal(atom) for atom in found if _sort(atom) is Sort.POSITION]
    rising = len(named) >= _SEVERAL and all(one < other for one, other in pairwise(named))
    if not rising or _sort(found[-1]) is not Sort.POSITION or found == list(atoms[place : place + len(found)]):
        return []
    last = next(at for at, atom in enumerate(atoms) if atom.end == found[-1].end)
    following = atoms[last + 1] if last + 1 < len(atoms) else None
    if _is_place(atoms[place]):
        return found if following and _sort(following) is Sort.UNIT else []
    return found if (following and following.kind is Kind.WORD) or colon_behind(atoms[last], text) else []


def _list(atoms: Sequence[Atom], place: int, text: str) -> Iterator[Atom]:
    """Yield figures as places, and what joins them, as far as they follow one another."""
    due = True
    for at in range(place, len(atoms)):
        atom = atoms[at]
        if not due and (atom.kind is Kind.COMMA or _joins(atom, text)):
            due = True
            yield atom if atom.kind is Kind.COMMA else replace(atom, kind=Kind.WORD, meaning=Meaning(Sort.AND))
            continue
        begins = atom.start + 1 if not due and text[atom.start] == _ARABIC_AND else atom.start
        if begins > atom.start:
            yield Atom(Kind.WORD, atom.start, begins, Meaning(Sort.AND))
            due = True
        due = due or any(sign in text[atoms[at - 1].end : atom.start] for sign in _JOINING)
        if not due or not (_is_place(atom) or _is_figure(atoms, at, text[begins : atom.end])):
            return
        due = False
        yield atom if _is_place(atom) else _named(replace(atom, start=begins), text)


def _named(atom: Atom, text: str) -> Atom:
    number = counted(text[atom.start : atom.end])
    return replace(atom, kind=Kind.WORD, meaning=Meaning(Sort.POSITION, "head" if number == _FIRST else str(number)))


def _is_figure(atoms: Sequence[Atom], place: int, figure: str) -> bool:
    return atoms[place].kind is Kind.RUN and not touches_sign(atoms, place) and counted(figure) > 0


def _is_place(atom: Atom) -> bool:
    return _sort(atom) is Sort.POSITION and atom.meaning is not None and atom.meaning.value.isdigit()


def _ordinal(atom: Atom) -> int:
    return int(atom.meaning.value) if atom.meaning and atom.meaning.value.isdigit() else _FIRST


def _joins(atom: Atom, text: str) -> bool:
    """Tell whether an atom is a word for "and"; short ones between figures may have been left as letters."""
    meaning = _meaning(atom, text)
    return atom.kind in {Kind.WORD, Kind.RUN} and meaning is not None and meaning.sort is Sort.AND


def _then(atoms: Sequence[Atom], place: int, text: str) -> Atom:
    """Take a word such as "then" for "followed by" where a count of places follows, otherwise as saying nothing."""
    atom = atoms[place]
    said = _meaning(atom, text)
    if atom.kind not in {Kind.WORD, Kind.RUN} or said is None or said.sort is not Sort.THEN:
        return atom
    if place and _counts_what_follows(atoms[place + 1 : place + 4], text):
        return replace(atom, kind=Kind.WORD, meaning=Meaning(Sort.POSITION, "following"))
    return replace(atom, meaning=Meaning(Sort.FILLER)) if atom.kind is Kind.WORD else atom


def _counts_what_follows(atoms: Sequence[Atom], text: str) -> bool:
    """Tell whether atoms begin with a count of places, legible or not: "4 digits", "four illegible digits"."""
    counts = bool(atoms) and (
        _sort(atoms[0]) is Sort.NUMBER or _is_figure(atoms, 0, text[atoms[0].start : atoms[0].end])
    )
    unread = len(atoms) > _FIRST and _sort(atoms[1]) in {Sort.UNREAD, Sort.DAMAGE}
    return counts and any(_sort(each) is Sort.UNIT for each in atoms[1 + unread : 2 + unread])


def _meaning(atom: Atom, text: str) -> Meaning | None:
    """Return what a word means, also one so short that it was left as letters."""
    return atom.meaning or vocabulary().get((folded_word(text[atom.start : atom.end]),))


def _sort(atom: Atom) -> Sort | None:
    return atom.meaning.sort if atom.meaning else None
