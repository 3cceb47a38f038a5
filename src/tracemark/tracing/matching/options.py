import re
from collections.abc import Sequence

from tracemark.marking import fold_serial, look_alike
from tracemark.tracing.matching.atoms import Atom, Kind
from tracemark.tracing.matching.readings import Place, written_places
from tracemark.tracing.matching.splitting import width
from tracemark.tracing.matching.vocabulary import Sort

_EITHER_IN_BRACKETS = re.compile(r"[^\W_](?:\s*[/|,]\s*[^\W_])+")
_WHOLE_NUMBER = 5
_MOST_DIFFERENT = 2


def is_whole(word: str) -> bool:
    return len(fold_serial(word)) >= _WHOLE_NUMBER and any(map(str.isdigit, word))


def option_follows(atoms: Sequence[Atom], place: int) -> bool:
    """Tell whether "or" and another run stand behind a run."""
    if place + 2 >= len(atoms) or atoms[place].kind is not Kind.RUN or atoms[place + 2].kind is not Kind.RUN:
        return False
    meaning = atoms[place + 1].meaning
    return meaning is not None and meaning.sort is Sort.OR


def merged_numbers(lists: Sequence[list[Place]], span: tuple[int, int]) -> list[Place] | None:
    """Merge numbers that are alternatives, place by place; None where they differ in length or in too many places."""
    if len({len(each) for each in lists}) != 1:
        return None
    columns = list(zip(*lists, strict=True))
    different = sum(len({place.allowed for place in column}) > 1 for column in columns)
    if different > _MOST_DIFFERENT or (len(columns) > 1 and different == len(columns)):
        return None
    return [either_of(column, span) for column in columns]


def met_numbers(lists: Sequence[list[Place]], span: tuple[int, int]) -> list[Place] | None:
    """Join `A0 or O7` where the signs beside the word look alike, as A[0O]7; None where they do not."""
    left, right = lists[0], lists[-1]
    signs = [place.written for place in (*left[-1:], *right[:1])]
    if len(lists) != len(signs) or not all(signs) or not look_alike(signs[0][0], signs[1][0]):
        return None
    return [*left[:-1], either_of([left[-1], right[0]], span), *right[1:]]


def either_of(places: Sequence[Place], span: tuple[int, int]) -> Place:
    """Return the place that may be any of these."""
    if any(not place.allowed for place in places):
        return Place(span=span)
    signs = {place.allowed: place.written[0] for place in reversed(places)}
    allowed = sorted(signs)
    return Place("".join(allowed), written=tuple(signs[each] for each in allowed), span=span)


def options_within(atom: Atom, text: str) -> Place | None:
    """Return the place that `(0/O)`, `(0,O)` or `(0 or O)` stands for; None where it is something else."""
    runs = [each for each in atom.inner if each.kind in {Kind.RUN, Kind.EITHER}]
    words = [each for each in atom.inner if each.kind is Kind.WORD]
    joined = len(words) == len(runs) - 1 and all(each.meaning and each.meaning.sort is Sort.OR for each in words)
    listed = _EITHER_IN_BRACKETS.fullmatch(width(atom.value)) is not None
    if not (listed or (words and joined and len(runs) + len(words) == len(atom.inner))):
        return None
    signs = [at for run in runs for at in range(run.start, run.end) if text[at].isalnum()]
    places = [written_places(text, at, at + 1) for at in signs]
    if any(len(each) != 1 for each in places) or (joined and words and len(signs) != len(runs)):
        return None
    return either_of([each[0] for each in places], (atom.start, atom.end))
