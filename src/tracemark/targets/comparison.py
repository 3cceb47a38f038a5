"""Two plans side by side: where they meet, where they contradict each other, what neither does."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.instruments import shipped
from tracemark.kernel import Citation, cite
from tracemark.targets.plans import ActivityStatus, Plan, Work


@dataclass(frozen=True, slots=True)
class Item:
    """A commitment that a checklist asks for; `asks` is the code of the sentence that says what for."""

    citation: Citation
    asks: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Commitments that plans together ought to serve, as of a day, from a source."""

    code: str
    on: date
    source: str
    items: tuple[Item, ...]


@cache
def checklists() -> Mapping[str, Checklist]:
    """The checklists that come with the software, by code."""
    texts = sorted((files("tracemark.targets") / "lists").iterdir(), key=lambda each: each.name)
    return {
        code: _checklist(code, tomllib.loads(each.read_text("utf-8")))
        for each in texts
        if (code := each.name.removesuffix(".toml")) != each.name
    }


def _checklist(code: str, told: Mapping[str, Any]) -> Checklist:
    items = tuple(Item(cite(each["commitment"]), each["asks"]) for each in told["item"])
    return Checklist(code, told["on"], told["source"], items)


class Contradiction(StrEnum):
    """In what two plans differ about the same activity."""

    DATES = "dates"
    OWNER = "owner"
    BUDGET = "budget"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same activity in two plans, and in what they contradict each other."""

    left: Work
    right: Work
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What both plans name: the codes of the activities that do, of each."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """A commitment of a checklist, and the activities of each plan that serve it."""

    item: Item
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether neither plan serves it."""
        return not self.left and not self.right


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans side by side. Dropped activities serve nothing and meet nobody."""

    left: Plan
    right: Plan
    commitments: tuple[Meeting, ...]
    themes: tuple[Meeting, ...]
    targets: tuple[Meeting, ...]
    pairs: tuple[Pair, ...]
    checklist: Checklist
    covers: tuple[Cover, ...]

    @property
    def contradictions(self) -> list[Pair]:
        """The same activities about which the plans differ."""
        return [each for each in self.pairs if each.contradictions]

    @property
    def missing(self) -> list[Cover]:
        """The commitments of the checklist that neither plan serves."""
        return [each for each in self.covers if each.missing]


def compare_plans(left: Plan, right: Plan, checklist: Checklist) -> Comparison:
    """Set two plans side by side.

    An activity is the same in both where both call it by the same `joint` name, or else where the titles are the same
    but for case and blanks. Source: BMS7 DEV.3.
    """
    return Comparison(
        left=left,
        right=right,
        commitments=_meetings(_by_commitment(left), _by_commitment(right)),
        themes=_meetings(_by_theme(left), _by_theme(right)),
        targets=_meetings(_by_target(left), _by_target(right)),
        pairs=tuple(_pairs(left, right)),
        checklist=checklist,
        covers=tuple(_covers(left, right, checklist)),
    )


def _kept(plan: Plan) -> Iterator[Work]:
    return (each for each in plan.works.values() if each.status is not ActivityStatus.DROPPED)


def _by_commitment(plan: Plan) -> Mapping[str, list[str]]:
    return _grouped((str(each), work) for work in _kept(plan) for each in work.activity.commitments)


def _by_theme(plan: Plan) -> Mapping[str, list[str]]:
    return _grouped((theme, work) for work in _kept(plan) for theme in themes_of(work))


def _by_target(plan: Plan) -> Mapping[str, list[str]]:
    return _grouped((target, work) for work in _kept(plan) for target in work.activity.targets)


def themes_of(work: Work) -> list[str]:
    """Return an activity's themes: its own, and those of the commitments it serves."""
    versions = shipped().versions
    cited = (theme for each in work.activity.commitments if each in versions for theme in versions[each][-1].themes)
    return sorted({*work.activity.themes, *cited})


def _grouped(named: Iterator[tuple[str, Work]]) -> Mapping[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for name, work in named:
        found[name].append(work.activity.code)
    return found


def _meetings(left: Mapping[str, Sequence[str]], right: Mapping[str, Sequence[str]]) -> tuple[Meeting, ...]:
    return tuple(Meeting(each, tuple(left[each]), tuple(right[each])) for each in sorted(left.keys() & right.keys()))


def _covers(left: Plan, right: Plan, checklist: Checklist) -> Iterator[Cover]:
    ours, theirs = _by_commitment(left), _by_commitment(right)
    for item in checklist.items:
        name = str(item.citation)
        yield Cover(item, tuple(ours.get(name, ())), tuple(theirs.get(name, ())))


def _pairs(left: Plan, right: Plan) -> Iterator[Pair]:
    theirs = {_key(each): each for each in right.works.values()}
    for ours in left.works.values():
        other = theirs.get(_key(ours))
        if other is not None:
            yield Pair(ours, other, tuple(_contradictions(ours, other, same_money=_same_money(left, right))))


def _key(work: Work) -> str:
    return " ".join((work.activity.joint or work.activity.title).casefold().split())


def _same_money(left: Plan, right: Plan) -> bool:
    return left.frame.currency == right.frame.currency


def _contradictions(ours: Work, theirs: Work, *, same_money: bool) -> Iterator[Contradiction]:
    a, b = ours.activity, theirs.activity
    if (a.start, a.end) != (b.start, b.end):
        yield Contradiction.DATES
    if a.owner != b.owner:
        yield Contradiction.OWNER
    if same_money and a.budget is not None and b.budget is not None and a.budget != b.budget:
        yield Contradiction.BUDGET
    if (ours.status is ActivityStatus.DONE) is not (theirs.status is ActivityStatus.DONE):
        yield Contradiction.STATUS
