import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracemark.kernel import Citation, Plain, cite
from tracemark.transfers.applications import Authorises


class Weight(StrEnum):
    """What a yes to a question does: bars the transfer, counts among the consequences, or points to diversion."""

    BAR = "bar"
    CRITERION = "criterion"
    INDICATOR = "indicator"


class Reply(StrEnum):
    """An answer to a question. What is unknown is said."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


class Risk(StrEnum):
    """What the assessor finds on the whole."""

    LOW = "low"
    MITIGATED = "mitigated"
    OVERRIDING = "overriding"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the assessment; wording says it as `transfers.question_<code>`.

    `about` is what it looks at: the treaty's own criteria, or importer, end user, goods, parties, route, documents,
    finance, after delivery. `confidence` tells whether its ground was read or is from memory.
    """

    code: str
    weight: Weight
    about: str
    source: Citation
    confidence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assessor answers, why, and what would lessen the risk."""

    question: str
    reply: Reply
    reason: str = ""
    mitigation: str = ""

    def plain(self) -> dict[str, Plain]:
        """Return the form kept in the record."""
        told = {"reason": self.reason, "mitigation": self.mitigation}
        return {
            "question": self.question,
            "reply": self.reply.value,
            **{name: value for name, value in told.items() if value},
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Answer":
        """Read it from the record."""
        return cls(plain["question"], Reply(plain["reply"]), plain.get("reason", ""), plain.get("mitigation", ""))


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answers to the questions, and the risk on the whole with its reason. Source: ATT 7(1), ATT 11(2)."""

    answers: tuple[Answer, ...]
    risk: Risk
    reason: str

    @property
    def bars(self) -> list[str]:
        """The questions answered yes that bar the transfer."""
        barring = {each.code for each in questions() if each.weight is Weight.BAR}
        return [each.question for each in self.answers if each.reply is Reply.YES and each.question in barring]


@cache
def questions() -> tuple[Question, ...]:
    """Every question, in the order in which they are asked."""
    read = tomllib.loads((files("tracemark.transfers") / "risks.toml").read_text("utf-8"))
    return tuple(
        Question(code, Weight(each["weight"]), each["about"], cite(each["source"]), each["confidence"])
        for code, each in read.items()
    )


def asked(authorises: Authorises) -> frozenset[str]:
    """Return the questions that must be answered: the bars of every transfer, the criteria of one that goes abroad."""
    abroad = authorises is not Authorises.IMPORT
    return frozenset(
        each.code for each in questions() if each.weight is Weight.BAR or (abroad and each.weight is Weight.CRITERION)
    )


def unanswered(assessment: Assessment, authorises: Authorises) -> list[str]:
    """Return the questions that must be answered and are not."""
    return sorted(asked(authorises) - {each.question for each in assessment.answers})


def unreasoned(answers: Iterable[Answer]) -> list[str]:
    """Return the questions answered with yes or with unknown for which no reason is given."""
    return [each.question for each in answers if each.reply is not Reply.NO and not each.reason.strip()]
