"""What a request is born from: a gap of a report, a target off track, a signal of diversion; filled in so far."""

from collections.abc import Iterable

from tracemark.assistance.asks import Ask, BudgetLine
from tracemark.assistance.needs import Help
from tracemark.diversion import Signal, Stage, patterns
from tracemark.instruments import shipped
from tracemark.kernel import Citation
from tracemark.reporting import Gap, Report, published_scheme
from tracemark.targets import Target

_OF_STAGE = {
    Stage.MANUFACTURE: ("marking", "manufacture"),
    Stage.TRANSFER: ("transfer", "transfer"),
    Stage.STORAGE: ("stockpiles", "stockpile"),
    Stage.END_USE: ("records", "possession"),
    Stage.DISPOSAL: ("surplus", "disposal"),
}
_CALLED = {
    "record-keeping": "records",
    "transfercontrol": "transfer",
    "stockpile": "stockpiles",
    "surplus/destruction": "surplus",
    "publicawareness": "awareness",
}
"""The themes of paragraphs that the scheme of assessment calls otherwise."""


def ask_for_gap(gap: Gap, report: Report, *, title: str, need: str) -> Ask:
    """Begin a request from a gap of a report: its theme, its paragraph and its question."""
    return Ask(
        title=title,
        commitment=gap.question.paragraph,
        themes=(gap.theme,),
        helps=(Help.TECHNICAL,),
        need=need,
        lines=(),
        currency="",
        report=report.name,
        gaps=(gap.question.id,),
    )


def ask_for_target(target: Target, *, what: str) -> Ask:
    """Begin a request from a target: its commitment, its gaps, and its cost as a line of the budget, called `what`."""
    aim = target.aim
    lines = (BudgetLine(what, int(aim.cost)),) if aim.cost and aim.cost >= 1 else ()
    return Ask(
        title=aim.title,
        commitment=aim.commitment,
        themes=tuple(dict.fromkeys((*_of_gaps(aim.gaps), *_of_paragraph(aim.commitment)))),
        helps=(Help.FINANCE,),
        need=aim.title,
        lines=lines,
        currency=aim.currency,
        target=target.name,
        gaps=aim.gaps,
    )


def ask_for_signal(name: str, signal: Signal, *, title: str, need: str) -> Ask:
    """Begin a request from a signal of diversion: the paragraph of its rule, the theme of the stage it was seen at."""
    theme, stage = _OF_STAGE[signal.stage]
    return Ask(
        title=title,
        commitment=patterns()[signal.rule].paragraph,
        themes=(theme,),
        helps=(Help.TECHNICAL,),
        need=need,
        lines=(),
        currency="",
        stage=stage,
        signal=name,
    )


def _of_gaps(gaps: Iterable[str]) -> Iterable[str]:
    asked = set(gaps)
    return [theme.id for theme in published_scheme().themes if asked & {each.question.id for each in theme.weighed}]


def _of_paragraph(commitment: Citation) -> Iterable[str]:
    listed = {each.id for each in published_scheme().themes}
    versions = shipped().versions.get(commitment, ())
    return [theme for each in versions for told in each.themes if (theme := _CALLED.get(told, told)) in listed]
