"""What States undertook, and how one stands with each: computed from what it told, never guessed."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.instruments import Paragraph, shipped
from tracemark.kernel import Citation, Plain, cite
from tracemark.reporting import AnswerKind, Origin, Report, YesNo, figures, questions
from tracemark.review.numbers import Number
from tracemark.targets import ActivityStatus, Plan, TargetRecord


class Standing(StrEnum):
    """How a State stands with an undertaking, as far as it can be computed.

    `COUNTED`: numbers tell of it, and nothing says whether it is carried out. `OF_OTHERS`: it binds a meeting or the
    secretariat, not a State. `NOT_KNOWN`: nothing here tells; it is not a no.
    """

    CARRIED_OUT = "carried_out"
    UNDER_WAY = "under_way"
    NOT_YET = "not_yet"
    COUNTED = "counted"
    NO_OBJECT = "no_object"
    OF_OTHERS = "of_others"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells how a State stands with an undertaking; see `lists/undertakings.toml`."""

    addressed: str = ""
    questions: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    of: tuple[Citation, ...] = ()
    applies: str = ""
    due: str = ""
    met_by: str = ""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A paragraph that asks something, and what tells how far it is carried out."""

    paragraph: Paragraph
    evidence: Evidence

    @property
    def citation(self) -> Citation:
        return self.paragraph.citation


@dataclass(frozen=True, slots=True)
class Basis:
    """One thing a standing rests on: an answer, number, target, activity, part or meeting, and what it says."""

    kind: str
    ref: str
    said: str

    def plain(self) -> dict[str, Plain]:
        return {"kind": self.kind, "ref": self.ref, "said": self.said}


@dataclass(frozen=True, slots=True)
class UndertakingStatus:
    """How a State stands with an undertaking, and on what that rests.

    `change` is 1 where its answers came nearer since its report before, -1 where they fell back, 0 where neither, None
    where there are no two reports to compare. `due` is the meeting by which it was asked, "" where none was named.
    """

    undertaking: Undertaking
    standing: Standing
    basis: tuple[Basis, ...] = ()
    change: int | None = None

    @property
    def citation(self) -> Citation:
        return self.undertaking.citation

    @property
    def due(self) -> str:
        return self.undertaking.evidence.due

    def plain(self) -> dict[str, Plain]:
        """As JSON says it."""
        paragraph = self.undertaking.paragraph
        return {
            "paragraph": str(self.citation),
            "level": paragraph.level.value,
            "themes": list(paragraph.themes),
            "standing": self.standing.value,
            "basis": [each.plain() for each in self.basis],
            "change": self.change,
            "due": self.due,
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a State: its last submitted report and the one before, numbers by name, targets and plans."""

    state: str
    report: Report | None = None
    earlier: Report | None = None
    numbers: Mapping[str, Number] = field(default_factory=dict)
    targets: tuple[TargetRecord, ...] = ()
    plans: tuple[Plan, ...] = ()


@cache
def undertakings() -> tuple[Undertaking, ...]:
    """Return what States undertook in the Programme, the Instrument and the outcomes, in the order of the library."""
    told = _told()
    return tuple(
        Undertaking(each[-1], _evidence(told["evidence"].get(str(citation), {})))
        for citation, each in shipped().versions.items()
        if _is_undertaking(each[-1], told)
    )


def statuses(known: Known) -> tuple[UndertakingStatus, ...]:
    """Return how a State stands with each undertaking.

    Submitted reports count, drafts do not; a target or an activity that serves an undertaking puts it under way, and a
    number alone decides nothing. Source: BMS7 MEAS.4.
    """
    found: dict[Citation, UndertakingStatus] = {}
    composite = [each for each in undertakings() if each.evidence.of]
    for each in (*(one for one in undertakings() if not one.evidence.of), *composite):
        found[each.citation] = _status(each, known, found)
    return tuple(found[each.citation] for each in undertakings())


def standings_of(found: Sequence[UndertakingStatus]) -> Mapping[Standing, int]:
    """Count undertakings by how a State stands with them."""
    counted = Counter(each.standing for each in found)
    return {each: counted[each] for each in Standing}


def evidence_names() -> frozenset[str]:
    """Return every figure that undertakings rest on, by id."""
    return frozenset(name for each in undertakings() for name in _figures_of(each))


def _told() -> Mapping[str, Any]:
    return tomllib.loads((files("tracemark.review") / "lists" / "undertakings.toml").read_text("utf-8"))


@cache
def _facts() -> frozenset[str]:
    return frozenset(_told()["facts"])


def _is_undertaking(paragraph: Paragraph, told: Mapping[str, Any]) -> bool:
    citation = paragraph.citation
    return (
        citation.instrument in told["instruments"]
        and str(citation) not in told["without"]
        and not set(paragraph.themes) & set(told["without_themes"])
    )


def _evidence(told: Mapping[str, Any]) -> Evidence:
    lists: dict[str, Any] = {name: tuple(told.get(name, ())) for name in ("questions", "figures", "counts")}
    words: dict[str, Any] = {name: told.get(name, "") for name in ("addressed", "applies", "due", "met_by")}
    return Evidence(of=tuple(map(cite, told.get("of", ()))), **lists, **words)


def _status(asked: Undertaking, known: Known, found: Mapping[Citation, UndertakingStatus]) -> UndertakingStatus:
    evidence = asked.evidence
    if evidence.addressed:
        held = (Basis("addressed", "", evidence.addressed), *(_met(evidence)), *_numbers(asked, known))
        return UndertakingStatus(asked, Standing.OF_OTHERS, held)
    if evidence.of:
        parts = [found[each] for each in evidence.of]
        basis = tuple(Basis("part", str(each.citation), each.standing.value) for each in parts)
        return UndertakingStatus(asked, _composed(parts), (*basis, *_serving(asked, known)))
    answers, serving, numbers = (
        tuple(_answers(asked, known.report)),
        tuple(_serving(asked, known)),
        tuple(_numbers(asked, known)),
    )
    standing = _decided(answers, serving, numbers)
    if evidence.applies and _said(known.report, evidence.applies) == YesNo.NO:
        standing, answers = Standing.NO_OBJECT, (Basis("answer", evidence.applies, "no"), *answers)
    return UndertakingStatus(asked, standing, (*answers, *serving, *numbers), _change(asked, known))


def _decided(answers: Sequence[Basis], serving: Sequence[Basis], numbers: Sequence[Basis]) -> Standing:
    said = {each.said for each in answers}
    if said == {YesNo.YES.value}:
        return Standing.CARRIED_OUT
    if said - {YesNo.NO.value} or serving:
        return Standing.UNDER_WAY
    if said:
        return Standing.NOT_YET
    return Standing.COUNTED if numbers else Standing.NOT_KNOWN


def _composed(parts: Sequence[UndertakingStatus]) -> Standing:
    """What is made up of others stands as they all do; else it is under way where one is, and known where all are."""
    standings = {each.standing for each in parts} - {Standing.NO_OBJECT}
    if len(standings) == 1:
        return next(iter(standings))
    if standings & {Standing.CARRIED_OUT, Standing.UNDER_WAY}:
        return Standing.UNDER_WAY
    return Standing.NOT_KNOWN if Standing.NOT_KNOWN in standings else Standing.NOT_YET


def _answers(asked: Undertaking, report: Report | None) -> Iterator[Basis]:
    for name in _questions_of(asked):
        if said := _said(report, name):
            yield Basis("answer", name, said)


@cache
def _questions_of(asked: Undertaking) -> tuple[str, ...]:
    return tuple(
        name
        for name, question in questions().items()
        if question.answer is AnswerKind.YES_NO
        and name not in _facts()
        and (question.paragraph == asked.citation or name in asked.evidence.questions)
    )


def _said(report: Report | None, question: str) -> str:
    """Return yes, no or in_progress as a report answers; "" where it does not, or withholds or carried over."""
    answer = report.answers.get(question) if report else None
    if answer is None or answer.withheld or answer.origin is Origin.CARRIED:
        return ""
    return str(answer.value) if answer.value in list(YesNo) else ""


def _serving(asked: Undertaking, known: Known) -> Iterator[Basis]:
    for record in known.targets:
        aim = record.target.aim
        if record.target.standing in ("running", "met") and asked.citation in (aim.commitment, *aim.serves):
            yield Basis("target", record.target.name, record.progress.outlook.value)
    for plan in known.plans:
        for work in plan.works.values() if plan.standing == "running" else ():
            if work.status is not ActivityStatus.DROPPED and asked.citation in work.activity.commitments:
                yield Basis("activity", f"{plan.name} {work.activity.code}", work.status.value)


def _numbers(asked: Undertaking, known: Known) -> Iterator[Basis]:
    for name in (*_figures_of(asked), *asked.evidence.counts):
        number = known.numbers.get(name)
        if number is not None and number.value is not None:
            yield Basis("share" if number.unit == "percent" else "number", name, str(number.value))


@cache
def _figures_of(asked: Undertaking) -> tuple[str, ...]:
    own = (each.id for each in figures().values() if each.paragraph == asked.citation)
    return tuple(dict.fromkeys((*own, *asked.evidence.figures)))


def _met(evidence: Evidence) -> Iterator[Basis]:
    if evidence.met_by:
        yield Basis("meeting", evidence.met_by, "")


_STEPS = {"": 0, "no": 0, "in_progress": 1, "yes": 2}


def _change(asked: Undertaking, known: Known) -> int | None:
    if known.report is None or known.earlier is None:
        return None
    now, then = (
        sum(_STEPS[_said(each, name)] for name in _questions_of(asked)) for each in (known.report, known.earlier)
    )
    return (now > then) - (now < then)
