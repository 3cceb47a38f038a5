"""What a State, a region or the secretariat takes to a meeting: sections of rows, each number with what it is of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from tracemark.kernel import Plain, fingerprint
from tracemark.reporting import DueReport, Period, gaps, published_scheme
from tracemark.review.commitments import Known, UndertakingStatus, standings_of, statuses
from tracemark.review.meetings import Meeting
from tracemark.review.numbers import Absent, Number
from tracemark.targets import TargetRecord, amount_text

PROGRESS = (
    *("recoveries.all", "traces.requested", "traces.answered", "traces.traced_share", "destructions.weapons"),
    *("losses.lost", "losses.stolen", "stock.marked_share", "imports.marked_share", "licences.refused"),
    "diversions.established",
)
"""The figures that a dossier sets beside those of the cycle before."""

GENDER = (
    *("people.coordination_women_share", "people.officers_women_share", "people.delegates_women_share"),
    *("people.trainees_women_share", "people.victims", "people.perpetrators", "violence.deaths"),
)
"""The figures about women and men."""

TECHNOLOGY = ("designs.polymer", "designs.modular", "designs.printed", "designs.converted")
"""The figures about what weapons are made of and how."""

SIGNALS = ("signals.raised", "signals.confirmed")

SECTIONS = (
    *("undertakings", "progress", "gaps", "reports", "signals", "indicator", "gender", "targets", "assistance"),
    "technology",
)
"""What a dossier speaks of, in its order."""

Row = Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Cells:
    """A figure broken down by one disaggregation, as it may be published: a value's number, or why there is none."""

    figure: str
    by: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Aid:
    """Help given or received: who to whom, for what themes, how much (None where not told), how it stands."""

    name: str
    given_by: str
    received_by: str
    themes: tuple[str, ...]
    amount: Decimal | None
    currency: str
    standing: str


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a dossier is drawn from.

    `before` are numbers of the cycle before, by figure; `cells` figures broken down; `shares` is SDG 16.4.2 by year,
    None where a year has no share; `owed` are reports due by State. `aid` is None where this node keeps no assistance,
    `cohorts` and `practices` likewise. `targets` are a region's own, beside those of its States.
    """

    known: Sequence[Known]
    before: Mapping[str, Number] = field(default_factory=dict)
    numbers: Mapping[str, Number] = field(default_factory=dict)
    cells: Sequence[Cells] = ()
    shares: Mapping[str, Number] = field(default_factory=dict)
    owed: Sequence[tuple[str, DueReport]] = ()
    aid: Sequence[Aid] | None = None
    cohorts: Number | None = None
    practices: Number | None = None
    head: str = ""
    targets: Sequence[TargetRecord] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a dossier. `notes` are codes of what is to be said of all its rows."""

    code: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Plain]:
        return {"code": self.code, "rows": [dict(each) for each in self.rows], "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class MeetingDossier:
    """What is taken to a meeting, for `subject` (a State, a region or the world by its code), on a cycle of years.

    `head` is the record that it was drawn at, SIZE.ROOT; "" where it was drawn from what others told.
    """

    meeting: str
    subject: str
    states: tuple[str, ...]
    since: str
    period: Period
    before: Period
    drawn_on: date
    head: str
    sections: tuple[Section, ...]

    def plain(self) -> dict[str, Plain]:
        """Return the form that is exported and kept in the record."""
        return {
            "meeting": self.meeting,
            "subject": self.subject,
            "states": list(self.states),
            "since": self.since,
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "before_first": self.before.first.isoformat(),
            "before_last": self.before.last.isoformat(),
            "drawn_on": self.drawn_on.isoformat(),
            "head": self.head,
            "sections": [each.plain() for each in self.sections],
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "MeetingDossier":
        """Read it from the record."""
        day = date.fromisoformat
        return cls(
            plain["meeting"],
            plain["subject"],
            tuple(plain["states"]),
            plain["since"],
            Period(day(plain["first"]), day(plain["last"])),
            Period(day(plain["before_first"]), day(plain["before_last"])),
            day(plain["drawn_on"]),
            plain["head"],
            tuple(Section(each["code"], tuple(each["rows"]), tuple(each["notes"])) for each in plain["sections"]),
        )

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of its canonical bytes, by which a copy is known to be it."""
        return fingerprint(self.plain())


def cycle_of(meeting: Meeting, previous: Meeting | None, today: date) -> tuple[Period, Period]:
    """Return the whole years since the last meeting that looked back, and as many before them.

    They begin with the year of that meeting and end with the last that is over before this one (or goes on, where none
    is over yet); the first meeting looks back two years.
    Source: PoA IV.1b.
    """
    until = meeting.first.year - 1
    first = min(previous.first.year, until) if previous else until - 1
    last = min(until, max(first, today.year - 1))
    length = last - first + 1
    return (
        Period(date(first, 1, 1), date(last, 12, 31)),
        Period(date(first - length, 1, 1), date(first - 1, 12, 31)),
    )


def drawn_up(meeting: Meeting, previous: Meeting | None, subject: str, sources: Sources, today: date) -> MeetingDossier:
    """Draw up a dossier from its sources. What nobody told is said to be so in its row, and is no zero."""
    period, before = cycle_of(meeting, previous, today)
    aided = () if sources.aid is not None else ("review.note_no_assistance",)
    told: dict[str, tuple[Iterator[Row], tuple[str, ...]]] = {
        "undertakings": (_undertakings(sources), ("review.note_undertakings",)),
        "progress": (_progress(PROGRESS, sources), ("review.note_progress",)),
        "gaps": (_gaps(sources), ("review.note_gaps",)),
        "reports": (_reports(sources), ()),
        "signals": (_signals(sources), ("review.note_signals",)),
        "indicator": (_shares(sources), ("review.note_indicator",)),
        "gender": (_progress(GENDER, sources), ()),
        "targets": (_targets(sources), ()),
        "assistance": (_aid(sources), aided),
        "technology": (
            chain(_progress(TECHNOLOGY, sources), _counted("practices", sources.practices)),
            ("review.note_technology",),
        ),
    }
    sections = tuple(Section(code, tuple(told[code][0]), told[code][1]) for code in SECTIONS)
    since = previous.code if previous else ""
    states = tuple(each.state for each in sources.known)
    return MeetingDossier(meeting.code, subject, states, since, period, before, today, sources.head, sections)


def _undertakings(sources: Sources) -> Iterator[Row]:
    """For one State how it stands with each; for several how many stand how."""
    found = {each.state: statuses(each) for each in sources.known}
    if len(found) == 1:
        yield from (_status_row(each) for each in next(iter(found.values())))
        return
    for side_by_side in zip(*found.values(), strict=True):
        first = side_by_side[0]
        counted = {each.value: number for each, number in standings_of(side_by_side).items() if number}
        yield {"paragraph": str(first.citation), "level": first.undertaking.paragraph.level.value, "standings": counted}


def _status_row(each: UndertakingStatus) -> Row:
    return {
        "paragraph": str(each.citation),
        "level": each.undertaking.paragraph.level.value,
        "standing": each.standing.value,
        "change": each.change,
        "basis": [one.plain() for one in each.basis],
    }


def _progress(names: Sequence[str], sources: Sources) -> Iterator[Row]:
    for name in names:
        now = sources.numbers.get(name, Number(name, None, absent=Absent.NOT_RECORDED))
        then = sources.before.get(name, Number(name, None, absent=Absent.NOT_RECORDED))
        yield {
            **now.plain(),
            "before": then.plain()["value"],
            "before_absent": then.absent.value if then.absent else "",
        }


def _gaps(sources: Sources) -> Iterator[Row]:
    """What each State's last report answers no or in progress, or leaves open; withheld answers are left out."""
    several = len(sources.known) > 1
    for known in sources.known:
        whose: dict[str, Plain] = {"whose": known.state} if several else {}
        if known.report is None:
            yield {**whose, "what": "no_report"}
            continue
        for gap in gaps(known.report, published_scheme()):
            answer = known.report.answers.get(gap.question.id)
            if answer and answer.withheld:
                continue
            yield {
                **whose,
                "question": gap.question.id,
                "paragraph": str(gap.question.paragraph),
                "theme": gap.theme,
                "answer": gap.answer,
                "report": known.report.name,
            }


def _reports(sources: Sources) -> Iterator[Row]:
    for state, due in sources.owed:
        yield {"whose": state, **due.plain()}


def _signals(sources: Sources) -> Iterator[Row]:
    for name in SIGNALS:
        if name in sources.numbers:
            yield {**sources.numbers[name].plain(), "by": "", "cell": ""}
    for cells in sources.cells:
        if cells.figure in SIGNALS:
            for value, number in cells.numbers.items():
                yield {**number.plain(), "by": cells.by, "cell": value}


def _shares(sources: Sources) -> Iterator[Row]:
    for year, number in sources.shares.items():
        yield {"year": year, **number.plain()}


def _targets(sources: Sources) -> Iterator[Row]:
    for record in (*sources.targets, *(each for known in sources.known for each in known.targets)):
        aim, latest = record.target.aim, record.progress.latest
        yield {
            "target": record.target.name,
            "title": aim.title,
            "paragraph": str(aim.commitment),
            "outlook": record.progress.outlook.value,
            "value": amount_text(latest.value) if latest else None,
            "head": latest.head if latest else "",
            "goal": amount_text(aim.goal),
            "due": aim.due.isoformat(),
            "request": aim.request,
        }


def _aid(sources: Sources) -> Iterator[Row]:
    states = {each.state for each in sources.known}
    for each in sources.aid or ():
        yield {
            "dossier": each.name,
            "way": "received" if each.received_by in states else "given",
            "given_by": each.given_by,
            "received_by": each.received_by,
            "themes": list(each.themes),
            "amount": None if each.amount is None else amount_text(each.amount),
            "currency": each.currency,
            "standing": each.standing,
        }
    yield from _counted("cohorts", sources.cohorts)


def _counted(name: str, number: Number | None) -> Iterator[Row]:
    yield (number or Number(name, None, absent=Absent.NOT_KEPT_HERE)).plain()
