"""What officers' judgements teach of the weights of matching, tried on judgements held back before anybody adopts it.

Learnt are the error rates of the channel and of attributes, how much rarer errors are where the examiner vouches for a
reading, and how often the weapon is not here. Not learnt: how a stranger looks (the register tells that), exchanged
components, lengths of what is lost, signs of other scripts, and the bounds of the search. Judgements are of what the
search had listed, and officers had seen its odds: both make errors look rarer than they are. Source: ITI 14, ITI 20.
"""

from tracemark.tracing.learning.estimation import DEFAULT_STRENGTH, Estimate, estimated
from tracemark.tracing.learning.judgements import JudgedCandidate, JudgedCase, judged_cases
from tracemark.tracing.learning.lessons import Lesson, learn, lesson_plain
from tracemark.tracing.learning.trials import LEAST_HELD_BACK, Band, Difference, Score, Worth, held_back

__all__ = [
    "DEFAULT_STRENGTH",
    "LEAST_HELD_BACK",
    "Band",
    "Difference",
    "Estimate",
    "JudgedCandidate",
    "JudgedCase",
    "Lesson",
    "Score",
    "Worth",
    "estimated",
    "held_back",
    "judged_cases",
    "learn",
    "lesson_plain",
]
