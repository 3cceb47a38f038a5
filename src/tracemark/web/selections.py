"""What the pages of a selection and of its scenarios show: a line for each nominee, the balance, drawings."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracemark import fellowship
from tracemark.fellowship import CohortRecord, Ineligible, Nomination, Scenario
from tracemark.web.charts import WIDTH, Box, Chart, Label, drawn, short
from tracemark.web.naming import name_of
from tracemark.web.said import say
from tracemark.web.trends import Series, Trend

_MARGIN, _ROW = 220, 28
_LOOKS = {"selected": "lawful", "certified": "lawful", "waiting": "medium"}


@dataclass(frozen=True, slots=True)
class NomineeLine:
    """A nominee as the selection room shows one.

    `outcome` is what is proposed or decided, "" before. `rank` is the place on the waiting list, 0 of none. `points`
    are code and number; `departs` says that it was decided otherwise than proposed.
    """

    nomination: Nomination
    state: str
    outcome: str
    rank: int
    points: tuple[tuple[str, int], ...]
    total: int
    lack: Mapping[str, Any] | None
    broken: tuple[Ineligible, ...]
    departs: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """How those who are proposed or have a seat are spread."""

    women: int
    men: int
    states: int
    regions: int
    agencies: int


def state_namer(record: CohortRecord) -> Callable[[str], str]:
    """Return what names a State: as the call does, or as the catalogue."""
    call = record.cohort.call

    def named(code: str) -> str:
        said = call.said_of(code)
        return said.name if said and said.name else name_of("country", code)

    return named


def nominee_lines(record: CohortRecord) -> list[NomineeLine]:
    """Return a line for each nomination: who is selected first, then who waits in order, then the rest."""
    proposal, broken, named = record.cohort.proposal, fellowship.rules_broken(record), state_namer(record)
    departed = record.cohort.departures or {}
    lines = []
    for each in record.nominations:
        told = (proposal.explained.get(each.name) if proposal else None) or {}
        points = tuple((one["code"], one["points"]) for one in told.get("points", ()))
        rank = proposal.waiting.index(each.name) + 1 if proposal and each.name in proposal.waiting else 0
        lines.append(
            NomineeLine(
                nomination=each,
                state=named(each.nominee.state),
                outcome=_outcome(each, record),
                rank=rank,
                points=points,
                total=sum(number for _, number in points),
                lack=told.get("lack"),
                broken=tuple(broken.get(each.name, ())),
                departs=each.name in departed,
            )
        )
    return sorted(lines, key=lambda line: (_ORDER.get(line.outcome, len(_ORDER)), line.rank, -line.total))


_ORDER = {"certified": 0, "selected": 0, "waiting": 1, "declined": 2, "withdrawn": 3}


def _outcome(each: Nomination, record: CohortRecord) -> str:
    proposal = record.cohort.proposal
    if each.standing != "received":
        return each.standing
    if proposal is None:
        return ""
    return next((outcome for outcome in fellowship.OUTCOMES if each.name in getattr(proposal, outcome)), "")


def balance(record: CohortRecord, lines: Sequence[NomineeLine]) -> Balance:
    """Return how those with a seat, or for whom one is proposed, are spread."""
    inside = [line.nomination.nominee for line in lines if line.outcome in {"selected", "certified"}]
    sexes = Counter(each.sex.value for each in inside)
    call = record.cohort.call
    return Balance(
        women=sexes["female"],
        men=sexes["male"],
        states=len({each.state for each in inside}),
        regions=len({call.region_of(each.state) for each in inside}),
        agencies=len({each.agency for each in inside if each.agency}),
    )


def selection_chart(lines: Sequence[NomineeLine], *, mirrored: bool) -> Chart:
    """Draw the points of each nominee who may be selected, as a bar; a seat is solid, waiting is not."""
    shown = [line for line in lines if line.points]
    most = max((line.total for line in shown), default=1)
    boxes, labels = list[Box](), list[Label]()
    for row, line in enumerate(shown):
        y, width = 6.0 + row * _ROW, max(2.0, (WIDTH - _MARGIN - 60) * line.total / max(most, 1))
        labels.append(
            Label(_MARGIN - 10, y + 14, short(f"{line.state} {line.nomination.name[-6:].lstrip('0')}"), "end")
        )
        boxes.append(Box((float(_MARGIN), y), (width, _ROW - 9.0), _LOOKS.get(line.outcome, "weak")))
        labels.append(Label(_MARGIN + width + 6, y + 14, str(line.total)))
    return drawn(12 + _ROW * len(shown), (), (), boxes, labels, mirrored=mirrored)


def scenario_trend(found: Sequence[Scenario]) -> Trend:
    """Draw what contributions buy: fellows, States, women and men."""
    axis = tuple(f"{each.contribution:f}" for each in found)
    series = {
        say("fellowship.column_fellows"): tuple(len(each.selection.selected) for each in found),
        say("fellowship.column_states"): tuple(len(each.states) for each in found),
        say("fellowship.column_women"): tuple(each.women for each in found),
        say("fellowship.column_men"): tuple(each.men for each in found),
        say("web.fellowship.favoured"): tuple(each.favoured for each in found),
    }
    return Trend(axis, tuple(Series(name, values) for name, values in series.items()))
