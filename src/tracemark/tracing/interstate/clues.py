from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracemark.kernel import Plain
from tracemark.marking import Mark, MarkKind
from tracemark.recordkeeping import EventKind, Step
from tracemark.tracing.cases import TraceRequest
from tracemark.tracing.interstate.requests import UNSENT, Because, StateRequest
from tracemark.weapons import Catalogue

REASONS_TO_ASK = ("told", "exported", "import_mark", "mark", "country", "maker")
"""The codes of reasons, the best first: who had the weapon last knows most."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What tells whom to ask about a recovered weapon.

    `own` is our State, `request` what is asked with what was read, `marks` are those of the recovered weapon, `life`
    its steps in our own register where an officer found it there, `made` the requests so far, and `told` the State
    that the answer to each names as the next.
    """

    own: str
    request: TraceRequest
    marks: Sequence[Mark] = ()
    life: Sequence[Step] = ()
    made: Sequence[StateRequest] = ()
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StateToAsk:
    """A State that may know more, why, and which requests were sent to it already."""

    state: str
    because: tuple[Because, ...]
    asked: tuple[str, ...] = ()


def states_to_ask(clues: Clues, tables: Catalogue) -> list[StateToAsk]:
    """Return the States to ask, the likeliest to know first: where it was last, then of last import, then of origin.

    A State that is no more stands for those that came after it. Our own is never among them.

    Source: ITI 17, SDG 16.4.2.
    """
    found: dict[str, list[Because]] = {}
    for state, because in _clues(clues, tables):
        for heir, why in _heirs(state, because, tables):
            if heir != clues.own and why not in found.setdefault(heir, []):
                found[heir].append(why)
    listed = [
        StateToAsk(state, tuple(sorted(why, key=_rank)), tuple(_asked(state, clues)))
        for state, why in found.items()
        if why
    ]
    return sorted(listed, key=lambda each: (bool(each.asked), [_rank(why) for why in each.because], each.state))


def _rank(because: Because) -> int:
    return REASONS_TO_ASK.index(because.code)


def _asked(state: str, clues: Clues) -> Iterator[str]:
    return (each.name for each in clues.made if each.to_state == state and each.standing not in UNSENT)


def _clues(clues: Clues, tables: Catalogue) -> Iterator[tuple[str, Because]]:
    for read in (_told, _exported, _marked, _stated):
        yield from read(clues)
    maker = tables.makers.get(clues.request.maker)
    if maker and maker.country:
        yield maker.country, Because("maker", {"maker": maker.code})


def _told(clues: Clues) -> Iterator[tuple[str, Because]]:
    """Where the weapon went from another State, as that State answered."""
    for each in clues.made:
        if onward := clues.told.get(each.name, ""):
            yield onward, Because("told", {"state": each.to_state}, each.name)


def _exported(clues: Clues) -> Iterator[tuple[str, Because]]:
    for step in clues.life:
        event = step.sealed.event
        if event.kind is EventKind.EXPORTED:
            yield str(event.details["to_state"]), Because("exported", {"on": str(event.happened)})


def _marked(clues: Clues) -> Iterator[tuple[str, Because]]:
    if clues.request.import_country:
        yield clues.request.import_country, Because("import_mark", {"mark": _import_text(clues)})
    for mark in clues.marks:
        if mark.state and (code := _OF_MARK.get(mark.kind)):
            yield mark.state, Because(code, {"mark": mark.text})


def _import_text(clues: Clues) -> str:
    named = (each.text for each in clues.marks if each.kind is MarkKind.IMPORT)
    return next(named, "")


_OF_MARK = {
    MarkKind.IMPORT: "import_mark",
    MarkKind.MANUFACTURE: "mark",
    MarkKind.PROOF: "mark",
    MarkKind.STATE: "mark",
}


def _stated(clues: Clues) -> Iterator[tuple[str, Because]]:
    if clues.request.country:
        yield clues.request.country, Because("country")


def _heirs(state: str, because: Because, tables: Catalogue) -> Iterator[tuple[str, Because]]:
    """Yield the State, or those that came after one that is no more, the clue telling of which."""
    known = tables.states.get(state)
    if known is None or not known.successors:
        yield state, because
        return
    facts: Mapping[str, Plain] = {**because.facts, "former": state}
    for heir in known.successors:
        yield from _heirs(heir, Because(because.code, facts, because.given_by), tables)
