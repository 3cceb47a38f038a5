import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tracemark.kernel import Citation, cite

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a site, which a site without that risk answers with yes. `weight` is what a no costs."""

    code: str
    source: Citation
    weight: int


@dataclass(frozen=True, slots=True)
class SiteRisk:
    """How exposed a site is: `score` in percent of all weights that were answered, `unanswered` questions besides.

    `score` is None where nothing was answered: what is unknown is not safe.
    """

    score: int | None
    lacking: tuple[Question, ...]
    unanswered: tuple[Question, ...]


@cache
def risk_questions() -> tuple[Question, ...]:
    """The questions about a site, in the order in which they are asked."""
    told = tomllib.loads((files("tracemark.stockpiles") / "risks.toml").read_text("utf-8"))
    return tuple(Question(code, cite(each["source"]), each["weight"]) for code, each in told.items())


def risk_of(answers: Mapping[str, str]) -> SiteRisk:
    """Score a site by the answers to the questions, by their codes. Source: MOSAIC 05.20, PoA II.17."""
    questions = risk_questions()
    lacking = tuple(each for each in questions if answers.get(each.code) == NO)
    unanswered = tuple(each for each in questions if answers.get(each.code) not in {YES, NO})
    whole = sum(each.weight for each in questions if each not in unanswered)
    score = round(100 * sum(each.weight for each in lacking) / whole) if whole else None
    return SiteRisk(score, lacking, unanswered)
