import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.kernel import Citation, cite
from tracemark.reporting.indicators import BREAKDOWN, FIGURE

_WHEN = re.compile(r"(?P<question>[a-z_.]+)(?: (?P<sign>=|has) (?P<wanted>[a-z_]+))?")
NUMBER = "number"
"""The column of a table that holds how many; before it stand the disaggregations of the table's figure."""


class AnswerKind(StrEnum):
    """How a question is answered. A number or a share is told for all, and by part where the question is split."""

    YES_NO = "yes_no"
    NUMBER = "number"
    SHARE = "share"
    TEXT = "text"
    OPTIONS = "options"
    TABLE = "table"
    DATE = "date"
    FILE = "file"


class YesNo(StrEnum):
    """The answers of a question of yes or no."""

    YES = "yes"
    NO = "no"
    IN_PROGRESS = "in_progress"


SEXES = ("women", "men", "other", "unknown")
"""The parts of a number that is split by sex."""

PARTS_OF_SEXES = {"female": "women", "male": "men", "": "unknown"}
"""Which part is which sex of a figure; others are named alike."""


class OfIndicator(StrEnum):
    """What a question asks of SDG 16.4.2: weapons that count, of which tracing was tried, successes, the share."""

    COUNTED = "counted"
    ATTEMPTED = "attempted"
    SUCCEEDED = "succeeded"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Condition:
    """An earlier answer on which a question depends: one that is `wanted` (yes, or in progress, where "").

    `among` asks for one of several options instead.
    """

    question: str
    wanted: str = ""
    among: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the forms under its canonical id, which stays when its number changes.

    `figure` answers it from the record, `indicator` says what it asks of SDG 16.4.2. `split` is "", "year" or "sex".
    `read` says that the question was read in a stored copy of a form; others are from memory.
    """

    id: str
    answer: AnswerKind
    paragraph: Citation
    when: Condition | None = None
    figure: str = ""
    indicator: OfIndicator | None = None
    split: str = ""
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    read: bool = False

    @property
    def by(self) -> tuple[str, ...]:
        """The disaggregations in which the figure is asked for."""
        if self.answer is AnswerKind.TABLE:
            return tuple(each for each in self.columns if each != NUMBER) if self.figure else ()
        if self.indicator:
            return BREAKDOWN
        return (self.split,) if self.figure and self.split else ()


@cache
def questions() -> Mapping[str, Question]:
    """Every question, by canonical id, in the order in which they are asked."""
    told = tomllib.loads((files("tracemark.reporting") / "questions.toml").read_text("utf-8"))
    return {name: _question(name, entry) for name, entry in told.items()}


def read_condition(text: str) -> Condition:
    """Read `nca.exists`, `npc.iti_same = no` or `srp.methods has destruction`.

    Raises:
        ValueError: it has another shape.
    """
    found = _WHEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Condition(found["question"], found["wanted"] or "", found["sign"] == "has")


def _question(name: str, entry: Mapping[str, Any]) -> Question:
    return Question(
        id=name,
        answer=AnswerKind(entry["answer"]),
        paragraph=cite(entry["paragraph"]),
        when=read_condition(entry["when"]) if "when" in entry else None,
        figure=FIGURE if "indicator" in entry else entry.get("figure", ""),
        indicator=OfIndicator(entry["indicator"]) if "indicator" in entry else None,
        split=entry.get("split", ""),
        options=tuple(entry.get("options", ())),
        columns=tuple(entry.get("columns", ())),
        read=entry["wording"] == "read",
    )
