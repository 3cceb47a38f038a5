from dataclasses import dataclass
from datetime import date

from tracemark.assistance.activities import Narrative
from tracemark.assistance.awards import Award

OUTPUT = "1"
"""IATI's code for a result that an activity itself brought about. Source: IATI 2.03, ResultType."""

UNITS, QUALITATIVE = "1", "5"
"""Codes of IATI's list IndicatorMeasure: a number, or words."""


@dataclass(frozen=True, slots=True)
class AidIndicator:
    """What shows a result in some days: `expected` in words, and what came of it, as a `value`, in words, or both.

    `measure` is a code of IATI's IndicatorMeasure; only what is measured in units has a value.
    """

    titles: tuple[Narrative, ...]
    measure: str
    first: date
    last: date
    expected: tuple[Narrative, ...] = ()
    value: int | None = None
    found: tuple[Narrative, ...] = ()


@dataclass(frozen=True, slots=True)
class AidResult:
    """What came of an activity; `kind` is a code of IATI's ResultType (1 output, 2 outcome, 3 impact)."""

    kind: str
    titles: tuple[Narrative, ...]
    descriptions: tuple[Narrative, ...]
    indicators: tuple[AidIndicator, ...]


@dataclass(frozen=True, slots=True)
class ResultWords:
    """What is said around a result in the words of this software: who confirmed it, and what its activities are called.

    `language` is that of these words (ISO 639-1). In which language officers wrote theirs, nobody knows.
    """

    confirmed: str
    activities: str
    language: str


def award_result(award: Award, words: ResultWords) -> AidResult | None:
    """Return what came of a grant once the State that received it confirmed that; None until then.

    What was hoped for stands beside what came, and beside both the number of activities that were told of.

    Source: IATI 2.03, result; BMS7 ASSIST.2.
    """
    if award.standing != "confirmed":
        return None
    terms = award.terms
    hoped, came = _said(terms.expects), _said(award.result)
    told = _said("; ".join(each.said for each in award.activities if each.said))
    indicators = [
        AidIndicator(
            hoped,
            QUALITATIVE,
            terms.starts,
            terms.ends,
            hoped,
            found=(*came, Narrative(words.confirmed, words.language)),
        )
    ]
    if award.activities:
        title = (Narrative(words.activities, words.language),)
        indicators.append(AidIndicator(title, UNITS, terms.starts, terms.ends, value=len(award.activities), found=told))
    return AidResult(OUTPUT, hoped, came, tuple(indicators))


def _said(text: str) -> tuple[Narrative, ...]:
    return (Narrative(text),) if text else ()
