import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracemark.marking import digit_of
from tracemark.tracing.matching.atoms import Atom, Kind, touches_sign
from tracemark.tracing.matching.readings import Means
from tracemark.tracing.matching.vocabulary import Meaning, Sort, folded_word

_MOST_COUNTED = 12
"""More places than this nobody counts in words: a longer figure is part of a number."""

_SEVERAL = 2
_JOINING = "/&+"
_COLON = re.compile(r"\s*[:：]")

_LEADING = frozenset(
    {
        Sort.POSITION,
        Sort.UNIT,
        Sort.NUMBER,
        Sort.METHOD,
        Sort.PART,
        Sort.LABEL,
        Sort.SURE,
        Sort.AND,
        Sort.FILLER,
        Sort.DOUBT,
        Sort.AROUND,
    }
)

_AFFIXES = {"prefix": "head", "suffix": "tail", "following": "tail"}

_LABELS = frozenset({"sn", "no", "nr", "ser", "num", "reg", "mat"})
"""Short for "number"; in front of a number without a point they may as well be its first letters."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What words beside a number, or in brackets behind it, say together.

    `position` is head, tail, middle, the number of a place such as 3, or "", `count` the number of places spoken of, 0
    where none is said. An `affix` is a part of the number that is told apart from the rest, as a prefix is; one that
    `follows` stands directly behind what was written before.
    """

    start: int
    end: int
    sorts: frozenset[Sort]
    part: str = ""
    means: Means = Means.NOT_SAID
    position: str = ""
    count: int = 0
    affix: bool = False
    follows: bool = False

    @property
    def ordinal(self) -> int:
        """The number of the one place it speaks of, from 1; 0 where it speaks of none or of several."""
        return int(self.position) if self.position.isdigit() else 0

    @property
    def told_apart(self) -> bool:
        """Whether a number behind it, and a comma, is the whole: "prefix AB, 4471", "third digit 7 or 1, 4471"."""
        return self.affix or bool(self.ordinal) or bool(self.count and Sort.UNIT in self.sorts)

    @property
    def extent(self) -> bool:
        """Whether it says which or how many places it speaks of."""
        return bool(self.position or (self.count and self.sorts & {Sort.UNIT, Sort.UNREAD, Sort.DAMAGE}))

    @property
    def leads(self) -> bool:
        """Whether a number behind it is one end of the whole: "ends in 4471", "last four digits restored: 4471"."""
        return (self.position in {"head", "tail"} or bool(self.ordinal)) and self.sorts <= _LEADING

    @property
    def empty(self) -> bool:
        """Whether it says that there is no number at all."""
        return bool(self.sorts & {Sort.ABSENT, Sort.PLACEHOLDER})


def annotation_of(atoms: Sequence[Atom], text: str) -> Annotation:
    """Return what words say together; a figure among them counts places."""
    means = [Means(value) for value in _values(atoms, Sort.METHOD)]
    exact = [each for each in means if each is not Means.REVEALED]
    counts = [int(value) for value in _values(atoms, Sort.NUMBER)] + [
        counted(text[atom.start : atom.end]) for atom in atoms if atom.kind is Kind.RUN
    ]
    position = next(iter(_values(atoms, Sort.POSITION)), "")
    return Annotation(
        start=atoms[0].start,
        end=atoms[-1].end,
        sorts=frozenset(atom.meaning.sort for atom in atoms if atom.meaning),
        part=next(iter(_values(atoms, Sort.PART)), ""),
        means=next(iter(exact or means), Means.NOT_SAID),
        position=_AFFIXES.get(position, position),
        count=next(filter(None, counts), int("one" in _values(atoms, Sort.UNIT))),
        affix=position in _AFFIXES,
        follows=position == "following",
    )


def doubts_only(atoms: Sequence[Atom]) -> bool:
    """Tell whether words doubt a number and say nothing else."""
    sorts = {each.meaning.sort for each in atoms if each.meaning}
    return Sort.DOUBT in sorts <= {Sort.DOUBT, Sort.FILLER}


def of_the_next(atoms: Sequence[Atom]) -> bool:
    """Tell whether words between a comma and a number are about that number: "4471, barrel 99", "4471, maybe 4477"."""
    sorts = {each.meaning.sort for each in atoms if each.meaning}
    return doubts_only(atoms) or Sort.PART in sorts <= {Sort.PART, Sort.LABEL, Sort.FILLER}


def names_a_place(words: Sequence[Atom], atoms: Sequence[Atom], place: int, text: str) -> bool:
    """Tell whether the figure behind "digit" may say which digit is meant, or be the number."""
    said, run = annotation_of(words, text), atoms[place]
    alone = place + 1 == len(atoms) or atoms[place + 1].start > run.end
    unit = words[-1].meaning is not None and words[-1].meaning.sort is Sort.UNIT
    return unit and alone and not said.position and said.count <= 1 and counted(text[run.start : run.end]) > 0


def annotations_of(atoms: Sequence[Atom], text: str) -> list[Annotation]:
    """Return what words say: of each of several parts that bear nothing legible, of either end, or all in one."""
    whole = annotation_of(atoms, text)
    parts = dict.fromkeys(_values(atoms, Sort.PART))
    bare = whole.empty or bool(whole.sorts & {Sort.UNREAD, Sort.DAMAGE})
    if len(parts) >= _SEVERAL and bare and not whole.extent:
        return [replace(whole, part=each) for each in parts]
    return each_end(atoms, text)


def each_end(atoms: Sequence[Atom], text: str) -> list[Annotation]:
    """Return what words say together, but of each end or place: "first two and last three digits illegible"."""
    whole = annotation_of(atoms, text)
    told = [place for place, atom in enumerate(atoms) if _values([atom], Sort.POSITION)]
    cuts = [cut for one, other in pairwise(told) for cut in _cut(atoms, one, other)]
    if not cuts:
        return [whole]
    bounds = pairwise([(0, 0), *cuts, (len(atoms), len(atoms))])
    several = [annotation_of(atoms[begun:end], text) for (_, begun), (end, _) in bounds]
    return [replace(each, sorts=whole.sorts - {Sort.AND}, part=whole.part, means=whole.means) for each in several]


def _cut(atoms: Sequence[Atom], one: int, other: int) -> list[tuple[int, int]]:
    """Return where words about one place or end stop, and those about another begin; none where all are about one."""
    said = [_AFFIXES.get(each, each) for each in _values([atoms[one], atoms[other]], Sort.POSITION)]
    joined = [place for place in range(max(one, 1), other) if _sort(atoms, place) is Sort.AND][:1]
    if said[0] == said[1]:
        return []
    if not joined and other == one + 1 and all(map(str.isdigit, said)):
        return [(other, other)]
    return [(place, place + 1) for place in joined]


def lists_places(atoms: Sequence[Atom], place: int) -> bool:
    """Tell whether a comma stands between two words such as 2nd and 4th."""
    beside = [_values(atoms[near : near + 1], Sort.POSITION) for near in (place - 1, place + 1) if near > 0]
    return atoms[place].kind is Kind.COMMA and all(each and each[0].isdigit() for each in beside)


def parts_alike(atoms: Sequence[Atom], text: str) -> tuple[str, ...]:
    """Return the further parts that words say bear the same number as the first: "barrel and frame 4471"."""
    parts = tuple(dict.fromkeys(_values(atoms, Sort.PART)))
    joined = any(each.meaning and each.meaning.sort is Sort.AND for each in atoms[1:-1])
    between = text[atoms[0].end : atoms[-1].start]
    return parts[1:] if joined or any(sign in between for sign in _JOINING) else ()


def parts_apart(atoms: Sequence[Atom]) -> int:
    """Return where words between two numbers turn to the second, as in "4471 on the slide and frame 99"; 0 nowhere."""
    for place, atom in enumerate(atoms):
        if atom.meaning and atom.meaning.sort is Sort.AND:
            halves = [_values(each, Sort.PART) for each in (atoms[:place], atoms[place + 1 :])]
            return place + 1 if all(halves) else 0
    return 0


def is_label(text: str, atoms: Sequence[Atom], place: int) -> bool:
    """Tell whether a run is short for "number" and stands, with a space, before one."""
    run = atoms[place]
    following = atoms[place + 1] if place + 1 < len(atoms) else None
    if folded_word(text[run.start : run.end]) not in _LABELS or following is None or following.kind is not Kind.RUN:
        return False
    spaced = text[run.end : following.start].isspace()
    return spaced and any(map(str.isdigit, text[following.start : following.end]))


def is_around(atom: Atom) -> bool:
    return atom.meaning is not None and atom.meaning.sort is Sort.AROUND


def ends_words(atoms: Sequence[Atom], place: int, text: str) -> bool:
    """Tell whether another sentence begins at an atom, or a word about what follows it."""
    if place >= len(atoms):
        return True
    counts = _sort(atoms, place) in {Sort.NUMBER, Sort.UNIT}
    opens = opens_what_follows(atoms[place], text) and not counts and _sort(atoms, place - 1) is not Sort.AND
    return opens or ". " in text[atoms[place - 1].end : atoms[place].start]


def opens_what_follows(atom: Atom, text: str) -> bool:
    """Tell whether a colon behind a word says that it is about what follows."""
    return atom.kind is Kind.WORD and colon_behind(atom, text)


def colon_behind(atom: Atom, text: str) -> bool:
    return _COLON.match(text, atom.end) is not None


def counted(figure: str) -> int:
    """Return the number of places a figure such as 3 or 三 counts; 0 where it is no such figure."""
    if len(figure) > len(str(_MOST_COUNTED)):
        return 0
    digits = "".join(map(digit_of, figure))
    return int(digits) if len(digits) == len(figure) and digits and int(digits) <= _MOST_COUNTED else 0


def counts_places(atoms: Sequence[Atom], place: int, text: str) -> bool:
    """Tell whether a run is no part of a number, but counts places: "last 3 digits", "3 derniers chiffres"."""
    run = atoms[place]
    if run.kind is not Kind.RUN or touches_sign(atoms, place) or not counted(text[run.start : run.end]):
        return False
    before = _meaning(atoms, place - 1)
    after = _meaning(atoms, place + 1)
    if after and after.value.isdigit():
        return False
    if after and after.sort in {Sort.UNIT, Sort.POSITION}:
        return after.sort is Sort.UNIT or _sort(atoms, place + 2) is Sort.UNIT
    return bool(before and before.sort is Sort.POSITION and (after or colon_behind(atoms[place], text)))


def figures_counting(atom: Atom, text: str) -> list[Atom]:
    """Return the one figure in a bracket, where words beside it say that it counts places."""
    runs = [each for each in atom.inner if each.kind is Kind.RUN]
    sorts = {each.meaning.sort for each in atom.inner if each.meaning}
    counts = len(runs) == 1 and bool(counted(text[runs[0].start : runs[0].end]))
    return runs if counts and sorts & {Sort.UNIT, Sort.UNREAD, Sort.DAMAGE} and Sort.OR not in sorts else []


def _meaning(atoms: Sequence[Atom], place: int) -> Meaning | None:
    return atoms[place].meaning if 0 <= place < len(atoms) else None


def _sort(atoms: Sequence[Atom], place: int) -> Sort | None:
    meaning = _meaning(atoms, place)
    return meaning.sort if meaning else None


def _values(atoms: Sequence[Atom], sort: Sort) -> list[str]:
    return [atom.meaning.value for atom in atoms if atom.meaning and atom.meaning.sort is sort]
